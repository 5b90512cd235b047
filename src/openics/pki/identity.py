"""A certificate with its private key: what signs, and what opens mail encrypted to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openics.pki.certificates import Known, PublicKey, der, described, known
from openics.pki.directory import write_whole
from openics.pki.errors import PkiError, malformed

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

TWO_YEARS = timedelta(days=730)
"""How long a device certificate is valid."""


@dataclass(frozen=True)
class Identity:
    """A certificate, its private key, and the certificates between it and the root (nearest first).

    Two are equal when certificate and chain are: the key is the one that belongs to the certificate.
    """

    certificate: x509.Certificate
    private_key: PrivateKey = field(repr=False, compare=False)
    chain: tuple[x509.Certificate, ...] = ()
    known: Known = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the certificate; raises PkiError `bad-key` when the key is not the certificate's."""
        object.__setattr__(self, "known", known(der(self.certificate)))
        if _public_bytes(self.private_key.public_key()) != _public_bytes(self.known.key):
            raise PkiError(
                "bad-key",
                f"The private key does not belong to the certificate {described(self.certificate)}.",
                "Put the key beside the certificate that was issued for it.",
            )

    @classmethod
    def generate(
        cls, common_name: str, email: str, organisation: str = "", *, at: datetime | None = None
    ) -> "Identity":
        """A new RSA key with a certificate that it signs itself, valid two years from `at` (now).

        For trying things out: nobody trusts it until somebody puts it among their trust anchors.
        """
        start = at or datetime.now(UTC)
        key = new_key()
        subject = subject_name(common_name, organisation)
        builder = device_certificate(subject, email, key.public_key(), start, start + TWO_YEARS)
        return cls(builder.issuer_name(subject).sign(key, hashes.SHA256()), key)

    def save(self, directory: Path, name: str) -> None:
        """Write `name`.key (mode 600) and `name`.crt (PEM, the chain after the certificate)."""
        save_key(directory / f"{name}.key", self.private_key)
        chain = b"".join(one.public_bytes(Encoding.PEM) for one in (self.certificate, *self.chain))
        write_whole(directory / f"{name}.crt", chain)

    @classmethod
    def load(cls, directory: Path, name: str) -> "Identity":
        """Read what `save` wrote; raises PkiError `bad-key` or `bad-certificate` naming the file."""
        key = load_key(directory / f"{name}.key")
        certificate, *chain = load_certificates(directory / f"{name}.crt")
        return cls(certificate, key, tuple(chain))


def new_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A new RSA key."""
    return rsa.generate_private_key(65537, bits)


def request(common_name: str, email: str, organisation: str, *, elliptic: bool = False) -> tuple[PrivateKey, bytes]:
    """A new key, RSA or `elliptic` on P-256, and the signing request (PEM) to send to a certificate authority."""
    key = ec.generate_private_key(ec.SECP256R1()) if elliptic else new_key()
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject_name(common_name, organisation))
    signed = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
    return key, signed.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def save_key(path: Path, key: PrivateKey) -> None:
    """Write a private key as PKCS #8 PEM with mode 600."""
    write_whole(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), mode=0o600)


def load_key(path: Path) -> PrivateKey:
    """Read a private key; raises PkiError `bad-key`."""
    fix = "Give an RSA or EC private key as PEM without a password, readable by this process."
    with malformed("bad-key", f"The private key {path} cannot be read", fix):
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise PkiError("bad-key", f"The private key {path} is neither RSA nor EC.", fix)
        return key


def load_certificates(path: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file, in its order, or the one of a DER file; raises PkiError `bad-certificate`."""
    fix = "Give X.509 certificates as PEM, or one as DER, readable by this process."
    with malformed("bad-certificate", f"The certificate file {path} cannot be read", fix):
        data = path.read_bytes()
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]


def subject_name(common_name: str, organisation: str = "") -> x509.Name:
    """A distinguished name of organisation (where given) and common name."""
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def device_certificate(
    subject: x509.Name, email: str, key: PublicKey, not_before: datetime, not_after: datetime
) -> x509.CertificateBuilder:
    """A device (Type 3) certificate that still lacks its issuer and signature: signs and opens e-mail."""
    opens = "key_encipherment" if isinstance(key, rsa.RSAPublicKey) else "key_agreement"
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(key_usage("digital_signature", "content_commitment", opens), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    )


_USAGES: Sequence[str] = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def key_usage(*allowed: str) -> x509.KeyUsage:
    """A key usage extension that allows what is named and nothing else."""
    return x509.KeyUsage(**{usage: usage in allowed for usage in _USAGES})


def _public_bytes(key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
