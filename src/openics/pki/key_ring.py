"""Which of the gateway's keys opens mail at an instant, which one signs, and what comes next. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from cryptography import x509

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Dated:
    """A key of the gateway with its dates of use; `sign_from` is None for a key that opens mail but does not sign."""

    __slots__ = ()

    name: str
    certificate: x509.Certificate
    encrypt_from: datetime
    sign_from: datetime | None
    retire_at: datetime
    dated: bool

    def opens(self, at: datetime) -> bool:
        """Whether mail encrypted to it is accepted at `at`."""
        return self.encrypt_from <= at < self.retire_at

    def signs(self, at: datetime) -> bool:
        """Whether the gateway may sign with it at `at`."""
        return self.sign_from is not None and self.sign_from <= at < self.retire_at


Key = TypeVar("Key", bound=Dated)


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to a key at an instant."""

    at: datetime
    name: str
    text: str


def newest_first(keys: Iterable[Key]) -> list[Key]:
    """The keys in the order in which they are preferred: the one that signs last first, one without dates last."""
    return sorted(keys, key=lambda key: (key.dated, key.sign_from or _LONG_AGO, key.name), reverse=True)


def signer(keys: Iterable[Key], at: datetime) -> Key | None:
    """The one key that signs at `at`: of those that may, the one that came last. None when no key may."""
    return next((key for key in newest_first(keys) if key.signs(at)), None)


def openers(keys: Iterable[Key], at: datetime) -> list[Key]:
    """The keys that open mail at `at`, the newest first."""
    return [key for key in newest_first(keys) if key.opens(at)]


def target(keys: Iterable[Key], at: datetime) -> Key | None:
    """The key that everybody should end up with: of those not retired, the one that signs last."""
    return next((key for key in newest_first(keys) if key.sign_from and at < key.retire_at), None)


def instants(keys: Iterable[Dated]) -> list[datetime]:
    """Every instant at which something changes, in order."""
    found = {at for key in keys for at in (key.encrypt_from, key.sign_from, key.retire_at) if at is not None}
    return sorted(found)


def coming(keys: Sequence[Dated], at: datetime) -> list[Change]:
    """What changes after `at`, in order."""
    found = []
    for key in keys:
        found.append(Change(key.encrypt_from, key.name, f"{key.name} may be encrypted to"))
        if key.sign_from is not None and signer(keys, key.sign_from) is key:
            found.append(Change(key.sign_from, key.name, f"{key.name} takes over signing"))
        found.append(Change(key.retire_at, key.name, f"{key.name} is used no more"))
    return sorted((change for change in found if change.at > at), key=lambda change: (change.at, change.name))


def state(keys: Iterable[Key], key: Key, at: datetime) -> str:
    """What a key is for at `at`, in a few words."""
    if at >= key.retire_at:
        return "retired"
    if at < key.encrypt_from:
        return "announced"
    if signer(keys, at) is key:
        return "opens and signs"
    if key.sign_from is None:
        return "opens; rolled back"
    return "opens; signs later" if key.sign_from > at else "opens"
