"""What a certificate says, and whether its key is strong enough."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from openics.pki.errors import PkiError, malformed

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

SMALLEST_RSA = 2048
LARGEST_RSA = 8192
"""Longer keys (bits) are refused: checking their signatures takes seconds, which is a way to stop a gateway."""
LARGEST_EXPONENT = 2**64
"""Larger public exponents are refused for the same reason; real ones are 65537."""
CURVES = ("secp256r1", "secp384r1")
LONGEST_CHAIN = 16
"""Certificates that are taken from one file or message."""
_CACHED = 2048
_LONGEST_SUBJECT = 120
_FIX = "Ask the certificate authority for a certificate with an RSA key of 2048 bits or more, or on P-256 or P-384."


@dataclass(frozen=True, slots=True)
class Known:
    """A certificate with what is asked of it at every message, read once.

    `issuer` is the DER of the issuer's name exactly as it stands in the certificate, `key_identifier` the subject key
    identifier or empty.
    """

    certificate: x509.Certificate
    issuer: bytes
    serial: int
    key_identifier: bytes
    key: PublicKey


def read_chain(data: bytes) -> list[x509.Certificate]:
    """A certificate and those that come with it, from PEM, or one from DER; raises PkiError `bad-certificate`."""
    fix = "Give an X.509 certificate as DER (.cer) or PEM (-----BEGIN CERTIFICATE-----)."
    count = data.count(b"-----BEGIN")
    if count > LONGEST_CHAIN:
        text = f"The file holds {count} certificates; at most {LONGEST_CHAIN} are looked at."
        raise PkiError("bad-certificate", text, "Give the certificate and its intermediates, nothing else.")
    with malformed("bad-certificate", "The certificate cannot be read", fix):
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]


def read_certificate(data: bytes) -> x509.Certificate:
    """A certificate from DER or PEM (the first one); raises PkiError `bad-certificate`."""
    fix = "Give an X.509 certificate as DER (.cer) or PEM (-----BEGIN CERTIFICATE-----)."
    with malformed("bad-certificate", "The certificate cannot be read", fix):
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)


@lru_cache(_CACHED)
def known(der: bytes) -> Known:
    """The certificate in these DER bytes, its names and key; raises PkiError `bad-certificate` or `weak-key`."""
    with malformed("bad-certificate", "The certificate cannot be read", "Use a complete X.509 certificate."):
        certificate = x509.load_der_x509_certificate(der)
        parsed = asn1_x509.Certificate.load(der)
        key = usable_key(certificate)
        return Known(certificate, parsed.issuer.dump(), certificate.serial_number, parsed.key_identifier or b"", key)


@lru_cache(_CACHED)
def usable_key(certificate: x509.Certificate) -> PublicKey:
    """The public key; raises PkiError `weak-key` for anything but RSA from 2048 bits, P-256 and P-384."""
    return strong(certificate.public_key(), f"certificate {certificate.serial_number:x}")


def strong(key: object, whose: str) -> PublicKey:
    """`key` if it is strong enough; raises PkiError `weak-key` naming `whose` key it is."""
    if isinstance(key, rsa.RSAPublicKey):
        exponent = key.public_numbers().e
        if SMALLEST_RSA <= key.key_size <= LARGEST_RSA and exponent < LARGEST_EXPONENT:
            return key
        large = "" if exponent < LARGEST_EXPONENT else f" and a public exponent of {exponent.bit_length()} bits"
        found = f"RSA with {key.key_size} bits{large}"
    elif isinstance(key, ec.EllipticCurvePublicKey):
        if key.curve.name in CURVES:
            return key
        found = f"the curve {key.curve.name}"
    else:
        found = type(key).__name__.removesuffix("PublicKey")
    raise PkiError("weak-key", f"The key of {whose} is {found}, which is not accepted.", _FIX)


def der(certificate: x509.Certificate) -> bytes:
    """The certificate's own bytes."""
    return certificate.public_bytes(Encoding.DER)


@lru_cache(_CACHED)
def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate: 64 hexadecimal digits, lower case."""
    return certificate.fingerprint(hashes.SHA256()).hex()


@lru_cache(_CACHED)
def addresses(certificate: x509.Certificate) -> tuple[str, ...]:
    """The e-mail addresses in the certificate, lower case: those of the alternative name, else of the subject."""
    with malformed("bad-certificate", "The names in the certificate cannot be read", "Ask for a new certificate."):
        try:
            names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            found = names.get_values_for_type(x509.RFC822Name)
        except x509.ExtensionNotFound:
            found = []
        subject = certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
        return tuple(name.lower() for name in found or [str(attribute.value) for attribute in subject])


@lru_cache(_CACHED)
def may_encrypt_to(certificate: x509.Certificate) -> bool:
    """Whether the certificate is made to receive encrypted mail: an RSA or EC key, and a key usage that allows it."""
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return False
    usage = extension(certificate, x509.KeyUsage)
    if usage is None:
        return True
    return bool(usage.key_encipherment if isinstance(key, rsa.RSAPublicKey) else usage.key_agreement)


@lru_cache(_CACHED)
def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate is made for signing mail: its key usages, where it has them, allow it."""
    usage = extension(certificate, x509.KeyUsage)
    return for_mail(certificate) and (usage is None or usage.digital_signature or usage.content_commitment)


@lru_cache(_CACHED)
def for_mail(certificate: x509.Certificate) -> bool:
    """Whether the extended key usage, where the certificate has one, allows e-mail."""
    purposes = extension(certificate, x509.ExtendedKeyUsage)
    allowed = (ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    return purposes is None or any(purpose in allowed for purpose in purposes)


def extension(certificate: x509.Certificate, kind: type[Any]) -> Any:
    """The certificate's extension of this kind; None without it."""
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


@lru_cache(_CACHED)
def described(certificate: x509.Certificate) -> str:
    """The certificate in words: subject and serial number, on one line and not long, whoever made it.

    This stands in notices that customs signs, so a stranger's certificate must not be able to write a letter there.
    """
    subject = certificate.subject.rfc4514_string()
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in subject)
    cut = shown if len(shown) <= _LONGEST_SUBJECT else f"{shown[:_LONGEST_SUBJECT]}…"
    return f"{cut} (serial {certificate.serial_number:x})"
