"""What changes to the register of sites have in common: who made them, their events, and what the outbox makes of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection, Cursor

from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import SiteRecord, site_place
from openics.clients.site_store import load_site, lock_register
from openics.decision.outcome import Event
from openics.exchange.recording import EventRow, write_events

SITE = "SITE"
"""The subject kind of a site's history."""
LONGEST_ACTOR = 64


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change, how (`console`, `web`), and when."""

    actor: str
    channel: str
    now: datetime


@contextmanager
def change(connection: Connection) -> Iterator[Cursor]:
    """One change to the register: all of it happens, or nothing, and nobody else changes it meanwhile."""
    with connection.transaction(), connection.cursor() as cursor:
        lock_register(cursor)
        yield cursor


def tell(cursor: Cursor, by: By, code: str, site: str, **data: Any) -> None:
    """Add an event to a site's history."""
    row = EventRow(Event(code, SITE, site, data), by.actor[:LONGEST_ACTOR], by.channel, None)
    write_events(cursor, [row], by.now)


def required_site(cursor: Cursor, site: str) -> SiteRecord:
    """The site, locked; a refusal when there is none."""
    found = load_site(cursor, site)
    if found is None:
        fix = "`openics site list` shows every site."
        raise RegisterError("unknown-site", site_place(site), "No such site is registered.", fix)
    return found


def wake_courier(cursor: Cursor) -> None:
    """What waits for a site may go now."""
    cursor.execute("SELECT pg_notify('outbox', '')")


def seal_again(cursor: Cursor, site: str, now: datetime) -> None:
    """Have interchanges that are sealed, but not with the mail server yet, sealed with the certificates of now.

    Those that a courier is sealing at this moment are waited for: it may have read the certificates of before.
    """
    cursor.execute(
        "UPDATE outbox_item SET state = 'waiting', evidence_id = NULL, attempts = 0, next_attempt_at = %s "
        "WHERE site = %s AND state IN ('waiting', 'sealed', 'held') AND interchange_id IS NOT NULL",
        (now, site),
    )
    wake_courier(cursor)


def release_unsealed(cursor: Cursor, site: str, now: datetime) -> None:
    """Let interchanges go that were parked because the site had no certificate to encrypt to."""
    cursor.execute(
        "UPDATE outbox_item SET state = 'waiting', attempts = 0, error = '', next_attempt_at = %s "
        "WHERE site = %s AND state = 'parked' AND starts_with(error, 'no-certificate:')",
        (now, site),
    )
    wake_courier(cursor)


def readdress(cursor: Cursor, site: str, address: str) -> None:
    """Send what is not confirmed to a site's new address."""
    cursor.execute(
        "UPDATE outbox_item SET recipient = %s WHERE site = %s AND interchange_id IS NOT NULL AND state <> 'confirmed'",
        (address, site),
    )
