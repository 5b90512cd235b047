"""What the test authority puts into each kind of certificate, and the marks by which they are told apart.

The object identifiers lie under 2.999, the arc that is set aside for examples; those of real authorities are theirs.
"""

from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from openics.pki.certificates import PublicKey
from openics.pki.identity import device_certificate, key_usage
from openics.pki.kinds import Kind

MARKS = {
    Kind.INDIVIDUAL: "2.999.36.1",
    Kind.ORGANISATION: "2.999.36.2",
    Kind.DEVICE: "2.999.36.3",
    Kind.HOST: "2.999.36.4",
}
LIST_PATH, STATUS_PATH = "/sandbox/authority/revoked.crl", "/sandbox/authority/ocsp"


def kinds_file(anchor: str) -> str:
    """`kinds.toml` for a trust store in which the test authority's root is called `anchor`."""
    lines = [f'{kind.value} = ["{mark}"]' for kind, mark in MARKS.items()]
    return f"# The certificate policies of the test authority.\n[{anchor}]\n" + "\n".join(lines) + "\n"


def builder(
    kind: Kind, subject: x509.Name, email: str, key: PublicKey, span: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    """A certificate of this kind that still lacks its issuer and signature; `span` is its first and last moment."""
    made = _person(subject, email, key, span) if kind.is_person else device_certificate(subject, email, key, *span)
    policy = x509.PolicyInformation(x509.ObjectIdentifier(MARKS[kind]), None)
    return made.add_extension(x509.CertificatePolicies([policy]), critical=False)


def _person(subject: x509.Name, email: str, key: PublicKey, span: tuple[datetime, datetime]) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
    )


def published(made: x509.CertificateBuilder, web: str) -> x509.CertificateBuilder:
    """The certificate with the addresses of list and status below `web`; without them where that is not plain HTTP."""
    if not web.startswith("http://"):
        return made
    listed = [x509.UniformResourceIdentifier(f"{web.rstrip('/')}{LIST_PATH}")]
    asked = x509.UniformResourceIdentifier(f"{web.rstrip('/')}{STATUS_PATH}")
    point = x509.DistributionPoint(full_name=listed, relative_name=None, reasons=None, crl_issuer=None)
    access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, asked)
    points, accesses = x509.CRLDistributionPoints([point]), x509.AuthorityInformationAccess([access])
    return made.add_extension(points, critical=False).add_extension(accesses, critical=False)
