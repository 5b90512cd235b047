"""Traces: a batch's spans reach a collector that speaks OTLP, and nothing is collected without an address."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import psycopg
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from exchange.conftest import SITE, interchange
from openics import __version__
from openics.exchange.submission import submit
from openics.sandbox.story import current_declaration

WORK = """
import sys
import psycopg
from opentelemetry import trace
from openics.exchange.handlers import HANDLERS
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.submission import DirectOpener
from openics.exchange.worker import Worker
from openics.ops import tracing

tracing.configure(sys.argv[2], "worker")
with psycopg.connect(sys.argv[1], autocommit=True) as connection:
    assert Worker(connection, Pipeline({"file": DirectOpener()}, HANDLERS, Policy())).run_once() == 2
print(type(trace.get_tracer_provider()).__module__)
"""


@contextmanager
def collector() -> Iterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """A collector on a port of its own: its address, and what it is sent."""
    received: list[ExportTraceServiceRequest] = []

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(ExportTraceServiceRequest.FromString(content))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Take) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", received
        server.shutdown()


@pytest.fixture
def two_waiting(register: psycopg.Connection) -> psycopg.Connection:
    """Two declarations that wait in one lane."""
    for number in (1, 2):
        content = interchange(current_declaration(f"EXPORT-{number}", datetime.now(UTC)), reference=f"R{number}")
        submit(register, content, site=SITE, channel="file")
    return register


def work(database_url: str, endpoint: str) -> list[str]:
    """Let a worker process handle one batch; what it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("OTEL_")}
    command = [sys.executable, "-c", WORK, database_url, endpoint]
    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines()


def test_the_spans_of_a_batch_reach_the_collector(two_waiting: psycopg.Connection, database_url: str) -> None:
    with collector() as (endpoint, received):
        assert work(database_url, endpoint)[-1] == "opentelemetry.sdk.trace"
    (resource,) = [each for request in received for each in request.resource_spans]
    about = {each.key: each.value.string_value for each in resource.resource.attributes}
    assert (about["service.name"], about["service.version"]) == ("openics-worker", __version__)
    (scope,) = resource.scope_spans
    assert scope.scope.name == "openics.exchange"
    assert [span.name for span in scope.spans] == ["open", "examine", "decide", "record"]
    (size,) = scope.spans[0].attributes
    assert (size.key, size.value.int_value) == ("openics.batch", 2)
    ends = [(span.start_time_unix_nano, span.end_time_unix_nano) for span in scope.spans]
    assert all(0 < start <= end for start, end in ends)
    assert ends == sorted(ends)


def test_without_an_address_nothing_is_collected(two_waiting: psycopg.Connection, database_url: str) -> None:
    with collector() as (_, received):
        assert work(database_url, "")[-1] == "opentelemetry.trace"
    assert received == []
    assert two_waiting.execute("SELECT count(*) FROM export_declaration").fetchone() == (2,)
