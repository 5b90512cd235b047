"""Challenges for the keys of new certificates: made for one person and one site, and good for a day, kept nowhere."""

import secrets
from datetime import timedelta
from typing import Final

from django.core import signing

from openics.pki.possession import PREFIX

LASTS: Final = timedelta(days=1)
_SIGNER: Final = "openics.possession"


def challenge(site: str, person: int) -> str:
    """A new challenge."""
    return PREFIX + _signer().sign(f"{site}.{person}.{secrets.token_hex(8)}")


def holds(text: str, site: str, person: int) -> bool:
    """Whether a challenge was made here for this site and person, at most a day ago."""
    try:
        value = _signer().unsign(text.removeprefix(PREFIX), max_age=LASTS)
    except signing.BadSignature:
        return False
    return text.startswith(PREFIX) and value.rpartition(".")[0] == f"{site}.{person}"


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=_SIGNER)
