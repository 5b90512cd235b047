"""The gateway's web server with a worker and a courier behind it, and a trading site in front of it, all real."""

import smtplib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import urllib3
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.wsgi import get_wsgi_application
from django.db import connections
from waitress.server import create_server
from waitress.wasyncore import close_all

from channels.mail.couriers import Server, courier, recording, run_once
from openics.channels.https.opening import HttpsOpener
from openics.channels.mail.opening import MailOpener
from openics.clients.models import Client
from openics.clients.site_rules import SiteRecord
from openics.edifact.writer import write_interchange
from openics.exchange import certificate_care, delivery_care, site_care
from openics.exchange.care import By
from openics.exchange.certificate_care import Wanted
from openics.exchange.handlers import HANDLERS
from openics.exchange.models import Intake
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.sweeper import Sweeper
from openics.exchange.worker import Worker
from openics.messages.document import Document
from openics.messages.writing import write_message
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.trust import TrustStore
from openics.sandbox.story import current_declaration
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from openics.trader.sending import keep, new_header
from trader.world import ADDRESS, GATEWAY, SITE, World

ABN = "53004085616"
ADMINISTRATOR = "admin@trader.example"


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Office:
    """The gateway's processes over one database, each run by hand, but for the web server, which runs."""

    database_url: str
    connection: psycopg.Connection
    world: World
    keys: GatewayKeys
    worker: Worker
    url: str = ""
    mails: Server = field(default_factory=Server)

    @property
    def by(self) -> By:
        return By("duty officer", "console", utc_now())

    def register(self, home: TraderHome, trust: TrustStore) -> None:
        """Register the site of a trader's home, with its certificate."""
        Client.objects.create(
            client_id=ABN, kind="ABN", name="EXAMPLE TRADER PTY LTD", match_key="x", roles=["EXPORTER"]
        )
        record = SiteRecord(SITE, ABN, ADDRESS, administrator=ADMINISTRATOR, test=True)
        site_care.add(self.connection, record, self.by, "AAA336C")
        pem = signing_identity(home, utc_now()).certificate.public_bytes(Encoding.PEM)
        certificate_care.add(self.connection, Wanted(SITE, pem), trust, self.by)

    def fetches(self) -> None:
        """Let the site fetch from now on."""
        assert delivery_care.set_delivery(self.connection, SITE, "pull", self.by)

    def seal(self) -> int:
        """Let a courier work once; returns how many rows moved on."""
        with recording(self.mails):
            return run_once(courier(self.database_url, self.keys, self.mails.port, utc_now))

    def work(self) -> None:
        """Let the worker handle what was taken, and a courier seal what it answers."""
        self.worker.run_once()
        self.seal()

    def sweep(self, after: timedelta = timedelta()) -> int:
        """Let a sweeper look at what is due, as if so much later."""
        return Sweeper(self.connection, Policy(), {}, lambda: utc_now() + after).resend()

    def post(self, path: str, body: bytes, **fields: str) -> urllib3.BaseHTTPResponse:
        """Post to the web server; underscores in field names become hyphens."""
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        return urllib3.request("POST", self.url + path, body=body, headers=headers, retries=False, redirect=False)


def mail(home: TraderHome, reference: str = "EXPORT-1", now: datetime | None = None) -> bytes:
    """A sealed mail with one export declaration, kept in the trader's home and not sent."""
    moment = now or utc_now()
    return (home.sent / f"{keep(home, interchange(home, reference), moment).key}.eml").read_bytes()


def interchange(home: TraderHome, reference: str = "EXPORT-1", *documents: Document) -> bytes:
    """One export declaration, or other documents, in an interchange of the site."""
    found = documents or (current_declaration(reference, utc_now()),)
    messages = [write_message(each, str(place)) for place, each in enumerate(found, 1)]
    return write_interchange(new_header(home, utc_now()), messages)


@contextmanager
def serving(**options: Any) -> Iterator[str]:
    """The web server as `openics serve web` runs it, on a free port; its address."""
    inner = get_wsgi_application()

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        try:
            return list(inner(environ, start))
        finally:
            connections.close_all()

    options = {"max_request_body_size": 30_000_000, "clear_untrusted_proxy_headers": True, **options}
    server = create_server(application, host="127.0.0.1", port=0, threads=4, **options)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        sockets = dict(server._map)
        server._map.clear()  # the loop ends when there is nothing to wait for, kept connections included
        server.pull_trigger()
        thread.join(10)
        close_all(sockets, ignore_all=True)
        server.task_dispatcher.shutdown()
    assert not thread.is_alive()


def opened(directory: Path, world: World) -> tuple[GatewayKeys, TrustStore]:
    """The gateway's keys and authorities, in directories of their own."""
    gateway_key("first", world.gateway, utc_now() - timedelta(days=20)).save(directory / "gateway")
    world.authority.install(directory / "trust")
    return GatewayKeys.load(directory / "gateway"), TrustStore.load(directory / "trust")


def pipeline(keys: GatewayKeys, trust: TrustStore, *, signed_only: bool = True) -> Pipeline:
    """What a worker needs for both channels."""
    https = HttpsOpener(keys, trust, test=True, signed_only=signed_only)
    return Pipeline({"mail": MailOpener(keys, trust, test=True), "https": https}, HANDLERS, Policy())


def by_smtp(port: int, content: bytes) -> None:
    """Hand a mail to a mail gateway."""
    with smtplib.SMTP("127.0.0.1", port) as session:
        session.sendmail(ADDRESS, [GATEWAY], content)


def intakes() -> list[tuple[str, str, str, int]]:
    """Channel, state, proved site and redeliveries of everything received."""
    return list(Intake.objects.order_by("id").values_list("channel", "state", "site", "redeliveries"))
