"""Loading and recording registrations on a real database."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from client_registrations import ABN, BY_ABN, NOW, SENDER, SUPPLIER, WITH_ADDRESS, request
from openics.clients.codes import ClientKind
from openics.clients.handlers import HANDLERS
from openics.clients.load import load_clients, load_used_references
from openics.clients.models import Client, SenderReference
from openics.decision.outcome import Outcome, Request
from openics.decision.room import Decided
from openics.messages.clients.clreg import ClientRegistration
from openics.reference.loader import load_samples

pytestmark = pytest.mark.django_db

CONVERSATION: tuple[ClientRegistration, ...] = (
    SUPPLIER,
    WITH_ADDRESS,
    BY_ABN,
    SUPPLIER.replace(sender_reference="SUPPLIER2"),
    BY_ABN.replace(sender_reference="AGAIN"),
    SUPPLIER.replace(client_name="ANOTHER SUPPLIER"),
    SUPPLIER.replace(sender_reference="SUPPLIER3", client_name="ANOTHER SUPPLIER"),
)


@pytest.fixture(autouse=True)
def _filled(db: None) -> None:
    """Reference data, and numbers from the first on."""
    with connection.cursor() as cursor:
        load_samples(cursor, NOW)
        cursor.execute("ALTER SEQUENCE ccid_number RESTART; ALTER SEQUENCE response_number RESTART")


def requests(*documents: ClientRegistration) -> list[Request]:
    """The documents as requests numbered from 0."""
    return [request(document, number) for number, document in enumerate(documents)]


def settle(batch: Sequence[Request]) -> list[Outcome]:
    """Load, decide in order and record one batch."""
    handler = HANDLERS["CLREG"]
    with connection.cursor() as cursor:
        facts = handler.load(cursor, batch, NOW)
        decided = []
        for each in batch:
            outcome = handler.decide(each, facts, NOW)
            facts.apply(each, outcome)
            decided.append(Decided(each, outcome, NOW))
        handler.record(cursor, decided)
    return [each.outcome for each in decided]


def everything() -> list[list[dict[str, Any]]]:
    """All rows of the room, without the database's own keys."""
    tables = [Client.objects.order_by("client_id").values(), SenderReference.objects.order_by("reference").values()]
    return [[{name: value for name, value in row.items() if name != "id"} for row in table] for table in tables]


def test_a_supplier_is_on_the_register_as_it_was_decided() -> None:
    (outcome,) = settle(requests(SUPPLIER))
    row = Client.objects.get()
    assert (row.client_id, row.kind, row.name, row.status) == ("AAA3333333A", "ORG", SUPPLIER.client_name, "ACTIVE")
    assert (row.roles, row.registered_at) == (["SUPPLIER"], NOW)
    assert row.match_key == "EXAMPLE OVERSEAS LIMITED|ROOM 1 EXAMPLE BUILDING||SHENZHEN|518000|GD|CN"
    with connection.cursor() as cursor:
        assert load_clients(cursor, {"AAA3333333A", "AAA3333334N"}) == {"AAA3333333A": outcome.change.client}


def test_a_client_by_abn_keeps_its_contacts() -> None:
    settle(requests(BY_ABN))
    row = Client.objects.get()
    assert (row.client_id, row.kind, row.match_key, row.address) == (ABN, ClientKind.ABN, "", {})
    assert row.contacts == [{"kind": "BP", "prefix": "+50", "value": "0400000000", "purpose": "THIS IS PHONE"}]


def test_a_rejected_registration_leaves_nothing() -> None:
    (outcome,) = settle(requests(WITH_ADDRESS))
    assert outcome.accepted is False
    assert everything() == [[], []]


def test_a_used_sender_reference_is_remembered() -> None:
    settle(requests(SUPPLIER))
    with connection.cursor() as cursor:
        (used,) = load_used_references(cursor, requests(SUPPLIER))
    assert (used.owner, used.document, used.reference, used.message) == (SENDER, "CLREG", "SUPPLIER1", 0)
    (again,) = settle([request(SUPPLIER.replace(client_name="SOMEBODY ELSE"), 1)])
    assert [finding.rule for finding in again.findings] == ["CLREG-04"]


def test_a_batch_decides_as_its_documents_one_at_a_time() -> None:
    together = settle(requests(*CONVERSATION))
    stored_together = everything()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM client_entry; DELETE FROM client_version")
        cursor.execute("DELETE FROM client; DELETE FROM sender_reference")
        cursor.execute("ALTER SEQUENCE ccid_number RESTART; ALTER SEQUENCE response_number RESTART")
    apart = [settle([each])[0] for each in requests(*CONVERSATION)]
    assert apart == together
    assert everything() == stored_together
    assert [outcome.accepted for outcome in together] == [True, False, True, False, False, False, True]


@pytest.mark.parametrize("copies", [1, 20])
def test_the_number_of_queries_does_not_grow_with_the_batch(copies: int) -> None:
    documents = [SUPPLIER.replace(sender_reference=f"REF{n}", client_name=f"SUPPLIER {n}") for n in range(copies)]
    with CaptureQueriesContext(connection) as queries:
        settle(requests(*documents))
    assert len(queries) == 10
    assert Client.objects.count() == copies
