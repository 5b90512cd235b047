"""Figures for Prometheus, read from the tables: every process of every machine shows in them."""

from collections.abc import Iterable
from typing import Any

from prometheus_client.core import CollectorRegistry, CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from psycopg import Connection


def render(connection: Connection) -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(_Collector(connection))
    return generate_latest(registry)


class _Collector:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def collect(self) -> Iterable[Metric]:
        yield self._labelled(
            GaugeMetricFamily,
            "openics_intake_items",
            "Received items by state.",
            ("channel", "state"),
            "SELECT channel, state, count(*) FROM intake GROUP BY 1, 2 ORDER BY 1, 2",
        )
        yield self._labelled(
            GaugeMetricFamily,
            "openics_outbox_items",
            "Outgoing mails by state.",
            ("state",),
            "SELECT state, count(*) FROM outbox_item GROUP BY 1 ORDER BY 1",
        )
        yield self._labelled(
            CounterMetricFamily,
            "openics_messages",
            "Messages by name, direction and outcome.",
            ("name", "direction", "state"),
            "SELECT name, direction, state, count(*) FROM message GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        )
        yield self._single(
            "openics_inbox_oldest_seconds",
            "Age of the oldest received item that waits.",
            "SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0) FROM intake WHERE state = 'pending'",
        )
        yield self._single(
            "openics_outbox_oldest_seconds",
            "How long the oldest outgoing mail is overdue.",
            "SELECT greatest(coalesce(extract(epoch FROM now() - min(next_attempt_at)), 0), 0) FROM outbox_item "
            "WHERE state IN ('waiting', 'sealed')",
        )
        yield self._single(
            "openics_evidence_unchained",
            "Evidence entries that the chain does not cover yet.",
            "SELECT count(*) FROM evidence WHERE position IS NULL",
        )
        yield self._labelled(
            GaugeMetricFamily,
            "openics_handling_seconds",
            "Time from received to decided, last 5 minutes.",
            ("quantile",),
            "SELECT q::text, coalesce(percentile_cont(q) WITHIN GROUP "
            "(ORDER BY extract(epoch FROM finished_at - received_at)), 0) "
            "FROM intake, unnest(ARRAY[0.5, 0.99]) AS q WHERE finished_at > now() - interval '5 minutes' GROUP BY q ORDER BY q",
        )
        yield self._labelled(
            GaugeMetricFamily,
            "openics_delivery_seconds",
            "Time from decided to delivered, last 5 minutes.",
            ("quantile",),
            "SELECT q::text, coalesce(percentile_cont(q) WITHIN GROUP "
            "(ORDER BY extract(epoch FROM delivered_at - created_at)), 0) "
            "FROM outbox_item, unnest(ARRAY[0.5, 0.99]) AS q WHERE delivered_at > now() - interval '5 minutes' "
            "GROUP BY q ORDER BY q",
        )

    def _labelled(self, family: type[Any], name: str, text: str, labels: tuple[str, ...], query: str) -> Metric:
        metric: Metric = family(name, text, labels=labels)
        for row in self.connection.execute(query).fetchall():
            metric.add_metric([str(label) for label in row[:-1]], float(row[-1]))  # type: ignore[attr-defined]
        return metric

    def _single(self, name: str, text: str, query: str) -> Metric:
        row = self.connection.execute(query).fetchone()
        return GaugeMetricFamily(name, text, value=float(row[0]) if row else 0.0)
