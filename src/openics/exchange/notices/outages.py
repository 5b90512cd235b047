"""Notices on planned outages: one is ahead, its dates have changed, it is called off."""

from datetime import datetime, timedelta
from typing import Final

from openics.continuity import outage_store
from openics.continuity.outages import Outage
from openics.decision.room import Cursor
from openics.exchange.notices import store, texts
from openics.exchange.notices.looking import Found
from openics.exchange.notices.settings import NoticeSettings
from openics.exchange.notices.steps import CALLED_OFF, MOVED, following, latest, outage_steps
from openics.exchange.notices.store import OUTAGE, Draft, Occasion

EVERY: Final = timedelta(minutes=1)


def look(cursor: Cursor, now: datetime, settings: NoticeSettings) -> Found:
    """What is due of the outages that are ahead or under way, or were called off before their start."""
    found = Found()
    for outage in outage_store.latest(cursor):
        if outage.ends_at <= now:
            continue
        if outage.cancelled_at is not None:
            found.drafts += _called_off(cursor, outage, settings) if outage.cancelled_at < outage.starts_at else []
            continue
        steps = outage_steps(outage.starts_at, outage.notice_days)
        found.drafts += _planned(cursor, outage, settings, now)
        coming = following(steps, now)
        found.next_step = min((each for each in (found.next_step, coming) if each), default=None)
    return found


def _planned(cursor: Cursor, outage: Outage, settings: NoticeSettings, now: datetime) -> list[Draft]:
    number, version = str(outage.number), str(outage.sequence)
    step = latest(outage_steps(outage.starts_at, outage.notice_days), now)
    occasion = Occasion(OUTAGE, number, version, step.name if step else MOVED)
    to_all = store.untold(cursor, occasion, test=settings.test) if step else store.told(cursor, occasion)
    before = store.told_of(cursor, OUTAGE, number) - {version}
    if not step and not before:
        return []
    return [Draft(occasion, to, texts.planned(outage, to.sites, settings.web, changed=bool(before))) for to in to_all]


def _called_off(cursor: Cursor, outage: Outage, settings: NoticeSettings) -> list[Draft]:
    occasion = Occasion(OUTAGE, str(outage.number), "", CALLED_OFF)
    return [
        Draft(occasion, to, texts.called_off(outage, to.sites, settings.web)) for to in store.told(cursor, occasion)
    ]


def settle(cursor: Cursor, now: datetime) -> None:
    """Nothing: an outage asks nothing of anybody."""
