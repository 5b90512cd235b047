"""The pages over rows that the exchange itself wrote, and a withdrawal from page to decision."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from openics.clients.models import Client, Person, Site
from openics.edifact.envelope import Header
from openics.edifact.writer import write_interchange
from openics.exchange.handlers import HANDLERS
from openics.exchange.models import Event, Intake, Interchange, Message
from openics.exchange.pipeline import Pipeline
from openics.exchange.policy import Policy
from openics.exchange.submission import DirectOpener, submit
from openics.exchange.worker import Worker
from openics.exports.models import ExportDeclaration
from openics.messages.document import Document
from openics.messages.writing import write_message
from openics.reference.loader import load_samples
from openics.sandbox.story import current_declaration
from web.sample import person

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SITE = "AAA676Y"


@pytest.fixture
def worker(transactional_db: None, database_url: str) -> Iterator[Worker]:
    """A worker over the web channel, on a connection of its own."""
    owner = Client.objects.create(
        client_id="80000000001", kind="ABN", name="Meridian", match_key="M", roles=["EXPORTER"]
    )
    Site.objects.create(site_id=SITE, owner=owner, edi_address="edi@meridian.example", test=True)
    with psycopg.connect(database_url, autocommit=True) as connection:
        with connection.transaction(), connection.cursor() as cursor:
            load_samples(cursor, datetime(2026, 1, 1, tzinfo=UTC))
        opener = DirectOpener()
        yield Worker(connection, Pipeline({"web": opener}, HANDLERS, Policy()), lambda: NOW)


@pytest.fixture
def trader(worker: Worker) -> Person:
    """Somebody who acts for the site's owner."""
    return person("clerk@meridian.example", "Export Clerk", Client.objects.get())


@pytest.fixture
def browser(trader: Person) -> Browser:
    """The trader, signed in."""
    client = Browser()
    client.force_login(trader)
    return client


def hand_in(worker: Worker, document: Document, reference: str) -> None:
    """Submit a document in an interchange of the site, and let the worker handle it."""
    header = Header(
        sender=SITE, owner=SITE, recipient="AAA336C", date="260302", time="1230", control_reference=reference,
        acknowledgement_request=True, test=True,
    )  # fmt: skip
    content = write_interchange(header, [write_message(document, "1")])
    submit(worker.connection, content, site=SITE, channel="web", person="clerk@meridian.example")
    worker.run_once()


def words(content: bytes) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())


def test_every_page_opens_on_real_rows(worker: Worker, browser: Browser) -> None:
    declared = current_declaration("EXPORT-1", NOW)
    hand_in(worker, declared, "R1")
    hand_in(worker, declared, "R1")
    hand_in(worker, declared.replace(invoice_currency="XYZ", sender_reference="EXPORT-2"), "R2")
    addresses = [
        *(reverse("message", args=[number]) for number in Message.objects.values_list("id", flat=True)),
        *(reverse("interchange", args=[number]) for number in Interchange.objects.values_list("id", flat=True)),
        *(reverse("received", args=[number]) for number in Intake.objects.values_list("id", flat=True)),
        *(reverse("declaration", args=[edn]) for edn in ExportDeclaration.objects.values_list("edn", flat=True)),
        *(reverse(name) for name in ("messages", "declarations", "outbox")),
    ]
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_journey_tells_what_the_exchange_recorded(worker: Worker, browser: Browser) -> None:
    hand_in(worker, current_declaration("EXPORT-1", NOW), "R1")
    message = Message.objects.get(name="EXD")
    page = words(browser.get(reverse("message", args=[message.pk])).content)
    assert "Export declaration EXPORT-1 Accepted" in page
    assert "Answered 2 sent" in page
    assert "Delivered on its way" in page
    rules = len(message.rules)
    held = sum(1 for each in message.rules if each["applied"] and not each["broken"])
    assert f"0 broken, {held} passed, {rules - held} not applicable" in page


def test_a_duplicate_is_found_from_its_syntax_report(worker: Worker, browser: Browser) -> None:
    declared = current_declaration("EXPORT-1", NOW)
    hand_in(worker, declared, "R1")
    hand_in(worker, declared.replace(consignee_name="SOMEBODY ELSE"), "R1")
    duplicate = Interchange.objects.get(outcome="duplicate")
    report = Message.objects.get(name="CONTRL", document__action="4")
    page = browser.get(reverse("message", args=[report.pk])).content.decode()
    assert f'href="{reverse("interchange", args=[duplicate.pk])}">interchange R1</a>' in page
    page = words(browser.get(reverse("interchange", args=[duplicate.pk])).content)
    assert "Syntax duplicate" in page


@pytest.fixture
def impatient(settings: Settings) -> None:
    """Do not wait for the worker, which runs after the request in these tests."""
    settings.DECISION_PATIENCE = 0.0


def test_a_withdrawal_from_page_to_decision(worker: Worker, browser: Browser, impatient: None) -> None:
    hand_in(worker, current_declaration("EXPORT-1", NOW), "R1")
    edn = ExportDeclaration.objects.get().edn
    assert f"Export declaration {edn} is clear" in words(browser.get(reverse("declaration", args=[edn])).content)
    waiting = browser.post(reverse("withdrawal", args=[edn]))["Location"]
    assert "It is stored safely and waits for its turn." in words(browser.get(waiting).content)
    worker.run_once()
    sent = Message.objects.get(name="EXD", function="50")
    assert f'href="{reverse("message", args=[sent.pk])}"' in browser.get(waiting).content.decode()
    page = words(browser.get(reverse("declaration", args=[edn])).content)
    assert f"Export declaration {edn} is withdrawn" in page
    assert "Nothing: it is withdrawn." in page
    assert (
        page.count("Export declaration withdrawn")
        == Event.objects.filter(code="export.declaration.withdrawn").count()
        == 1
    )
