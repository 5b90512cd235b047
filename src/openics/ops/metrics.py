"""Figures for Prometheus, read from the tables: every process of every machine shows in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prometheus_client.core import CollectorRegistry, CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from psycopg import Connection

from openics.exchange.outbox import AT_WORK

_OVERDUE = f"""
SELECT greatest(coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0), 0)
FROM outbox_item o WHERE state IN ('waiting', 'sealed') AND {AT_WORK}
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its family, name and meaning, the labels, and the query whose rows are label values and a number."""

    family: type[Any]
    name: str
    meaning: str
    labels: tuple[str, ...]
    query: str


_QUANTILES = (
    "SELECT q::text, percentile_cont(q) WITHIN GROUP (ORDER BY extract(epoch FROM {until} - {since})) "
    "FROM {table}, unnest(ARRAY[0.5, 0.99]) AS q WHERE {until} > now() - interval '5 minutes' GROUP BY q ORDER BY q"
)

FIGURES = (
    Figure(
        GaugeMetricFamily,
        "openics_intake_items",
        "Received items by state.",
        ("channel", "state"),
        "SELECT channel, state, count(*) FROM intake GROUP BY 1, 2 ORDER BY 1, 2",
    ),
    Figure(
        GaugeMetricFamily,
        "openics_outbox_items",
        "Outgoing mails by state.",
        ("state",),
        "SELECT state, count(*) FROM outbox_item GROUP BY 1 ORDER BY 1",
    ),
    Figure(
        CounterMetricFamily,
        "openics_messages",
        "Messages by name, direction and outcome.",
        ("name", "direction", "state"),
        "SELECT name, direction, state, count(*) FROM message GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    ),
    Figure(
        GaugeMetricFamily,
        "openics_inbox_oldest_seconds",
        "Age of the oldest received item that waits.",
        (),
        "SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0) FROM intake WHERE state = 'pending'",
    ),
    Figure(
        GaugeMetricFamily,
        "openics_outbox_oldest_seconds",
        "How long the oldest outgoing mail is overdue.",
        (),
        _OVERDUE,
    ),
    Figure(
        GaugeMetricFamily,
        "openics_evidence_unchained",
        "Evidence entries that the chain does not cover yet.",
        (),
        "SELECT count(*) FROM evidence WHERE position IS NULL",
    ),
    Figure(
        GaugeMetricFamily,
        "openics_handling_seconds",
        "Time from received to decided, last 5 minutes.",
        ("quantile",),
        _QUANTILES.format(table="intake", since="received_at", until="finished_at"),
    ),
    Figure(
        GaugeMetricFamily,
        "openics_delivery_seconds",
        "Time from decided to delivered, last 5 minutes.",
        ("quantile",),
        _QUANTILES.format(table="outbox_item", since="created_at", until="delivered_at"),
    ),
)


def render(connection: Connection) -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(_Collector(connection))
    return generate_latest(registry)


class _Collector:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def collect(self) -> Iterable[Metric]:
        for figure in FIGURES:
            metric: Metric = figure.family(figure.name, figure.meaning, labels=figure.labels)
            for *labels, value in self.connection.execute(figure.query.encode()).fetchall():
                metric.add_metric([str(label) for label in labels], float(value))  # type: ignore[attr-defined]
            yield metric
