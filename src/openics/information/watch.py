"""Watches the disclosure log: finds people and programs whose looks at records stand out. No look waits for it.

A wide scan counts a record once in each hour of the clock, so that one that is seen on both sides of the full hour counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from openics.information.watch_rules import WINDOW, Alert, Thresholds, thresholds
from openics.reference.facts import CANBERRA

MOST: Final = 500
"""Alerts of each kind that are told, the greatest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """An alert: who, what about (a record, or nothing where it is about many), how many looks, from when to when."""

    alert: Alert
    actor: str
    subject: str
    looks: int
    first: datetime
    last: datetime


_LOOKS = """
WITH look AS (
    SELECT coalesce(nullif(d.actor, ''), p.email, '') AS actor, coalesce(p.is_officer, false) AS officer,
           d.subject_kind AS kind, d.subject_key AS key, d.allowed, d.at
    FROM disclosure d LEFT JOIN person p ON p.id = d.person_id
    WHERE d.at >= %(since)s - %(window)s AND d.at < %(until)s AND d.subject_kind <> 'PURPOSE'
)
"""
_BURSTS = """
, counted AS (
    SELECT *, count(*) OVER burst AS looks, min(at) OVER burst AS first
    FROM ({rows}) AS rows
    WINDOW burst AS (PARTITION BY actor, kind, key ORDER BY at RANGE BETWEEN %(window)s PRECEDING AND CURRENT ROW)
), greatest AS (
    SELECT DISTINCT ON (actor, kind, key) actor, kind, key, looks, first, at
    FROM counted WHERE at >= %(since)s AND looks >= %(threshold)s ORDER BY actor, kind, key, looks DESC, at
)
SELECT actor, trim(kind || ' ' || key), looks, first, at FROM greatest ORDER BY looks DESC, at DESC LIMIT %(most)s
"""
_ROWS: Final = {
    Alert.SAME_RECORD: "SELECT actor, kind, key, at FROM look WHERE allowed AND key <> ''",
    Alert.REFUSALS: "SELECT actor, '' AS kind, '' AS key, at FROM look WHERE NOT allowed",
    Alert.SCAN: (
        "SELECT actor, '' AS kind, '' AS key, min(at) AS at FROM look WHERE allowed "
        "GROUP BY actor, look.kind, look.key, date_trunc('hour', look.at)"
    ),
}
_OUT_OF_HOURS = """
, local AS (SELECT *, at AT TIME ZONE %(zone)s AS wall FROM look WHERE officer AND at >= %(since)s)
SELECT actor, wall::date::text, count(*), min(at), max(at) FROM local
WHERE extract(isodow FROM wall) > 5 OR wall::time < %(opens)s OR wall::time >= %(closes)s
GROUP BY actor, wall::date ORDER BY count(*) DESC, max(at) DESC LIMIT %(most)s
"""


def alerts(since: datetime, until: datetime) -> list[Found]:
    """What stands out between two instants, by the thresholds in force at the second; the latest first.

    One statement for each kind, over the part of the log that the index on its time gives.
    """
    chosen = thresholds(until)
    found = [each for alert in Alert for each in _of(alert, chosen, since, until)]
    return sorted(found, key=lambda each: each.last, reverse=True)


def _of(alert: Alert, chosen: Thresholds, since: datetime, until: datetime) -> list[Found]:
    values: dict[str, Any] = {"since": since, "until": until, "window": WINDOW[alert], "most": MOST}
    values |= {"threshold": chosen.of(alert), "opens": chosen.opens, "closes": chosen.closes, "zone": CANBERRA.key}
    statement = _OUT_OF_HOURS if alert is Alert.OUT_OF_HOURS else _BURSTS.format(rows=_ROWS[alert])
    return [Found(alert, *row) for row in _rows(_LOOKS + statement, values)]


def _rows(statement: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
