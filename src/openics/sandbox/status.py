"""Answers for the test authority's certificates (OCSP, RFC 6960): good, revoked, or unknown here."""

from datetime import datetime, timedelta

from asn1crypto.keys import PublicKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from openics.pki.errors import PkiError, malformed
from openics.sandbox.authority import Authority

CURRENT = timedelta(days=1)
"""How long an answer counts."""
LONGEST = 4096
"""Bytes of a request that is looked at."""
_UNASKED = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
_OTHER = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)


def answer(authority: Authority, request: bytes, now: datetime) -> bytes:
    """The answer (DER) to a request for one certificate; one that says why not for anything else."""
    try:
        with malformed("bad-encoding", "The request cannot be read", "Ask for one certificate (RFC 6960)."):
            asked = ocsp.load_der_ocsp_request(request[: LONGEST + 1])
            serial, name_hash, key_hash = asked.serial_number, asked.issuer_name_hash, asked.issuer_key_hash
            digest = asked.hash_algorithm
    except PkiError:
        return _UNASKED.public_bytes(Encoding.DER)
    if key_hash != _key_hash(authority.certificate, digest):
        return _OTHER.public_bytes(Encoding.DER)
    status, revoked_at = _status(authority, serial)
    root = authority.identity
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        issuer_name_hash=name_hash,
        issuer_key_hash=key_hash,
        serial_number=serial,
        algorithm=digest,
        cert_status=status,
        this_update=now,
        next_update=now + CURRENT,
        revocation_time=revoked_at,
        revocation_reason=None,
    )
    signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, root.certificate).sign(
        root.private_key, hashes.SHA256()
    )
    return signed.public_bytes(Encoding.DER)


def _status(authority: Authority, serial: int) -> tuple[ocsp.OCSPCertStatus, datetime | None]:
    revoked_at = authority.revoked_at(serial)
    if revoked_at is not None:
        return ocsp.OCSPCertStatus.REVOKED, revoked_at
    if any(int(each.serial, 16) == serial for each in authority.issued()):
        return ocsp.OCSPCertStatus.GOOD, None
    return ocsp.OCSPCertStatus.UNKNOWN, None


def _key_hash(certificate: x509.Certificate, digest: hashes.HashAlgorithm) -> bytes:
    """The hash by which a request names the issuer: of its public key, without the algorithm."""
    der = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    hashed = hashes.Hash(digest)
    hashed.update(PublicKeyInfo.load(der)["public_key"].contents[1:])
    return hashed.finalize()
