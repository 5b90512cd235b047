"""Telling a site's administrator, in plain text, that something which came under the site's name was refused.

A notice goes to the registered administrator of a registered site and to nobody else, at most so many in an hour. It is never
answered with one: automatic mail, and mail with text in it, gets none.
"""

from datetime import datetime
from typing import Final

from psycopg import Cursor

from openics.exchange.opening import Received, Refused
from openics.exchange.recording import OutboxRow
from openics.exchange.sites import load_sites

TOLD: Final = {"mail": "mail", "https": "message over HTTPS"}
"""Channels whose senders see no answer, with what came over them; whoever hands in elsewhere is told there."""


def notice(cursor: Cursor, received: Received, refused: Refused, now: datetime, most: int) -> OutboxRow | None:
    """The notice about a refusal; None when nobody can be told, or `most` notices were made in the last hour."""
    if not refused.notify or received.channel not in TOLD:
        return None
    site = load_sites(cursor, [refused.notify]).get(refused.notify)
    if site is None or not site.administrator or _lately(cursor, refused.notify, now) >= most:
        return None
    what = TOLD[received.channel]
    subject = f"OpenICS could not accept {what} {received.intake} from {site.site}"
    return OutboxRow(site.site, site.administrator, subject, False, notice=_words(received, refused, what))


def _lately(cursor: Cursor, site: str, now: datetime) -> int:
    cursor.execute(
        "SELECT count(*) FROM outbox_item WHERE site = %s AND notice <> '' AND NOT is_text "
        "AND created_at > %s - interval '1 hour'",
        (site, now),
    )
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _words(received: Received, refused: Refused, what: str) -> str:
    code, text, fix, rule = refused.outside
    return (
        f"A {what} that claims to come from your EDI site {refused.notify} could not be accepted.\n\n"
        f"Received:  {received.received_at:%Y-%m-%d %H:%M:%S} UTC, intake number {received.intake}\n"
        f"Reason:    {text}\n"
        f"Rule:      {rule or 'none published'} ({code})\n"
        f"What to do: {fix}\n\n"
        "Nothing in it was processed. If you did not send it, somebody used your address; no action is needed.\n"
    )
