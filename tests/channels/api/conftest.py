"""Fixtures of the API: two clients with a site each, a program of each, reference data, and a worker."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client as Browser

from openics.channels.api import programs
from openics.channels.api.scopes import SCOPES
from openics.clients.models import Client, Site
from openics.edifact.envelope import Header
from openics.edifact.writer import write_interchange
from openics.exchange.care import By
from openics.exchange.handlers import HANDLERS
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.submission import DirectOpener
from openics.exchange.worker import Worker
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.writing import write_message
from openics.reference.loader import load_samples
from openics.sandbox.story import current_declaration

SITE, OTHER = "AAA676Y", "AAR399A"
ABN, OTHER_ABN = "80000000001", "61000000002"
ROOT = "/api/v1"


@dataclass
class Answer:
    """What the API said."""

    status: int
    body: Any
    headers: dict[str, str]
    content: bytes


class Program:
    """A program as it calls: with a token of its own."""

    def __init__(self, made: programs.Made, token: str = "") -> None:
        self.made, self.token = made, token

    def sign_in(self, scope: str = "") -> "Program":
        """Get a token."""
        form = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
        found = ask("post", "/token", form=form, basic=(self.made.program.identifier, self.made.secret))
        assert found.status == 200
        return Program(self.made, found.body["access_token"])

    def __call__(self, method: str, path: str, **more: Any) -> Answer:
        return ask(method, path, token=self.token, **more)


def ask(
    method: str,
    path: str,
    *,
    token: str = "",
    basic: tuple[str, str] | None = None,
    edifact: bytes | None = None,
    data: Any = None,
    form: dict[str, str] | None = None,
    content: tuple[str, bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Make a request."""
    from base64 import b64encode
    from urllib.parse import urlencode

    sent = dict(headers or {})
    if token:
        sent["Authorization"] = f"Bearer {token}"
    if basic:
        sent["Authorization"] = "Basic " + b64encode(":".join(basic).encode()).decode()
    kind, body = content or ("", b"")
    if edifact is not None:
        kind, body = "application/EDIFACT", edifact
    if data is not None:
        kind, body = "application/json", json.dumps(data).encode()
    if form is not None:
        kind, body = "application/x-www-form-urlencoded", urlencode(form).encode()
    if kind:
        sent["Content-Type"] = kind
    browser = Browser(headers=sent, raise_request_exception=False)
    address = path if path.startswith("/api") else ROOT + path
    found = browser.generic(method.upper(), address, body, content_type=kind)
    read = json.loads(found.content) if "json" in found.headers.get("Content-Type", "") and found.content else None
    return Answer(found.status_code, read, dict(found.headers), found.content)


@pytest.fixture
def connection(transactional_db: None, database_url: str) -> Iterator[psycopg.Connection]:
    """An autocommit connection, as the processes use."""
    with psycopg.connect(database_url, autocommit=True) as found:
        yield found


@dataclass
class House:
    """What the tests name."""

    client: Client
    other: Client
    program: Program
    stranger: Program
    worker: Worker

    def work(self) -> None:
        """Let the worker handle what waits."""
        self.worker.run_once()


def client_with_site(abn: str, site: str) -> Client:
    """A client that may export, with a site."""
    owner = Client.objects.create(client_id=abn, kind="ABN", name=f"OWNER OF {site}", match_key=abn, roles=["EXPORTER"])
    Site.objects.create(site_id=site, owner=owner, edi_address=f"edi@{site.lower()}.example", test=True)
    return owner


def by() -> By:
    """Somebody who makes programs."""
    return By("clerk@example.example", "web", datetime.now(UTC))


def program(client: Client, *scopes: str) -> Program:
    """A program with a token."""
    return Program(programs.make(client, "Test program", scopes or SCOPES, by())).sign_in()


@pytest.fixture
def house(connection: psycopg.Connection) -> House:
    """Two clients, committed, and a worker over the API's channel."""
    cache.clear()
    client, other = client_with_site(ABN, SITE), client_with_site(OTHER_ABN, OTHER)
    with connection.transaction(), connection.cursor() as cursor:
        load_samples(cursor, datetime(2026, 1, 1, tzinfo=UTC))
    direct = DirectOpener()
    worker = Worker(connection, Pipeline({"api": direct, "web": direct}, HANDLERS, Policy()))
    return House(client, other, program(client), program(other), worker)


Declare = Callable[..., ExportDeclaration]


def declaration(reference: str = "EXPORT-1", **changes: object) -> ExportDeclaration:
    """An export declaration without fault today."""
    return current_declaration(reference, datetime.now(UTC)).replace(**changes)


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
