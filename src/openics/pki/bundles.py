"""Certificates as people get them: PEM, DER or PKCS #7, alone or with their chain, in any order."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7

from openics.pki.errors import PkiError, malformed

LARGEST = 65_536
"""Bytes of a file that is looked at."""
_FIX = "Give the certificate as PEM, as DER (.cer), or as PKCS #7 (.p7b), with or without its chain."


def read_bundle(data: bytes) -> list[x509.Certificate]:
    """The device certificate and then those that came with it; raises PkiError `bad-certificate`."""
    if len(data) > LARGEST:
        raise PkiError("bad-certificate", f"The file has {len(data)} bytes; at most {LARGEST} are read.", _FIX)
    with malformed("bad-certificate", "The certificate cannot be read", _FIX):
        found = _certificates(data)
    if not found:
        raise PkiError("bad-certificate", "There is no certificate in the file.", _FIX)
    return sorted(found, key=is_authority)


def _certificates(data: bytes) -> list[x509.Certificate]:
    if b"-----BEGIN PKCS7" in data or b"-----BEGIN CMS" in data:
        return pkcs7.load_pem_pkcs7_certificates(data.replace(b" CMS-----", b" PKCS7-----"))
    if b"-----BEGIN" in data:
        return x509.load_pem_x509_certificates(data)
    try:
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        return pkcs7.load_der_pkcs7_certificates(data)


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether the certificate is one that issues others."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
