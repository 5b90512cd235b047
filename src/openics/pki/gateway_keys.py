"""The gateway's own keys: several at once while one replaces another, each with its dates of use.

A directory holds for each key `NAME.key`, `NAME.crt` and `NAME.json` with three instants (ISO 8601, UTC):

- `encrypt_from`: traders may encrypt to it; the gateway opens what comes;
- `sign_from`: the gateway signs with it, until a later one takes over;
- `retire_at`: it is used no more.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from openics.pki.certificates import described
from openics.pki.directory import Watch, write_whole
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import Identity

OVERLAP = timedelta(days=14)
"""How long before it signs a new key may be encrypted to, unless said otherwise."""
_INSTANTS = ("encrypt_from", "sign_from", "retire_at")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GatewayKey:
    """One key of the gateway and its dates of use; `retire_at` itself is outside."""

    name: str
    identity: Identity
    encrypt_from: datetime
    sign_from: datetime
    retire_at: datetime

    def opens(self, at: datetime) -> bool:
        """Whether mail encrypted to it is accepted at `at`."""
        return self.encrypt_from <= at < self.retire_at

    def signs(self, at: datetime) -> bool:
        """Whether the gateway may sign with it at `at`."""
        return self.sign_from <= at < self.retire_at

    def save(self, directory: Path) -> None:
        """Write key, certificate and dates into `directory`; the dates last, so that a half-written key is not seen."""
        self.identity.save(directory, self.name)
        dates = {instant: getattr(self, instant).isoformat() for instant in _INSTANTS}
        write_whole(directory / f"{self.name}.json", json.dumps(dates, indent=2).encode() + b"\n")


def gateway_key(
    name: str, identity: Identity, sign_from: datetime, retire_at: datetime | None = None, overlap: timedelta = OVERLAP
) -> GatewayKey:
    """A key that traders may use `overlap` before the gateway signs with it, until its certificate ends."""
    ends = identity.certificate.not_valid_after_utc
    starts = identity.certificate.not_valid_before_utc
    return GatewayKey(
        name, identity, max(sign_from - overlap, starts), max(sign_from, starts), min(retire_at or ends, ends)
    )


class GatewayKeys:
    """The keys in a directory; notices within about a second when a key is added or its dates change."""

    def __init__(self, directory: Path) -> None:
        """Read all keys; raises PkiError `no-gateway-key`, `bad-key` or `bad-certificate`, naming the file."""
        self._directory = directory
        self._watch = Watch(directory)
        self._keys = _read(directory)

    @classmethod
    def load(cls, directory: Path) -> "GatewayKeys":
        """Read the keys in `directory`."""
        return cls(directory)

    def decrypting(self, at: datetime) -> list[Identity]:
        """The identities whose keys may open mail at `at`, the newest first."""
        return [key.identity for key in self._current() if key.opens(at)]

    def signing(self, at: datetime) -> Identity:
        """The one identity that signs at `at`; raises PkiError `no-gateway-key`."""
        for key in self._current():
            if key.signs(at):
                return key.identity
        raise PkiError(
            "no-gateway-key",
            f"No key in {self._directory} signs at {at.isoformat()}.",
            "Add a gateway key, or correct sign_from and retire_at beside the keys.",
        )

    def published(self, at: datetime) -> list[GatewayKey]:
        """The keys that traders need to know at `at`: those in use and those announced, newest first."""
        return [key for key in self._current() if at < key.retire_at]

    def _current(self) -> Sequence[GatewayKey]:
        if self._watch.changed():
            try:
                self._keys = _read(self._directory)
            except PkiError as error:
                _log.error("gateway keys not reloaded, the old ones stay in use: %s", error)
        return self._keys


def _read(directory: Path) -> list[GatewayKey]:
    keys = [_key(directory, path.stem) for path in directory.glob("*.json")]
    if not keys:
        raise PkiError(
            "no-gateway-key",
            f"There is no gateway key in {directory}.",
            "Issue a gateway certificate and save it there with its dates of use.",
        )
    return sorted(keys, key=lambda key: (key.sign_from, key.name), reverse=True)


def _key(directory: Path, name: str) -> GatewayKey:
    path = directory / f"{name}.json"
    fix = "Give encrypt_from, sign_from and retire_at as ISO 8601 with an offset, in this order of time."
    identity = Identity.load(directory, name)
    with malformed("bad-key", f"The dates of use in {path} cannot be read", fix):
        dates = json.loads(path.read_bytes())
        opens, signs, retires = (datetime.fromisoformat(dates[instant]) for instant in _INSTANTS)
        if not opens <= signs < retires or opens.tzinfo is None:
            raise PkiError("bad-key", f"The dates of use of {described(identity.certificate)} are out of order.", fix)
    return GatewayKey(name, identity, opens, signs, retires)
