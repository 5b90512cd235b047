"""Changes to the gateway's keys: which keys to write after adding, moving or rolling back. Pure, but for `put_away`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKey
from openics.pki.key_ring import newest_first

PUT_AWAY = "removed"
"""Directory, beside the keys, of those that are used no more."""


def named(keys: Sequence[GatewayKey], name: str) -> GatewayKey:
    """The key of that name; raises PkiError `no-gateway-key` naming those that there are."""
    for key in keys:
        if key.name == name:
            return key
    there = ", ".join(sorted(key.name for key in keys)) or "none"
    raise PkiError("no-gateway-key", f"There is no gateway key {name}.", f"The keys are: {there}.")


def free_name(keys: Sequence[GatewayKey], directory: Path) -> str:
    """The next free name: gateway-1, gateway-2, and so on; a name that was put away is not used again."""
    taken = {key.name for key in keys} | {path.stem for path in (directory / PUT_AWAY).glob("*.crt")}
    number = 1
    while f"gateway-{number}" in taken:
        number += 1
    return f"gateway-{number}"


def moved(
    key: GatewayKey,
    encrypt_from: datetime | None = None,
    sign_from: datetime | None = None,
    retire_at: datetime | None = None,
) -> GatewayKey:
    """The key with other dates, those left out unchanged; raises PkiError `bad-key` when they are out of order."""
    changed = replace(
        key,
        encrypt_from=encrypt_from or key.encrypt_from,
        sign_from=sign_from or key.sign_from,
        retire_at=retire_at or key.retire_at,
        dated=True,
    )
    if not changed.encrypt_from <= (changed.sign_from or changed.encrypt_from) < changed.retire_at:
        raise PkiError(
            "bad-key",
            f"The dates of {key.name} would be out of order.",
            "encrypt_from comes first, then sign_from, then retire_at; move the others too.",
        )
    return changed


def rolled_back(keys: Sequence[GatewayKey], now: datetime, name: str = "") -> list[GatewayKey]:
    """The keys to write so that `name` (the one that signs last) signs no more, and the key before it goes on.

    The key rolled back goes on opening mail, since traders may have switched to it. The key before it signs until its
    certificate ends. Raises PkiError `no-gateway-key` when no key is there to go on with.
    """
    signing = [key for key in newest_first(keys) if key.sign_from is not None]
    back = named(keys, name) if name else next((key for key in signing if now < key.retire_at), None)
    if back is None or back.sign_from is None:
        raise PkiError(
            "no-gateway-key", f"{name or 'No key'} neither signs nor will.", "There is nothing to roll back."
        )
    before = next((key for key in signing if key is not back and _can_go_on(key, now)), None)
    if before is None:
        raise PkiError(
            "no-gateway-key",
            f"No other key has a certificate that is still valid, so that it could sign instead of {back.name}.",
            "Add a further key with `openics gateway keys add` and let it sign at once.",
        )
    going_on = replace(before, retire_at=before.certificate.not_valid_after_utc)
    return [replace(back, sign_from=None, dated=True), *([going_on] if before.dated else [])]


def _can_go_on(key: GatewayKey, now: datetime) -> bool:
    """Whether the key has begun to sign and its certificate holds."""
    return key.sign_from is not None and key.sign_from <= now < key.certificate.not_valid_after_utc


def put_away(directory: Path, name: str) -> Path:
    """Move a key's files aside, the dates first, so that the rest can be read at every moment; gives the directory."""
    aside = directory / PUT_AWAY
    aside.mkdir(mode=0o700, exist_ok=True)
    for ending in (".json", ".key", ".crt"):
        path = directory / f"{name}{ending}"
        if path.exists():
            path.replace(aside / path.name)
    return aside
