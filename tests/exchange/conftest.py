"""Fixtures of the exchange: a connection of its own to the test database, two registered sites, and a worker."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from openics.decision.room import Handler
from openics.edifact.envelope import Header
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.exchange.handlers import HANDLERS
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.submission import DirectOpener, submit
from openics.exchange.worker import Worker
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.reading import read_message
from openics.messages.writing import write_message
from openics.sandbox.story import current_declaration

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SITE, OTHER = "AAA676Y", "AAR399A"


@pytest.fixture
def connection(transactional_db: None, database_url: str) -> Iterator[psycopg.Connection]:
    """An autocommit connection, as the processes use."""
    with psycopg.connect(database_url, autocommit=True) as found:
        yield found


@pytest.fixture
def register(connection: psycopg.Connection) -> psycopg.Connection:
    """Two clients that may export, each with a site, and the sample reference data."""
    from openics.clients.models import Client, Site
    from openics.reference.loader import load_samples

    for site, abn in ((SITE, "80000000001"), (OTHER, "61000000002")):
        owner = Client.objects.create(
            client_id=abn, kind="ABN", name=f"OWNER OF {site}", match_key=abn, roles=["EXPORTER"]
        )
        Site.objects.create(
            site_id=site,
            owner=owner,
            edi_address=f"edi@{site.lower()}.example",
            administrator_address=f"admin@{site.lower()}.example",
            test=True,
        )
    with connection.transaction(), connection.cursor() as cursor:
        load_samples(cursor, datetime(2026, 1, 1, tzinfo=UTC))
    return connection


@pytest.fixture
def make_worker(register: psycopg.Connection) -> Callable[..., Worker]:
    """Makes a worker over the channels that need no mail; the clock stands still."""

    def make(handlers: Mapping[str, Handler] = HANDLERS, now: datetime = NOW, **policy: int) -> Worker:
        opener = DirectOpener()
        pipeline = Pipeline({"web": opener, "file": opener}, handlers, replace(Policy(), **policy))  # type: ignore[arg-type]
        return Worker(register, pipeline, lambda: now)

    return make


@pytest.fixture
def worker(make_worker: Callable[..., Worker]) -> Worker:
    """A worker with the system's own handlers."""
    return make_worker()


def declaration(reference: str = "EXPORT-1", **changes: object) -> ExportDeclaration:
    """An export declaration without fault."""
    return current_declaration(reference, NOW).replace(**changes)


def interchange(*documents: Document, reference: str = "R1", site: str = SITE, **header: object) -> bytes:
    """Documents in one interchange of a site."""
    values: dict[str, object] = {
        "sender": site,
        "owner": site,
        "recipient": "AAA336C",
        "date": "260302",
        "time": "1230",
        "control_reference": reference,
        "acknowledgement_request": True,
        "test": True,
    }
    messages = [write_message(document, str(place)) for place, document in enumerate(documents, 1)]
    return write_interchange(Header(**{**values, **header}), messages)  # type: ignore[arg-type]


def take(worker: Worker, content: bytes, *, site: str = SITE, channel: str = "web") -> int:
    """Submit an interchange and let the worker handle it; returns the intake number."""
    intake = submit(worker.connection, content, site=site, channel=channel)
    worker.run_once()
    return intake


def state(worker: Worker, intake: int) -> tuple[str, str | None]:
    """An intake's state and the code of its refusal."""
    row = worker.connection.execute("SELECT state, refusal ->> 'code' FROM intake WHERE id = %s", (intake,)).fetchone()
    assert row is not None
    return row[0], row[1]


def sent(worker: Worker, site: str = SITE) -> list[Document]:
    """Every document sent to a site, in order."""
    rows = worker.connection.execute(
        "SELECT content FROM interchange WHERE direction = 'out' AND site = %s ORDER BY id", (site,)
    ).fetchall()
    found = [read_message(read_interchange(bytes(content)).messages[0]).document for (content,) in rows]
    assert None not in found
    return [document for document in found if document is not None]


def counts(worker: Worker) -> dict[str, int]:
    """How many rows each table of business and exchange has."""
    tables = ("interchange", "message", "outbox_item", "event", "due_date", "export_declaration", "client")
    found = {}
    for table in tables:
        row = worker.connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
        assert row is not None
        found[table] = row[0]
    return found
