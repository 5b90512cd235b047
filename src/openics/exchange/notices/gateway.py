"""Notices on the gateway's certificate: it is about to change, it changes, it has changed, the change is called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from openics.decision.room import Cursor
from openics.exchange.notices import store, texts
from openics.exchange.notices.looking import Found
from openics.exchange.notices.settings import NoticeSettings
from openics.exchange.notices.steps import DONE, MOVED, ROLLED_BACK, RollOver, Step, following, latest, roll_overs
from openics.exchange.notices.store import GATEWAY, Draft, Occasion
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import PublicKeyDates, read_public

EVERY: Final = timedelta(minutes=1)
_REMEMBERED: Final = timedelta(days=400)
"""How far back what was told of a certificate is looked for."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Told:
    """The last that was told of a certificate of the gateway; `calls_off` is how often its change was called off."""

    key: str
    version: str
    step: str
    done: bool
    calls_off: int

    @property
    def begins(self) -> datetime:
        """From when it was to sign."""
        return datetime.fromisoformat(self.version.partition(" ")[0])


def look(cursor: Cursor, now: datetime, settings: NoticeSettings) -> Found:
    """What is due now of the keys in the gateway's directory; nothing while they cannot be read."""
    try:
        keys = read_public(settings.gateway_directory)
    except PkiError as error:
        log.warning("no notices on the gateway's certificate", error=error.text, fix=error.fix)
        return Found()
    found, told = Found(), _told(cursor, now)
    for roll in roll_overs(keys, now):
        found.drafts += _roll_over(cursor, roll, told, settings, now)
        coming = following(roll.steps, now)
        found.next_step = min((each for each in (found.next_step, coming) if each), default=None)
    for each in told.values():
        if _called_off(each, keys, now):
            found.drafts += _rolled_back(cursor, each, settings)
    return found


def _roll_over(
    cursor: Cursor, roll: RollOver, told: dict[str, Told], settings: NoticeSettings, now: datetime
) -> list[Draft]:
    key = fingerprint(roll.new.certificate)
    before = told.get(key)
    version = _version(roll, before)
    moved = before is not None and before.version != version and before.step != ROLLED_BACK
    come = latest(roll.steps, now)
    step = come or Step(MOVED, now)
    if come is None and not moved and (before is None or before.step != MOVED):
        return []
    occasion = Occasion(GATEWAY, key, version, step.name)
    to_all = store.untold(cursor, occasion, test=settings.test) if come else store.told(cursor, occasion)
    return [
        Draft(
            occasion,
            to,
            texts.roll_over(step, roll, to.sites, settings.web, now, moved=moved),
            needs_action=True,
            act_until=roll.old.retire_at,
        )
        for to in to_all
    ]


def _version(roll: RollOver, before: Told | None) -> str:
    """The dates, told apart from the same dates before the change was called off."""
    return f"{roll.dates} {before.calls_off}" if before is not None and before.calls_off else roll.dates


def _called_off(told: Told, keys: Sequence[PublicKeyDates], now: datetime) -> bool:
    """Whether the change to a certificate was told of and is not to be; a key that has done its time is put away rightly."""
    if told.step == ROLLED_BACK:
        return False
    known = next((key for key in keys if fingerprint(key.certificate) == told.key), None)
    return known.sign_from is None if known is not None else now < told.begins


def _rolled_back(cursor: Cursor, told: Told, settings: NoticeSettings) -> list[Draft]:
    occasion = Occasion(GATEWAY, told.key, told.version, ROLLED_BACK)
    return [
        Draft(occasion, to, texts.rolled_back(told.key, told.begins, to.sites, settings.web, done=told.done))
        for to in store.told(cursor, occasion)
    ]


_LAST_TOLD: Final = """
SELECT DISTINCT ON (subject_key) subject_key, version, step,
    EXISTS (SELECT FROM notice d WHERE d.kind = n.kind AND d.subject_key = n.subject_key AND d.version = n.version
            AND d.step = %s),
    (SELECT count(DISTINCT version) FROM notice b WHERE b.kind = n.kind AND b.subject_key = n.subject_key AND b.step = %s)
FROM notice n WHERE kind = %s AND at > %s ORDER BY subject_key, at DESC, id DESC
"""


def _told(cursor: Cursor, now: datetime) -> dict[str, Told]:
    cursor.execute(_LAST_TOLD, (DONE, ROLLED_BACK, GATEWAY, now - _REMEMBERED))
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return {row[0]: Told(*row) for row in rows}


def settle(cursor: Cursor, now: datetime) -> None:
    """Sites that have used the new certificate, or whose people said that they have switched, need not act."""
    cursor.execute(
        "UPDATE notice SET settled_at = %s WHERE kind = %s AND needs_action AND settled_at IS NULL AND ("
        "EXISTS (SELECT FROM intake i WHERE i.site = notice.site AND i.gateway_key = notice.subject_key "
        "AND i.state = 'done') OR EXISTS (SELECT FROM gateway_key_confirmation c WHERE c.site = notice.site "
        "AND c.gateway_key = notice.subject_key))",
        (now, GATEWAY),
    )
