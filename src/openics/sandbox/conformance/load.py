"""Fetches the traffic of a site from the exchange's log, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from psycopg import Connection

from openics.edifact.reader import read_header
from openics.sandbox.conformance.facts import Incoming, Lodged, Outgoing, Repeated, Traffic

_INCOMING = """
SELECT t.id, t.received_at, t.channel, t.state, t.site, encode(e.digest, 'hex'), t.gateway_key, t.refusal,
       i.id, i.control_reference, i.test, i.outcome, i.content
FROM intake t JOIN evidence e ON e.id = t.evidence_id LEFT JOIN interchange i ON i.intake_id = t.id
WHERE t.received_at >= %(since)s AND t.state <> 'pending'
  AND (t.site = %(site)s OR (t.site = '' AND lower(t.sender) = lower(%(address)s)))
ORDER BY t.id
"""
_MESSAGES = """
SELECT m.interchange_id, m.id, m.name, m.sender_reference, m.version, m.function, m.state, m.subject_key, m.findings,
       coalesce(m.document ->> 'control_reference', '')
FROM message m WHERE m.interchange_id = ANY(%s) ORDER BY m.interchange_id, m.id
"""
_OUTGOING = """
SELECT o.id, i.control_reference, array_agg(m.name ORDER BY m.id), array_remove(array_agg(m.answers_id), NULL),
       o.wants_confirmation, o.delivered_at, o.confirmed_at, o.sends, o.error, o.state
FROM outbox_item o JOIN interchange i ON i.id = o.interchange_id JOIN message m ON m.interchange_id = i.id
WHERE o.site = %s AND o.created_at >= %s GROUP BY o.id, i.id ORDER BY o.id
"""


@dataclass(frozen=True, slots=True)
class Tested:
    """The site under test: its id, its EDI address, and its environment."""

    site: str
    address: str
    test: bool
    active: bool


def tested(connection: Connection, site: str) -> Tested | None:
    """The site as it is registered; None when there is no such site."""
    statement = "SELECT site_id, edi_address, test, active FROM site WHERE site_id = %s"
    row = connection.execute(statement, (site,)).fetchone()
    return None if row is None else Tested(*row)


def traffic(
    connection: Connection, whose: Tested, since: datetime, now: datetime, newest_key: str, repeated: Sequence[Repeated]
) -> Traffic:
    """Everything between the site and customs since then."""
    values = {"site": whose.site, "address": whose.address, "since": since}
    rows = connection.execute(_INCOMING, values).fetchall()
    messages = _messages(connection, [row[8] for row in rows if row[8] is not None])
    return Traffic(
        site=whose.site,
        since=since,
        now=now,
        test=whose.test,
        newest_key=newest_key,
        incoming=tuple(_incoming(row, messages.get(row[8], ())) for row in rows),
        outgoing=tuple(_outgoing(row) for row in connection.execute(_OUTGOING, (whose.site, since)).fetchall()),
        repeated=tuple(repeated),
    )


def _messages(connection: Connection, interchanges: list[int]) -> dict[int, tuple[Lodged, ...]]:
    rows: Iterable[tuple[Any, ...]] = connection.execute(_MESSAGES, (interchanges,)).fetchall()
    return {number: tuple(_lodged(row) for row in own) for number, own in groupby(rows, key=lambda row: row[0])}


def _lodged(row: tuple[Any, ...]) -> Lodged:
    _, number, name, reference, version, function, state, subject, findings, about = row
    return Lodged(number, name, reference, version, function, state, subject, tuple(findings), about)


def _incoming(row: tuple[Any, ...], messages: tuple[Lodged, ...]) -> Incoming:
    number, at, channel, state, site, digest, key, refusal, _, reference, test, outcome, content = row
    header = None if content is None else read_header(bytes(content))
    asks = header is not None and header.acknowledgement_request
    return Incoming(
        number,
        at,
        channel,
        state,
        site,
        digest,
        key,
        refusal,
        reference or "",
        test is not False,
        outcome or "",
        asks,
        messages,
    )


def _outgoing(row: tuple[Any, ...]) -> Outgoing:
    number, reference, names, answers, wants, delivered, confirmed, sends, error, state = row
    objection = error if state == "confirmed" else ""
    return Outgoing(number, reference, tuple(names), frozenset(answers), wants, delivered, confirmed, sends, objection)
