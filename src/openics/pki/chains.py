"""Picks, from the certificates that came with a message, those that lead from the signer to somebody trusted.

Anybody may send any certificates along, and some that all vouch for each other make a general search for paths endless:
sixteen of them hold a worker for hours. Here each is looked at once, and only the few of one path are handed on to be
validated.
"""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm


def leading(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    at: datetime,
) -> list[x509.Certificate]:
    """Those of `others` between `certificate` and one of `trusted`, nearest first; none where nothing leads there.

    A path on which all are valid at `at` is preferred to one on which some are not.
    """
    current = [one for one in others if one.not_valid_before_utc <= at <= one.not_valid_after_utc]
    for candidates in (current, others):
        found = _path(certificate, candidates, trusted, {certificate})
        if found is not None:
            return found
    return []


def _path(
    certificate: x509.Certificate,
    candidates: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
    seen: set[x509.Certificate],
) -> list[x509.Certificate] | None:
    if any(_issued(one, certificate) for one in trusted):
        return []
    for one in candidates:
        if one in seen or not _issued(one, certificate):
            continue
        seen.add(one)
        rest = _path(one, candidates, trusted, seen)
        if rest is not None:
            return [one, *rest]
    return None


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True
