"""What a client lodged before it was merged is the survivor's to change, withdraw and ask about."""

import pytest
from django.db import connection

from export_declarations import (
    CLEAR,
    CLIENTS,
    EDN,
    NOW,
    OTHER,
    OWNER,
    amendment,
    broken,
    client,
    facts,
    held,
    request,
    stored,
    verdict,
)
from openics.clients.record import insert_clients
from openics.decision.outcome import Outcome, Request
from openics.decision.room import Decided
from openics.exchange import client_care
from openics.exchange.care import By
from openics.exports.facts import ExportFacts
from openics.exports.handlers import HANDLERS
from openics.exports.load import load
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.exports.record import record
from openics.messages.exports.streq import StatusRequest
from openics.reference.loader import load_samples

ENQUIRY = StatusRequest(sender_reference="ASK1", version=1, function="13", authority_number=EDN)
OFFICER = By("duty.officer@customs.example", "web", NOW)
STRANGER = "80000000001"


def merged() -> ExportFacts:
    """The owner's declaration once the owner was merged into the other client."""
    known = facts([stored()])
    known.clients = {**known.clients, OWNER: client(OTHER, "EXPORTER")}
    return known


def settle(given: Request) -> Outcome:
    """Load, decide and record one document."""
    with connection.cursor() as cursor:
        outcome = HANDLERS[given.document.name].decide(given, load(cursor, [given], NOW), NOW)
        record(cursor, [Decided(given, outcome, NOW)])
    return outcome


@pytest.fixture
def _lodged_and_merged(db: None) -> None:
    """A declaration of the owner, which is then merged into the other client."""
    with connection.cursor() as cursor:
        insert_clients(cursor, [*CLIENTS, client(STRANGER, "EXPORTER")])
        load_samples(cursor, NOW)
        cursor.execute("ALTER SEQUENCE edn_number RESTART; ALTER SEQUENCE response_number RESTART")
    assert settle(request(CLEAR, 0)).accepted
    client_care.merge(connection.connection, OTHER, OWNER, "one company", OFFICER)


def test_X07_holds_for_both_ids_of_a_merged_client_and_for_nobody_else() -> None:
    assert verdict("X07", amendment(), merged(), owner=OTHER) == held("X07")
    assert verdict("X07", amendment(), merged(), owner=OWNER) == held("X07")
    assert verdict("X07", amendment(), merged(), owner=STRANGER) == broken("X07")


@pytest.mark.usefixtures("_lodged_and_merged")
def test_the_survivor_changes_what_the_merged_client_lodged() -> None:
    outcome = settle(request(amendment(total_packages=9), 1, owner=OTHER))
    declaration = ExportDeclaration.objects.get()
    assert (outcome.accepted, outcome.findings, outcome.subject_key) == (True, (), EDN)
    assert (declaration.owner, declaration.version, declaration.document["total_packages"]) == (OWNER, 2, 9)
    assert outcome.change.declaration.owner == OWNER


@pytest.mark.usefixtures("_lodged_and_merged")
def test_the_survivor_withdraws_what_the_merged_client_lodged() -> None:
    outcome = settle(request(amendment("50", lines=()), 1, owner=OTHER))
    assert (outcome.accepted, ExportDeclaration.objects.get().status) == (True, "WITHDRAWN")


@pytest.mark.usefixtures("_lodged_and_merged")
def test_the_survivor_may_use_a_reference_that_the_merged_client_used() -> None:
    assert settle(request(CLEAR, 1, owner=OTHER)).accepted
    assert settle(request(amendment(total_packages=9), 2, owner=OTHER)).accepted
    shown = ExportDeclaration.objects.order_by("edn").values_list("owner", "sender_reference", "version")
    assert sorted(shown) == sorted([(OWNER, CLEAR.sender_reference, 2), (OTHER, CLEAR.sender_reference, 1)])


@pytest.mark.usefixtures("_lodged_and_merged")
def test_the_survivor_is_told_what_a_party_is_told() -> None:
    for number, (asker, told) in enumerate([(OTHER, OWNER), (STRANGER, None)], start=1):
        answer = settle(request(ENQUIRY, number, owner=asker)).documents[0].document
        assert (answer.status_type, answer.goods_owner) == ("CLEAR", told)


@pytest.mark.usefixtures("_lodged_and_merged")
def test_a_stranger_still_changes_nothing() -> None:
    outcome = settle(request(amendment(total_packages=9), 1, owner=STRANGER))
    assert [finding.rule for finding in outcome.findings] == ["X07"]
    assert (ExportDeclaration.objects.get().version, ExportDeclarationVersion.objects.count()) == (1, 1)
