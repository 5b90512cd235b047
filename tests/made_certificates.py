"""Certificates as no sound authority would issue them, and those that it would."""

from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openics.pki.identity import TWO_YEARS, Identity, key_usage, new_key, subject_name
from openics.pki.trust import TrustStore
from openics.sandbox.authority import Authority
from trading_parties import STARTED

Extension = tuple[x509.ExtensionType, bool]
AUTHORITY: tuple[Extension, ...] = (
    (x509.BasicConstraints(ca=True, path_length=None), True),
    (key_usage("key_cert_sign", "crl_sign"), True),
)
DEVICE: tuple[Extension, ...] = (
    (x509.SubjectAlternativeName([x509.RFC822Name("edi@trader.example")]), False),
    (x509.BasicConstraints(ca=False, path_length=None), True),
    (key_usage("digital_signature", "key_encipherment"), True),
    (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False),
)
PERSON: tuple[Extension, ...] = (
    (x509.SubjectAlternativeName([x509.RFC822Name("trader@trader.example")]), False),
    (key_usage("digital_signature"), True),
    (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),
)


def root_and_trust(directory: Path) -> tuple[Identity, Path]:
    """An authority whose key a test may use, and a trust store's directory that trusts it."""
    authority = Authority.create(directory / "authority", STARTED)
    authority.install(directory / "trust")
    return authority.identity, directory / "trust"


def root_and_store(directory: Path) -> tuple[Identity, TrustStore]:
    """An authority whose key a test may use, and a store that trusts it."""
    root, trust = root_and_trust(directory)
    return root, TrustStore.load(trust)


def unsigned(issuer: x509.Name, subject: x509.Name, key: Any, *extensions: Extension, serial: int = 0) -> Any:
    """A certificate that waits for its signature."""
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(serial or x509.random_serial_number())
    builder = builder.not_valid_before(STARTED).not_valid_after(STARTED + TWO_YEARS)
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder


def issued(
    issuer: Identity, name: str, *extensions: Extension, key: Any = None, serial: int = 0, email: str = ""
) -> Identity:
    """An identity with exactly these extensions, the issuer's chain after it; `email` stands in the subject."""
    key = key or new_key()
    subject = x509.Name([*subject_name(name), *([x509.NameAttribute(NameOID.EMAIL_ADDRESS, email)] if email else [])])
    builder = unsigned(issuer.certificate.subject, subject, key.public_key(), *extensions, serial=serial)
    return Identity(builder.sign(issuer.private_key, hashes.SHA256()), key)


def certified(issuer: Identity, key: Any, *extensions: Extension) -> x509.Certificate:
    """A certificate for any public key, also one that no identity may have."""
    subject = subject_name("Device")
    made: x509.Certificate = unsigned(issuer.certificate.subject, subject, key, *extensions).sign(
        issuer.private_key, hashes.SHA256()
    )
    return made


def revocation_list(issuer: Identity, begin: datetime, end: datetime, *revoked: tuple[int, datetime]) -> bytes:
    """A list (DER) of the issuer with the serial numbers revoked and when."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(begin).next_update(end)
    for serial, at in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.private_key, hashes.SHA256()).public_bytes(Encoding.DER)
