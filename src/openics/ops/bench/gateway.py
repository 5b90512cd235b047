"""Signed mail in, signed answers out, durable: the whole system under load, beside a floor that does only what must be done.

The floor of one declaration: one decryption and one signature with the gateway's key (2048-bit RSA), and the same rows written
by hand-written SQL in batches.
"""

import os
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event as Flag

import psycopg
from rich.console import Console

from openics.edifact.writer import write_interchange
from openics.messages.writing import write_message
from openics.ops.bench.carriers import CONNECTIONS, Connect, Sink, https, send_all, smtp
from openics.ops.bench.floor import floor_seconds
from openics.ops.bench.measure import Figure
from openics.ops.bench.processes import peak_memory, processor_seconds, tree
from openics.ops.instance import Instance
from openics.ops.settings import settings
from openics.pki.smime import Outgoing, seal
from openics.sandbox.counterpart import Counterpart
from openics.sandbox.story import EXPORTER, STRANGER, current_declaration
from openics.trader.gateways import encryption_certificate
from openics.trader.keys import signing_identity
from openics.trader.names import names_to_customs
from openics.trader.sending import new_header

FIRST_PORT = 19080
EXPECTED_RATE = 150
PATIENCE = 300.0
STEADY_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to: declarations, seconds from the first received to the last answered, processor seconds."""

    count: int
    elapsed: float
    cpu: float
    median: float
    slowest: float
    mails_out: int

    @property
    def rate(self) -> float:
        """Declarations a second."""
        return self.count / self.elapsed


def figures(console: Console, duration: float) -> list[Figure]:
    """Run the system under load on a fresh instance: as fast as it can, then at a steady part of that speed."""
    sink = Sink()
    home = Path(tempfile.mkdtemp(prefix="openics-bench-"))
    os.environ.update(OPENICS_HOME=str(home), OPENICS_RELAY_PORT=str(sink.port))
    os.environ.pop("OPENICS_DATABASE_URL", None)
    settings.cache_clear()
    try:
        with Instance(home, console, base_port=FIRST_PORT) as instance:
            try:
                instance.start(Flag())
                return _measure(console, instance, duration)
            finally:
                instance.remove()
    finally:
        sink.close()
        os.environ.pop("OPENICS_RELAY_PORT")


def _measure(console: Console, instance: Instance, duration: float) -> list[Figure]:
    with psycopg.connect(os.environ["OPENICS_DATABASE_URL"], autocommit=True) as connection:
        run = partial(_run, console, instance, connection)
        count = max(50, int(duration * EXPECTED_RATE))
        fast = run(count, smtp(instance.ports["smtp_port"]))
        floor = floor_seconds(connection, fast.count)
        web = run(count, https(instance.ports["web_port"]))
        pace = fast.rate * STEADY_SHARE
        steady = run(max(50, int(duration * pace)), smtp(instance.ports["smtp_port"]), pace)
        memory = peak_memory(instance)
    return [*_mail_figures(fast, floor), *_web_figures(web, floor), *_steady_figures(steady, memory)]


def _mail_figures(fast: Run, floor: float) -> list[Figure]:
    each, least = fast.cpu / fast.count * 1000, floor * 1000
    note = f"{fast.count} mails in, {fast.mails_out} out"
    return [
        Figure("declarations, mail in to mails out", fast.rate, "each second", 150.0, note=f"{fast.count} sent"),
        Figure("mails in", fast.rate, "each second", note=note),
        Figure("mails out", fast.mails_out / fast.elapsed, "each second", note=note),
        Figure("processor time of one declaration", each, "ms", note="all processes and PostgreSQL"),
        Figure(
            "processor time of one mail, in or out", fast.cpu / (fast.count + fast.mails_out) * 1000, "ms", note=note
        ),
        Figure("floor: two RSA operations and the same rows", least, "ms"),
        Figure("processor time beside the floor", each / least, "times", 3.0, least=False),
    ]


def _web_figures(web: Run, floor: float) -> list[Figure]:
    each = web.cpu / web.count
    note = f"{web.count} handed in, each with a signed receipt"
    return [
        Figure("declarations, HTTPS in to mails out", web.rate, "each second", note=note),
        Figure("processor time of one declaration over HTTPS", each * 1000, "ms", note="with one more RSA signature"),
        Figure("processor time over HTTPS beside the floor", each / floor, "times"),
    ]


def _steady_figures(steady: Run, memory: float) -> list[Figure]:
    note = f"at {steady.rate:.0f} a second"
    return [
        Figure("median time from received to answered", steady.median * 1000, "ms", note=note),
        Figure("99 in 100 answered within", steady.slowest * 1000, "ms", 1000.0, least=False, note=note),
        Figure("largest process of ours", memory / 1e6, "MB", 300.0, least=False),
    ]


def _run(
    console: Console,
    instance: Instance,
    connection: psycopg.Connection,
    count: int,
    connect: Connect,
    pace: float | None = None,
) -> Run:
    """Send `count` declarations, `pace` a second or as fast as they are taken, and wait for their answers."""
    first, first_out = (_number(connection, f"SELECT coalesce(max(id), 0) FROM {table}") for table in _QUEUES)  # noqa: S608 - our tables
    with console.status(f"Signing and encrypting {count} mails…"):
        batches = [_mails(instance.home, site, first, count // 2) for site in (EXPORTER, STRANGER)]
    mails = [mail for pair in zip(*batches, strict=True) for mail in pair]
    watched = tree(instance)
    before = processor_seconds(watched)
    with console.status(f"Sending {len(mails)} mails over {CONNECTIONS} connections…"):
        send_all(mails, connect, pace)
        _wait_for_answers(connection, first, len(mails))
    cpu = processor_seconds(watched) - before
    mails_out = _number(connection, _MAILS_OUT, first_out)
    return Run(len(mails), *_latencies(connection, first, cpu), mails_out)


def _mails(home: Path, site: str, first: int, count: int) -> list[tuple[str, str, bytes]]:
    """Sealed mails with one declaration each: sender, recipient, bytes."""
    counterpart = Counterpart.open(home, site)
    config, now, found = counterpart.home.config, datetime.now(UTC), []
    identity, certificate = signing_identity(counterpart.home, now), encryption_certificate(counterpart.home, now)
    pattern = new_header(counterpart.home, now)
    for number in range(first, first + count):
        document = current_declaration(f"BENCH-{number:08d}", now)
        header = replace(pattern, control_reference=f"BENCH{number:08d}")
        names = names_to_customs(header)
        outgoing = Outgoing(
            sender=config.address,
            recipient=config.gateway_address,
            subject=names.subject,
            filename=names.filename,
            content=write_interchange(header, [write_message(document, "1")]),
            message_id=f"<{site}.{number}@bench.example>",
            date=now,
        )
        found.append((config.address, config.gateway_address, seal(outgoing, identity, [certificate])))
    return found


_JOURNEYS = """
WITH journey AS (
    SELECT t.received_at, o.delivered_at FROM message m
    JOIN interchange i ON i.id = m.interchange_id JOIN intake t ON t.id = i.intake_id
    JOIN message a ON a.answers_id = m.id AND a.name = 'EXDR' JOIN outbox_item o ON o.interchange_id = a.interchange_id
    WHERE t.id > %s
)
"""
_ANSWERED = _JOURNEYS + "SELECT count(*) FROM journey WHERE delivered_at IS NOT NULL"  # noqa: S608 - constant
_LATENCIES = (
    _JOURNEYS
    + """
SELECT extract(epoch FROM max(delivered_at) - min(received_at))::float8,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM delivered_at - received_at))::float8,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM delivered_at - received_at))::float8
FROM journey
"""
)


_QUEUES = ("intake", "outbox_item")
_MAILS_OUT = "SELECT count(*) FROM outbox_item WHERE id > %s AND delivered_at IS NOT NULL"


def _wait_for_answers(connection: psycopg.Connection, first: int, count: int) -> None:
    end = time.monotonic() + PATIENCE
    answered = 0
    while time.monotonic() < end:
        answered = _number(connection, _ANSWERED, first)
        if answered >= count:
            return
        time.sleep(0.25)
    raise TimeoutError(f"only {answered} of {count} declarations were answered within {PATIENCE:.0f} s")


def _latencies(connection: psycopg.Connection, first: int, cpu: float) -> tuple[float, float, float, float]:
    row = connection.execute(_LATENCIES.encode(), (first,)).fetchone()
    if row is None or row[0] is None:
        raise RuntimeError("no declaration was answered; look at the instance's logs")
    return float(row[0]), cpu, float(row[1]), float(row[2])


def _number(connection: psycopg.Connection, query: str, *values: object) -> int:
    row = connection.execute(query.encode(), values).fetchone()
    return int(row[0]) if row is not None else 0
