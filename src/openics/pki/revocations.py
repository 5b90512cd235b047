"""Revocation lists and status answers (OCSP) as files, and how strictly they are asked for.

`crls/*.crl` are put there by an operator. `fetched/` is filled by `openics.pki.refreshing` from the addresses in the
certificates: `*.crl`, and `FINGERPRINT.ocsp` for one certificate each. Checking reads these files and fetches nothing.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import crl, ocsp, pem

from openics.pki.errors import PkiError, malformed

FETCHED = "fetched"
"""Directory, in a trust store, of what was fetched."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Strictness:
    """How strictly it is asked whether a certificate was revoked.

    With `required` a certificate counts only with a current list or answer of its issuer (hard fail); without, only a
    revocation that is known of counts against it (soft fail), and each use is logged. `stale` is for how long after its
    end a list or answer still counts, for authorities that are late.
    """

    required: bool = True
    stale: timedelta = timedelta(0)


def read_lists(directory: Path) -> tuple[crl.CertificateList, ...]:
    """The operator's lists and those fetched; raises PkiError `bad-certificate` naming a bad one of the operator's."""
    own = [read_list(path.read_bytes(), str(path)) for path in sorted((directory / "crls").glob("*.crl"))]
    fetched = [_fetched_list(path) for path in sorted((directory / FETCHED).glob("*.crl"))]
    return (*own, *(each for each in fetched if each is not None))


def read_list(data: bytes, place: str) -> crl.CertificateList:
    """A revocation list from DER or PEM; raises PkiError `bad-certificate` naming the place."""
    fix = "Give a certificate revocation list as DER or PEM."
    with malformed("bad-certificate", f"The revocation list {place} cannot be read", fix):
        found = crl.CertificateList.load(pem.unarmor(data)[2] if pem.detect(data) else data, strict=True)
        _ = found.issuer.native
        return found


def _fetched_list(path: Path) -> crl.CertificateList | None:
    try:
        return read_list(path.read_bytes(), str(path))
    except (PkiError, FileNotFoundError) as error:
        _log.warning("a fetched revocation list is not used: %s", error)
        return None


def status_path(directory: Path, fingerprint: str) -> Path:
    """Where the fetched status answer for a certificate lies."""
    return directory / FETCHED / f"{fingerprint}.ocsp"


def read_status(directory: Path, fingerprint: str) -> tuple[ocsp.OCSPResponse, ...]:
    """The fetched status answer for a certificate; none when there is none that can be read."""
    path = status_path(directory, fingerprint)
    try:
        with malformed("bad-certificate", f"The status answer {path} cannot be read", "It is fetched anew."):
            return (ocsp.OCSPResponse.load(path.read_bytes(), strict=True),) if path.exists() else ()
    except PkiError as error:
        _log.warning("a fetched status answer is not used: %s", error)
        return ()


def stale_moments(
    lists: Sequence[crl.CertificateList], answers: Sequence[ocsp.OCSPResponse], at: datetime, stale: timedelta
) -> list[datetime]:
    """The last instants of lists and answers that ended at most `stale` before `at`, the latest first.

    As of such an instant the list was current, and everything that it revokes was revoked.
    """
    return sorted({end for end in _ends(lists, answers) if at - stale <= end < at}, reverse=True)


def ended(lists: Sequence[crl.CertificateList], answers: Sequence[ocsp.OCSPResponse], at: datetime) -> bool:
    """Whether any of them has ended before `at`."""
    return any(end < at for end in _ends(lists, answers))


def _ends(lists: Sequence[crl.CertificateList], answers: Sequence[ocsp.OCSPResponse]) -> list[datetime]:
    with malformed("bad-certificate", "The end of a revocation list cannot be read", "Fetch it anew."):
        ends = [each["tbs_cert_list"]["next_update"].native for each in lists]
        ends += [each["next_update"].native for answer in answers for each in _single(answer)]
    return [end for end in ends if end is not None]


def _single(answer: ocsp.OCSPResponse) -> Sequence[ocsp.SingleResponse]:
    if answer["response_status"].native != "successful":
        return ()
    found: Sequence[ocsp.SingleResponse] = answer.response_data["responses"]
    return found
