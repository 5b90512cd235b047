"""Certificates of people and of web servers, issued by a test authority's root."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from openics.pki.identity import Identity, key_usage, subject_name
from openics.sandbox.authority import Authority

POLICY = "1.3.6.1.4.1.99999.1.1"
"""A policy under which people are identified, in tests."""
NAME = "ics.example"


@dataclass(frozen=True)
class Held:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def escaped(self) -> str:
        """The certificate as a proxy passes it on."""
        return quote(self.pem.decode())

    def save(self, path: Path) -> Path:
        """Write certificate and key into one file."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(self.pem + key)
        return path


def authority(directory: Path, trust: Path | None = None, name: str = "Authority of Tests") -> Authority:
    """A new authority, installed in a trust store."""
    made = Authority.create(directory, name=name)
    if trust is not None:
        made.install(trust)
    return made


def _issue(directory: Path, name: str, days: tuple[int, int], extensions: Sequence[x509.ExtensionType]) -> Held:
    root, key, now = Identity.load(directory, "root"), ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject_name(name, "EXAMPLE EXPORTS PTY LTD"))
        .issuer_name(root.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage("digital_signature"), critical=True)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    return Held(builder.sign(root.private_key, hashes.SHA256()), key)


def of_person(
    directory: Path, email: str = "clerk@meridian.example", policy: str = "", days: tuple[int, int] = (-1, 400)
) -> Held:
    """A person's certificate from the authority in `directory`, valid between these days from now."""
    extensions: list[x509.ExtensionType] = [
        x509.SubjectAlternativeName([x509.RFC822Name(email)]),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION]),
    ]
    if policy:
        information = x509.PolicyInformation(x509.ObjectIdentifier(policy), None)
        extensions.append(x509.CertificatePolicies([information]))
    return _issue(directory, "EXPORT CLERK", days, extensions)


def of_server(directory: Path, name: str = NAME) -> Held:
    """A web server's certificate."""
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    return _issue(directory, name, (-1, 30), [x509.SubjectAlternativeName([x509.DNSName(name)]), purposes])
