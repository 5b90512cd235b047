"""Writes notices: each once for a site and an occasion, and one mail for all sites of a client that share an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from openics.decision.locks import lock_keys
from openics.decision.room import Cursor
from openics.exchange.notices.texts import Words
from openics.exchange.outbox import WAKE_COURIER
from openics.exchange.sql import reserve

GATEWAY, CERTIFICATE, OUTAGE = "gateway", "certificate", "outage"


@dataclass(frozen=True, slots=True, order=True)
class Addressee:
    """Who is told together: the sites of one client with one administrator's address (empty: on the web only)."""

    owner: str
    recipient: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a site is told once: kind, subject (fingerprint or number), its dates, and the step."""

    kind: str
    subject_key: str
    version: str
    step: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice to give; `act_until` is the end of the time to act, None for no end."""

    occasion: Occasion
    to: Addressee
    words: Words
    needs_action: bool = False
    act_until: datetime | None = None


_COLUMNS: Final = {
    "kind": "text",
    "subject_key": "text",
    "version": "text",
    "step": "text",
    "site": "text",
    "owner": "text",
    "recipient": "text",
    "subject": "text",
    "text": "text",
    "at": "timestamptz",
    "needs_action": "boolean",
    "act_until": "timestamptz",
}
_INSERT: Final = (
    f"INSERT INTO notice ({', '.join(_COLUMNS)}) "  # noqa: S608 - names and types are ours
    f"SELECT * FROM unnest({', '.join(f'%s::{kind}[]' for kind in _COLUMNS.values())}) "
    "ON CONFLICT ON CONSTRAINT notice_once DO NOTHING RETURNING id, kind, subject_key, version, step, site"
)
_MAIL: Final = (
    "INSERT INTO outbox_item (id, notice, subject, site, recipient, wants_confirmation, state, created_at, attempts, "
    "sends, next_attempt_at, error) SELECT id, text, subject, site, recipient, false, 'waiting', %s, 0, 0, %s, '' "
    "FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[]) "
    "AS new (id, text, subject, site, recipient)"
)
_SUPERSEDE: Final = (
    "UPDATE notice old SET settled_at = %s FROM notice new WHERE new.id = ANY(%s) AND old.id <> ALL(%s) "
    "AND old.settled_at IS NULL AND (old.kind, old.subject_key, old.site) = (new.kind, new.subject_key, new.site)"
)


def give(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> int:
    """Write the notices that are not given yet, and their mails; gives how many mails there are.

    A notice takes the place of those before it on the same subject. However many call this at once, a site is told
    once: the unique key of an occasion has the last word.
    """
    new = _write(cursor, drafts, now)
    if not new:
        return 0
    every = [number for numbers in new.values() for number in numbers]
    cursor.execute(_SUPERSEDE, (now, every, every))
    mailed = [place for place in sorted(new) if drafts[place].to.recipient]
    _send(cursor, [(drafts[place], new[place]) for place in mailed], now)
    return len(mailed)


def _write(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> dict[int, list[int]]:
    """The rows that are new, by the place of their draft."""
    rows: list[tuple[Any, ...]] = []
    places: dict[tuple[str, ...], int] = {}
    for place, draft in enumerate(drafts):
        for site in draft.to.sites:
            key = (*_key(draft.occasion), site)
            places[key] = place
            rows.append(
                (*key, draft.to.owner, draft.to.recipient, draft.words.subject, draft.words.text, now)
                + (draft.needs_action, draft.act_until)
            )
    if not rows:
        return {}
    cursor.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])
    new: dict[int, list[int]] = {}
    for row in cursor.fetchall():
        new.setdefault(places[row[1:]], []).append(row[0])
    return new


def _key(occasion: Occasion) -> tuple[str, str, str, str]:
    return occasion.kind, occasion.subject_key, occasion.version, occasion.step


def _send(cursor: Cursor, mailed: Sequence[tuple[Draft, list[int]]], now: datetime) -> None:
    items = reserve(cursor, "outbox_item", len(mailed))
    rows = [
        (item, draft.words.text, draft.words.subject, draft.to.sites[0], draft.to.recipient)
        for item, (draft, _) in zip(items, mailed, strict=True)
    ]
    if not rows:
        return
    cursor.execute(_MAIL, (now, now, *(list(column) for column in zip(*rows, strict=True))))
    pairs = [(number, item) for item, (_, numbers) in zip(items, mailed, strict=True) for number in numbers]
    cursor.execute(
        "UPDATE notice SET outbox_item_id = new.item FROM unnest(%s::bigint[], %s::bigint[]) AS new (id, item) "
        "WHERE notice.id = new.id",
        ([number for number, _ in pairs], [item for _, item in pairs]),
    )
    cursor.execute("SELECT pg_notify(%s, '')", (WAKE_COURIER,))


_UNTOLD: Final = """
SELECT c.client_id, lower(s.administrator_address), s.site_id FROM site s JOIN client c ON c.id = s.owner_id
WHERE s.active AND s.test = %s AND NOT EXISTS (
    SELECT FROM notice n WHERE n.kind = %s AND n.subject_key = %s AND n.version = %s AND n.step = %s AND n.site = s.site_id
) ORDER BY 1, 2, 3
"""
_TOLD: Final = """
SELECT c.client_id, lower(s.administrator_address), s.site_id FROM site s JOIN client c ON c.id = s.owner_id
WHERE s.active AND EXISTS (SELECT FROM notice n WHERE n.kind = %s AND n.subject_key = %s AND n.site = s.site_id)
AND NOT EXISTS (
    SELECT FROM notice n WHERE n.kind = %s AND n.subject_key = %s AND n.version = %s AND n.step = %s AND n.site = s.site_id
) ORDER BY 1, 2, 3
"""


def untold(cursor: Cursor, occasion: Occasion, *, test: bool) -> list[Addressee]:
    """Who of the environment's active sites was not told of an occasion."""
    cursor.execute(_UNTOLD, (test, *_key(occasion)))
    return grouped(cursor.fetchall())


def told(cursor: Cursor, occasion: Occasion) -> list[Addressee]:
    """Who was told something of the subject, and not yet of this occasion: for taking back what was told."""
    cursor.execute(_TOLD, (occasion.kind, occasion.subject_key, *_key(occasion)))
    return grouped(cursor.fetchall())


def told_of(cursor: Cursor, kind: str, subject_key: str) -> set[str]:
    """Which versions of a subject somebody was told of."""
    cursor.execute("SELECT DISTINCT version FROM notice WHERE kind = %s AND subject_key = %s", (kind, subject_key))
    return {version for (version,) in cursor.fetchall()}


def grouped(rows: Iterable[tuple[Any, ...]]) -> list[Addressee]:
    """Sites by client and administrator's address, in this order, from rows (client, address, site)."""
    groups = groupby(sorted(rows), key=lambda row: (row[0], row[1]))
    return [Addressee(owner, recipient, tuple(site for *_, site in members)) for (owner, recipient), members in groups]


def lock(cursor: Cursor, kind: str) -> None:
    """Let nobody else give notices of a kind until the transaction ends."""
    lock_keys(cursor, "notices", [kind])
