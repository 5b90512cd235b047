"""Which of the gateway's keys each site encrypts to: who has the new one, and who would be cut off without the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from openics.decision.room import Cursor
from openics.pki.certificates import fingerprint
from openics.pki.key_ring import Dated, target


class Standing(StrEnum):
    """How far a site has come, from the one that needs a telephone call first to the one that is done."""

    OLD = "has not used the new key"
    BACK = "has used the new key, but used another one last"
    SILENT = "has sent nothing"
    NEW = "uses the new key"


@dataclass(frozen=True, slots=True)
class SiteUse:
    """One active site: its last accepted mail, the key that it used, and how it stands to the new key.

    `key` is the key's name, empty when nothing came. `refused_at` is the last mail, under the site's address but not
    proved to be the site's, that was refused and was encrypted to one of the gateway's other keys.
    """

    site: str
    owner: str
    administrator: str
    last_at: datetime | None
    key: str
    new_since: datetime | None
    standing: Standing
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyUse:
    """The new key's name and all active sites, those that need attention first."""

    new_key: str
    sites: Sequence[SiteUse]

    def count(self, standing: Standing) -> int:
        """How many sites stand so."""
        return sum(each.standing is standing for each in self.sites)

    @property
    def counts(self) -> list[tuple[Standing, int]]:
        """The number of sites for every standing."""
        return [(standing, self.count(standing)) for standing in Standing]


@dataclass(slots=True)
class _Seen:
    """What the log says of one site, by key."""

    owner: str
    administrator: str
    last: dict[str, datetime]
    first: dict[str, datetime]
    refused: dict[str, datetime]


def key_use(cursor: Cursor, keys: Sequence[Dated], now: datetime, *, test: bool) -> KeyUse:
    """How every active site of the environment uses the keys, in one query that looks up the last mail for each key."""
    new = target(keys, now)
    names = {fingerprint(key.certificate): key.name for key in keys}
    cursor.execute(_QUERY, (sorted(names), test))
    seen: dict[str, _Seen] = {}
    for site, owner, administrator, used, last, first, refused in cursor.fetchall():
        found = seen.setdefault(site, _Seen(owner, administrator, {}, {}, {}))
        for kept, at in ((found.last, last), (found.first, first), (found.refused, refused)):
            if at is not None:
                kept[names[used]] = at
    name = new.name if new else ""
    order = list(Standing)
    uses = [_use(site, each, name) for site, each in seen.items()]
    return KeyUse(name, sorted(uses, key=lambda use: (order.index(use.standing), use.site)))


def _use(site: str, seen: _Seen, new: str) -> SiteUse:
    key = max(seen.last, key=seen.last.__getitem__, default="")
    refused = {name: at for name, at in seen.refused.items() if name != new}
    return SiteUse(
        site,
        seen.owner,
        seen.administrator,
        seen.last.get(key),
        key,
        seen.first.get(new),
        _standing(seen, key, new),
        max(refused.values(), default=None),
    )


def _standing(seen: _Seen, key: str, new: str) -> Standing:
    if not key:
        return Standing.SILENT
    if key == new:
        return Standing.NEW
    return Standing.BACK if new in seen.last else Standing.OLD


_QUERY = """
SELECT s.site_id, c.name, s.administrator_address, ring.key, (
    SELECT received_at FROM intake
    WHERE site = s.site_id AND gateway_key = ring.key AND state = 'done' ORDER BY id DESC LIMIT 1
), (
    SELECT received_at FROM intake
    WHERE site = s.site_id AND gateway_key = ring.key AND state = 'done' ORDER BY id LIMIT 1
), (
    SELECT received_at FROM intake
    WHERE site = s.site_id AND gateway_key = ring.key AND state = 'refused' ORDER BY id DESC LIMIT 1
)
FROM site s JOIN client c ON c.id = s.owner_id CROSS JOIN unnest(%s::text[]) AS ring (key)
WHERE s.active AND s.test = %s
"""
