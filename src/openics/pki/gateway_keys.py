"""The gateway's own keys: several at once while one replaces another, each with its dates of use.

A directory holds for each key `NAME.key`, `NAME.crt` and `NAME.json` with three instants (ISO 8601, UTC):

- `encrypt_from`: traders may encrypt to it; the gateway opens what comes;
- `sign_from`: the gateway signs with it, until a later one takes over; null: it opens, but does not sign;
- `retire_at`: it is used no more.

One pair may stand there without dates: it opens while its certificate is valid, and signs while no dated key does.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509

from openics.pki.certificates import described
from openics.pki.directory import Watch, write_whole
from openics.pki.errors import PkiError, malformed
from openics.pki.identity import Identity, load_certificates
from openics.pki.key_ring import Dated, Key, newest_first, signer

OVERLAP = timedelta(days=14)
"""How long before it signs a new key may be encrypted to, unless said otherwise."""
_INSTANTS = ("encrypt_from", "sign_from", "retire_at")
_FIX_DATES = "Give encrypt_from, sign_from and retire_at as ISO 8601 with an offset, in this order of time."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GatewayKey(Dated):
    """One key of the gateway and its dates of use; `retire_at` itself is outside."""

    name: str
    identity: Identity
    encrypt_from: datetime
    sign_from: datetime | None
    retire_at: datetime
    dated: bool = True
    certificate: x509.Certificate = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take the certificate from the identity."""
        object.__setattr__(self, "certificate", self.identity.certificate)

    def save(self, directory: Path) -> None:
        """Write key, certificate and dates into `directory`; the dates last, so that a half-written key is not seen."""
        self.identity.save(directory, self.name)
        self.save_dates(directory)

    def save_dates(self, directory: Path) -> None:
        """Write only the dates."""
        instants = {instant: getattr(self, instant) for instant in _INSTANTS}
        dates = {name: at and at.astimezone(UTC).isoformat() for name, at in instants.items()}
        write_whole(directory / f"{self.name}.json", json.dumps(dates, indent=2).encode() + b"\n")


@dataclass(frozen=True, slots=True)
class PublicKeyDates(Dated):
    """What anybody may know of a gateway key: its certificate and its dates of use."""

    name: str
    certificate: x509.Certificate
    encrypt_from: datetime
    sign_from: datetime | None
    retire_at: datetime
    dated: bool = True


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
        self._keys = read_keys(directory)

    @classmethod
    def load(cls, directory: Path) -> "GatewayKeys":
        """Read the keys in `directory`."""
        return cls(directory)

    def decrypting(self, at: datetime) -> list[Identity]:
        """The identities whose keys may open mail at `at`, the newest first."""
        return [key.identity for key in self._current() if key.opens(at)]

    def signing(self, at: datetime) -> Identity:
        """The one identity that signs at `at`; raises PkiError `no-gateway-key`."""
        key = signer(self._current(), at)
        if key is not None:
            return key.identity
        raise PkiError(
            "no-gateway-key",
            f"No key in {self._directory} signs at {at.isoformat()}.",
            "Add a gateway key, or correct sign_from and retire_at beside the keys.",
        )

    def published(self, at: datetime) -> list[GatewayKey]:
        """The keys that traders need to know at `at`: those in use and those announced, newest first."""
        return [key for key in self._current() if at < key.retire_at]

    def identities(self) -> list[Identity]:
        """Every identity, whatever its dates, the newest first."""
        return [key.identity for key in self._current()]

    def _current(self) -> Sequence[GatewayKey]:
        if self._watch.changed():
            try:
                self._keys = read_keys(self._directory)
            except PkiError as error:
                _log.error("gateway keys not reloaded, the old ones stay in use: %s", error)
        return self._keys


def read_keys(directory: Path) -> list[GatewayKey]:
    """The keys in a directory, the newest first; raises PkiError as `GatewayKeys` does."""
    keys = [_key(directory, path.stem) for path in directory.glob("*.json")]
    keys += [_undated(directory, name) for name in _without_dates(directory, ".crt", ".key")]
    return newest_first(_some(directory, keys))


def read_public(directory: Path) -> list[PublicKeyDates]:
    """The certificates and dates in a directory, newest first, for processes that need no private key; like `read_keys`."""
    keys = [_public(directory, path.stem) for path in directory.glob("*.json")]
    for name in _without_dates(directory, ".crt"):
        certificate = load_certificates(directory / f"{name}.crt")[0]
        keys.append(PublicKeyDates(name, certificate, *_validity(certificate), dated=False))
    return newest_first(_some(directory, keys))


def _some(directory: Path, keys: list[Key]) -> list[Key]:
    if keys:
        return keys
    raise PkiError(
        "no-gateway-key",
        f"There is no gateway key in {directory}.",
        "Issue a gateway certificate and save it there with its dates of use.",
    )


def _without_dates(directory: Path, *endings: str) -> list[str]:
    """The name of the one pair that has no dates, if there is one."""
    first, *others = endings
    found = sorted(
        path.stem
        for path in directory.glob(f"*{first}")
        if all(path.with_suffix(each).exists() for each in others) and not path.with_suffix(".json").exists()
    )
    if len(found) > 1:
        raise PkiError(
            "bad-key",
            f"In {directory} the keys {' and '.join(found)} have no dates of use.",
            "Keep at most one key without dates; put a file NAME.json with its dates beside each other one.",
        )
    return found


def _key(directory: Path, name: str) -> GatewayKey:
    identity = Identity.load(directory, name)
    return GatewayKey(name, identity, *_dates(directory, name, identity.certificate))


def _undated(directory: Path, name: str) -> GatewayKey:
    identity = Identity.load(directory, name)
    return GatewayKey(name, identity, *_validity(identity.certificate), dated=False)


def _public(directory: Path, name: str) -> PublicKeyDates:
    certificate = load_certificates(directory / f"{name}.crt")[0]
    return PublicKeyDates(name, certificate, *_dates(directory, name, certificate))


def _validity(certificate: x509.Certificate) -> tuple[datetime, datetime, datetime]:
    """The dates of a key that has none of its own: those of its certificate."""
    start = certificate.not_valid_before_utc
    return start, start, certificate.not_valid_after_utc


def _dates(directory: Path, name: str, certificate: x509.Certificate) -> tuple[datetime, datetime | None, datetime]:
    path = directory / f"{name}.json"
    with malformed("bad-key", f"The dates of use in {path} cannot be read", _FIX_DATES):
        written = json.loads(path.read_bytes())
        opens, signs, retires = (written[each] and datetime.fromisoformat(written[each]) for each in _INSTANTS)
        if not opens <= (signs or opens) < retires or opens.tzinfo is None:
            raise PkiError("bad-key", f"The dates of use of {described(certificate)} are out of order.", _FIX_DATES)
    return opens, signs, retires
