"""The authorities whose certificates count on the web, as strict about revocation as the settings say."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from openics.pki.revocations import Strictness
from openics.pki.trust import TrustStore


def trusted() -> TrustStore:
    """The store of this process, which notices by itself when its files change; raises PkiError when it cannot be read."""
    stale: timedelta = settings.REVOCATION_STALE
    return _store(settings.TRUST_DIRECTORY, stale, settings.REVOCATION_REQUIRED, settings.LEGACY_ALGORITHMS)


@cache
def _store(directory: Path, stale: timedelta, required: bool, legacy: bool) -> TrustStore:
    return TrustStore.load(directory, Strictness(required=required, stale=stale), legacy=legacy)
