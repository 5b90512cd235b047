"""Keeps what is fetched about revocations current: the lists and answers to which certificates point.

A list serves all certificates of its issuer, so it is preferred; an answer (OCSP) is asked for only where a certificate
names no list. What comes is checked before it takes the place of what is there: it must be signed by the issuer, and be
no older. An issuer must be in the trust store (anchors or intermediates); one that came with a mail is not enough.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from openics.pki.certificates import der, described, extension, fingerprint
from openics.pki.directory import write_whole
from openics.pki.errors import PkiError, malformed
from openics.pki.fetching import FetchError, Limits, fetch
from openics.pki.revocations import FETCHED, status_path

MOST = 10_000
"""Addresses that are asked in one round."""
_CLOCK_TOLERANCE = timedelta(minutes=5)
_REQUEST = "application/ocsp-request"

Fetch = Callable[..., bytes]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What asking one address came to; `problem` is empty where what is there is current."""

    address: str
    what: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """One address to ask, the certificate that names it, its issuer, and the file for what comes."""

    address: str
    certificate: x509.Certificate
    issuer: x509.Certificate
    path: Path
    is_list: bool


def refresh(
    directory: Path,
    certificates: Sequence[x509.Certificate],
    issuers: Sequence[x509.Certificate],
    now: datetime,
    limits: Limits,
    ask: Fetch = fetch,
) -> list[Refreshed]:
    """Fetch what `certificates` and the issuers themselves point to, and put away what nobody points to any more."""
    sources = _sources(directory, [*certificates, *issuers], issuers)
    found = [_refreshed(source, now, limits, ask) for source in sources[:MOST]]
    wanted = {source.path.name for source in sources}
    for path in (directory / FETCHED).glob("*"):
        if path.name not in wanted and not path.name.startswith("."):
            path.unlink(missing_ok=True)
    return found


def _sources(
    directory: Path, certificates: Iterable[x509.Certificate], issuers: Sequence[x509.Certificate]
) -> list[_Source]:
    found: dict[str, _Source] = {}
    by_name = {issuer.subject.public_bytes(): issuer for issuer in issuers}
    for certificate in certificates:
        issuer = by_name.get(certificate.issuer.public_bytes())
        if issuer is None or certificate == issuer:
            continue
        for address in list_addresses(certificate):
            name = f"{sha256(address.encode()).hexdigest()[:32]}.crl"
            found.setdefault(name, _Source(address, certificate, issuer, directory / FETCHED / name, is_list=True))
        if not list_addresses(certificate):
            for address in status_addresses(certificate)[:1]:
                path = status_path(directory, fingerprint(certificate))
                found[path.name] = _Source(address, certificate, issuer, path, is_list=False)
    return list(found.values())


def list_addresses(certificate: x509.Certificate) -> list[str]:
    """Where the certificate says that the list of its issuer lies: the HTTP addresses, in order."""
    with malformed("bad-certificate", "The extensions of the certificate cannot be read", "Ask for a new certificate."):
        points = extension(certificate, x509.CRLDistributionPoints) or ()
        names = [name for point in points if not point.crl_issuer for name in point.full_name or ()]
    return [name.value for name in names if _is_http(name)]


def status_addresses(certificate: x509.Certificate) -> list[str]:
    """Where the certificate says that its status can be asked for (OCSP): the HTTP addresses, in order."""
    with malformed("bad-certificate", "The extensions of the certificate cannot be read", "Ask for a new certificate."):
        access = extension(certificate, x509.AuthorityInformationAccess) or ()
    names = [each.access_location for each in access if each.access_method == AuthorityInformationAccessOID.OCSP]
    return [name.value for name in names if _is_http(name)]


def _is_http(name: x509.GeneralName) -> bool:
    return isinstance(name, x509.UniformResourceIdentifier) and name.value.startswith("http://")


def _refreshed(source: _Source, now: datetime, limits: Limits, ask: Fetch) -> Refreshed:
    issuer = described(source.issuer)
    what = f"revocation list of {issuer}" if source.is_list else f"status of {described(source.certificate)}"
    try:
        with malformed("bad-certificate", f"What {source.address} sends cannot be read", "The authority must mend it."):
            data = _list(source, now, limits, ask) if source.is_list else _answer(source, now, limits, ask)
        if data is not None:
            write_whole(source.path, data)
    except PkiError as error:
        return Refreshed(source.address, what, error.text)
    return Refreshed(source.address, what)


def _list(source: _Source, now: datetime, limits: Limits, ask: Fetch) -> bytes | None:
    data = ask(source.address, limits)
    found = x509.load_pem_x509_crl(data) if data.startswith(b"-----BEGIN") else x509.load_der_x509_crl(data)
    key = source.issuer.public_key()
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey) or not found.is_signature_valid(key):
        raise FetchError(f"{source.address}: the list is not signed by {described(source.issuer)}")
    _check_dates(source.address, found.last_update_utc, found.next_update_utc, now)
    if source.path.exists() and found.last_update_utc < _present(source.path).last_update_utc:
        raise FetchError(f"{source.address}: the list is older than the one at hand")
    return found.public_bytes(Encoding.DER)


def _present(path: Path) -> x509.CertificateRevocationList:
    return x509.load_der_x509_crl(path.read_bytes())


def _answer(source: _Source, now: datetime, limits: Limits, ask: Fetch) -> bytes:
    # SHA-1 names the issuer here, nothing more, and is what every responder knows (RFC 5019, 2.1.1).
    digest = hashes.SHA1()  # noqa: S303
    request = ocsp.OCSPRequestBuilder().add_certificate(source.certificate, source.issuer, digest).build()
    data = ask(source.address, limits, data=request.public_bytes(Encoding.DER), content_type=_REQUEST)
    found = ocsp.load_der_ocsp_response(data)
    if found.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise FetchError(f"{source.address} answers {found.response_status.name.lower()}")
    asked, told = request.issuer_key_hash, found.issuer_key_hash
    if found.serial_number != source.certificate.serial_number or asked != told:
        raise FetchError(f"{source.address} answers for another certificate")
    if found.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        raise FetchError(f"{source.address} does not know the certificate")
    if not _by_issuer(found, source.issuer, now):
        raise FetchError(f"{source.address}: the answer is not signed by {described(source.issuer)}")
    _check_dates(source.address, found.this_update_utc, found.next_update_utc, now)
    return data


def _check_dates(address: str, begin: datetime, end: datetime | None, now: datetime) -> None:
    if end is None or end <= now or begin > now + _CLOCK_TOLERANCE:
        until = f"{end:%Y-%m-%d %H:%M}" if end else "no end"
        raise FetchError(f"{address}: it is current from {begin:%Y-%m-%d %H:%M} to {until} UTC, which is not now")


def _by_issuer(answer: ocsp.OCSPResponse, issuer: x509.Certificate, now: datetime) -> bool:
    """Whether the answer is signed by the issuer, or by somebody whom the issuer made for it."""
    made_for_it = [issuer, *(one for one in answer.certificates if _delegated(one, issuer, now))]
    return any(_signed_by(answer, one) for one in made_for_it)


def _delegated(certificate: x509.Certificate, issuer: x509.Certificate, now: datetime) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    purposes = extension(certificate, x509.ExtendedKeyUsage) or ()
    current = certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
    return current and ExtendedKeyUsageOID.OCSP_SIGNING in list(purposes)


def _signed_by(answer: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    key, digest = certificate.public_key(), answer.signature_hash_algorithm
    if digest is None:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def usable(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    """The certificates in these DER bytes, without those that cannot be read or are there twice."""
    found: dict[bytes, x509.Certificate] = {}
    for each in certificates:
        try:
            certificate = x509.load_der_x509_certificate(each)
            found[der(certificate)] = certificate
        except ValueError:
            continue
    return list(found.values())
