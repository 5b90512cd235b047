"""Signed mail in, signed answers out, durable: the whole system under load, beside a floor that does only what must be done.

The floor of one declaration: one decryption and one signature with the gateway's key (2048-bit RSA), and the same rows written
by hand-written SQL in batches.
"""

import os
import socket
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event as Flag

import psycopg
from rich.console import Console

from openics.edifact.writer import write_interchange
from openics.messages.writing import write_message
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
CONNECTIONS = 4
EXPECTED_RATE = 150
PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Run:
    """What one run came to: declarations, seconds from the first received to the last delivered, processor seconds."""

    count: int
    elapsed: float
    cpu: float
    median: float
    slowest: float
    memory: int


def figures(console: Console, duration: float) -> list[Figure]:
    """Run the system under load on a fresh instance and set it beside the floor."""
    sink = Sink()
    home = Path(tempfile.mkdtemp(prefix="openics-bench-"))
    os.environ.update(OPENICS_HOME=str(home), OPENICS_RELAY_PORT=str(sink.port))
    os.environ.pop("OPENICS_DATABASE_URL", None)
    settings.cache_clear()
    try:
        with Instance(home, console, base_port=FIRST_PORT) as instance:
            try:
                instance.start(Flag())
                run = _load(console, instance, max(50, int(duration * EXPECTED_RATE)))
                with psycopg.connect(os.environ["OPENICS_DATABASE_URL"], autocommit=True) as connection:
                    floor = floor_seconds(connection, run.count)
            finally:
                instance.remove()
    finally:
        sink.close()
        os.environ.pop("OPENICS_RELAY_PORT")
    return _figures(run, floor)


def _figures(run: Run, floor: float) -> list[Figure]:
    each, least = run.cpu / run.count * 1000, floor * 1000
    return [
        Figure(
            "declarations, mail in to mails out",
            run.count / run.elapsed,
            "each second",
            150.0,
            note=f"{run.count} sent",
        ),
        Figure("processor time of one declaration", each, "ms", note="all processes and PostgreSQL"),
        Figure("floor: two RSA operations and the same rows", least, "ms"),
        Figure("processor time beside the floor", each / least, "times", 3.0, least=False),
        Figure("median time from received to answered", run.median * 1000, "ms"),
        Figure("99 in 100 answered within", run.slowest * 1000, "ms", 1000.0, least=False, note="under full load"),
        Figure("largest process of ours", run.memory / 1e6, "MB", 300.0, least=False),
    ]


def _load(console: Console, instance: Instance, count: int) -> Run:
    with console.status(f"Signing and encrypting {count} mails…"):
        batches = [_mails(instance.home, site, count // 2) for site in (EXPORTER, STRANGER)]
    mails = [mail for pair in zip(*batches, strict=True) for mail in pair]
    with psycopg.connect(os.environ["OPENICS_DATABASE_URL"], autocommit=True) as connection:
        watched = tree(instance)
        before = processor_seconds(watched)
        with console.status(f"Sending {len(mails)} mails over {CONNECTIONS} connections…"):
            _send_all(mails, instance.ports["smtp_port"])
            _wait_for_answers(connection, len(mails))
        cpu = processor_seconds(watched) - before
        elapsed, median, slowest = _latencies(connection)
    return Run(len(mails), elapsed, cpu, median, slowest, peak_memory(instance))


def _mails(home: Path, site: str, count: int) -> list[tuple[str, str, bytes]]:
    """Sealed mails with one declaration each: sender, recipient, bytes."""
    counterpart = Counterpart.open(home, site)
    config, now, found = counterpart.home.config, datetime.now(UTC), []
    identity, certificate = signing_identity(counterpart.home, now), encryption_certificate(counterpart.home, now)
    pattern = new_header(counterpart.home, now)
    for number in range(count):
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


def _send_all(mails: Sequence[tuple[str, str, bytes]], port: int) -> None:
    import smtplib

    def work(own: Sequence[tuple[str, str, bytes]]) -> None:
        with smtplib.SMTP("127.0.0.1", port, "bench.example") as session:
            for sender, recipient, mail in own:
                session.sendmail(sender, [recipient], mail)

    threads = [threading.Thread(target=work, args=(mails[number::CONNECTIONS],)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _wait_for_answers(connection: psycopg.Connection, count: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        row = connection.execute("SELECT count(*) FROM outbox_item WHERE state = 'delivered'").fetchone()
        if row is not None and row[0] >= 2 * count:
            return
        time.sleep(0.25)
    raise TimeoutError(f"only {row} of {2 * count} answers were delivered within {PATIENCE:.0f} s")


def _latencies(connection: psycopg.Connection) -> tuple[float, float, float]:
    row = connection.execute(
        "WITH journey AS (SELECT t.received_at, o.delivered_at FROM message m "
        "JOIN interchange i ON i.id = m.interchange_id JOIN intake t ON t.id = i.intake_id "
        "JOIN message a ON a.answers_id = m.id AND a.name = 'EXDR' "
        "JOIN outbox_item o ON o.interchange_id = a.interchange_id) "
        "SELECT extract(epoch FROM max(delivered_at) - min(received_at))::float8, "
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM delivered_at - received_at))::float8, "
        "percentile_cont(0.99) WITHIN GROUP (ORDER BY extract(epoch FROM delivered_at - received_at))::float8 FROM journey"
    ).fetchone()
    if row is None or row[0] is None:
        raise RuntimeError("no declaration was answered; look at the instance's logs")
    return float(row[0]), float(row[1]), float(row[2])


class Sink:
    """A mail server that takes everything and keeps nothing, so that the load's other end costs little."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=_take, args=(connection,), daemon=True).start()


def _take(connection: socket.socket) -> None:
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 sink\r\n")
        while line := lines.readline():
            command = line[:4].upper()
            if command == b"DATA":
                connection.sendall(b"354 go on\r\n")
                while lines.readline() not in (b".\r\n", b""):
                    pass
            connection.sendall(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                return
