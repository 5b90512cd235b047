"""Metrics: the text that Prometheus reads, to the letter, for known rows."""

import psycopg

from openics.ops.metrics import render

EMPTY = """\
# HELP openics_intake_items Received items by state.
# TYPE openics_intake_items gauge
# HELP openics_outbox_items Outgoing mails by state.
# TYPE openics_outbox_items gauge
# HELP openics_messages_total Messages by name, direction and outcome.
# TYPE openics_messages_total counter
# HELP openics_inbox_oldest_seconds Age of the oldest received item that waits.
# TYPE openics_inbox_oldest_seconds gauge
openics_inbox_oldest_seconds 0.0
# HELP openics_outbox_oldest_seconds How long the oldest outgoing mail is overdue.
# TYPE openics_outbox_oldest_seconds gauge
openics_outbox_oldest_seconds 0.0
# HELP openics_evidence_unchained Evidence entries that the chain does not cover yet.
# TYPE openics_evidence_unchained gauge
openics_evidence_unchained 0.0
# HELP openics_handling_seconds Time from received to decided, last 5 minutes.
# TYPE openics_handling_seconds gauge
# HELP openics_delivery_seconds Time from decided to delivered, last 5 minutes.
# TYPE openics_delivery_seconds gauge
"""
KNOWN = """\
# HELP openics_intake_items Received items by state.
# TYPE openics_intake_items gauge
openics_intake_items{channel="mail",state="done"} 3.0
openics_intake_items{channel="mail",state="pending"} 1.0
openics_intake_items{channel="web",state="pending"} 1.0
# HELP openics_outbox_items Outgoing mails by state.
# TYPE openics_outbox_items gauge
openics_outbox_items{state="delivered"} 1.0
openics_outbox_items{state="sealed"} 1.0
# HELP openics_messages_total Messages by name, direction and outcome.
# TYPE openics_messages_total counter
openics_messages_total{direction="in",name="EXD",state="accepted"} 2.0
openics_messages_total{direction="out",name="EXDR",state="sent"} 1.0
# HELP openics_inbox_oldest_seconds Age of the oldest received item that waits.
# TYPE openics_inbox_oldest_seconds gauge
openics_inbox_oldest_seconds 90.0
# HELP openics_outbox_oldest_seconds How long the oldest outgoing mail is overdue.
# TYPE openics_outbox_oldest_seconds gauge
openics_outbox_oldest_seconds 7.0
# HELP openics_evidence_unchained Evidence entries that the chain does not cover yet.
# TYPE openics_evidence_unchained gauge
openics_evidence_unchained 4.0
# HELP openics_handling_seconds Time from received to decided, last 5 minutes.
# TYPE openics_handling_seconds gauge
openics_handling_seconds{quantile="0.5"} 2.0
openics_handling_seconds{quantile="0.99"} 3.96
# HELP openics_delivery_seconds Time from decided to delivered, last 5 minutes.
# TYPE openics_delivery_seconds gauge
openics_delivery_seconds{quantile="0.5"} 0.25
openics_delivery_seconds{quantile="0.99"} 0.25
"""
EVIDENCE = """
INSERT INTO evidence (id, direction, channel, digest, content, position)
SELECT n, 'in', 'mail', sha256(n::text::bytea), n::text::bytea, CASE WHEN n = 1 THEN 1 END FROM generate_series(1, 5) n
"""
INTAKES = """
INSERT INTO intake (evidence_id, channel, lane, sender, peer, redeliveries, state, attempts, site, checks,
                    received_at, finished_at)
SELECT evidence, channel, 0, '', '', 0, state, 0, '', '[]', now() - since, now() - since + took
FROM (VALUES (1, 'mail', 'pending', interval '90 s', NULL),
             (2, 'web', 'pending', interval '60 s', NULL),
             (3, 'mail', 'done', interval '10 s', interval '2 s'),
             (4, 'mail', 'done', interval '20 s', interval '4 s'),
             (5, 'mail', 'done', interval '30 s', interval '0 s')) AS rows (evidence, channel, state, since, took)
"""
MESSAGES = """
WITH wrapped AS (
    INSERT INTO interchange (direction, site, control_reference, test, outcome, counted, content, faults, recorded_at)
    VALUES ('in', 'AAA676Y', '1', true, 'accepted', true, '', '[]', now()) RETURNING id
)
INSERT INTO message (interchange_id, direction, position, reference, name, site, owner, sender_reference, function, state,
                     findings, rules, subject_kind, subject_key, recorded_at)
SELECT wrapped.id, direction, 0, '1', name, 'AAA676Y', '', '', '9', state, '[]', '[]', '', '', now()
FROM wrapped, (VALUES ('in', 'EXD', 'accepted'), ('in', 'EXD', 'accepted'), ('out', 'EXDR', 'sent'))
    AS rows (direction, name, state)
"""
OUTBOX = """
INSERT INTO outbox_item (notice, subject, site, recipient, wants_confirmation, state, created_at, attempts, sends, error,
                         next_attempt_at, delivered_at)
VALUES ('n', '', 'AAA676Y', 'a@b.example', false, 'sealed', now(), 0, 0, '', now() - interval '7 s', NULL),
       ('n', '', 'AAA676Y', 'a@b.example', false, 'delivered', now() - interval '1 s', 0, 1, '', now(),
        now() - interval '750 ms')
"""


def test_an_empty_system_shows_every_figure(connection: psycopg.Connection) -> None:
    assert render(connection).decode() == EMPTY


def test_known_rows_give_known_figures(connection: psycopg.Connection) -> None:
    with connection.transaction(force_rollback=True):  # so that now() stands still
        for statement in (EVIDENCE, INTAKES, MESSAGES, OUTBOX):
            connection.execute(statement)
        assert render(connection).decode() == KNOWN


def test_latencies_look_back_five_minutes(connection: psycopg.Connection) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute(EVIDENCE)
        connection.execute(INTAKES)
        connection.execute("UPDATE intake SET finished_at = finished_at - interval '6 minutes'")
        assert "openics_handling_seconds{" not in render(connection).decode()


def test_mail_that_is_not_due_yet_is_not_overdue(connection: psycopg.Connection) -> None:
    with connection.transaction(force_rollback=True):
        connection.execute(OUTBOX)
        connection.execute("UPDATE outbox_item SET next_attempt_at = now() + interval '1 hour'")
        assert "openics_outbox_oldest_seconds 0.0\n" in render(connection).decode()
