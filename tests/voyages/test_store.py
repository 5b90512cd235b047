"""Loading and recording on a real database: a fixed number of queries, and batches that decide as single reports do."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arrival_reports import (
    ARRIVED,
    ARRIVED_AT,
    AT_MELBOURNE,
    CLIENTS,
    FLIGHT,
    FLIGHT_REFERENCE,
    LANDED,
    LATER,
    MELBOURNE,
    MELBOURNE_AT,
    NOW,
    OTHER,
    OWNER,
    SHIP,
    SYDNEY,
    SYDNEY_AT,
    VOYAGE,
    change,
    request,
    rules,
)
from openics.clients.record import insert_clients
from openics.decision.outcome import Due, Outcome, Request
from openics.decision.room import Decided
from openics.messages.document import Document
from openics.reference.loader import load_samples
from openics.voyages.due import decide_due
from openics.voyages.handlers import HANDLERS
from openics.voyages.load import load, load_due
from openics.voyages.models import ActualArrival, ActualArrivalVersion, Voyage, VoyageCall, VoyageVersion
from openics.voyages.record import record, record_outcomes

pytestmark = pytest.mark.django_db

BRISBANE = MELBOURNE.replace(port="AUBNE", estimated_arrival_date=date(2026, 12, 3))
EARLIER = FLIGHT.calls[0].replace(action="A", estimated_arrival_date=date(2026, 11, 22))
CONVERSATION: tuple[Document, ...] = (
    SHIP,
    SHIP.replace(sender_reference="SIA2"),
    ARRIVED,
    change(calls=(BRISBANE,)),
    change(calls=(SYDNEY.replace(action="D"),), version=3),
    ARRIVED.replace(sender_reference="SAA9"),
    change(ARRIVED, arrival_time=time(7, 45)),
    change(ARRIVED, "50", version=3),
    ARRIVED.replace(sender_reference="SAA9"),
    AT_MELBOURNE,
    FLIGHT,
    change(FLIGHT, overseas_departure_date=date(2026, 11, 22), calls=(EARLIER,)),
    LANDED.replace(arrival_date=date(2026, 11, 22)),
    SHIP.replace(sender_reference="SIA3", voyage_number="9"),
    change(SHIP.replace(sender_reference="SIA3", voyage_number="9"), "50"),
    SHIP.replace(sender_reference="SIA4", voyage_number="9"),
)
"""Reports of one client about a ship, a flight, and a voyage that is withdrawn and reported anew."""


@pytest.fixture(autouse=True)
def _filled(db: None) -> None:
    """Clients, reference data, and numbers from the first on."""
    with connection.cursor() as cursor:
        insert_clients(cursor, CLIENTS)
        load_samples(cursor, NOW)
        cursor.execute("ALTER SEQUENCE response_number RESTART")


def requests(*documents: Document, **about: Any) -> list[Request]:
    """The reports as requests numbered from 0."""
    return [request(document, number, **about) for number, document in enumerate(documents)]


def settle(batch: Sequence[Request], now: datetime = NOW) -> list[Outcome]:
    """Load, decide in order and record one batch."""
    with connection.cursor() as cursor:
        facts = load(cursor, batch, now)
        decided = []
        for each in batch:
            outcome = HANDLERS[each.document.name].decide(each, facts, now)
            facts.apply(each, outcome)
            decided.append(Decided(each, outcome, now))
        record(cursor, decided)
    return [each.outcome for each in decided]


def everything() -> list[list[dict[str, Any]]]:
    """All rows of the room, without the database's own keys, which follow from the order of writing."""
    tables = (
        Voyage.objects.order_by("reference").values(),
        VoyageCall.objects.order_by("voyage_id", "number").values(),
        VoyageVersion.objects.order_by("voyage_id", "version").values(),
        ActualArrival.objects.order_by("owner", "name", "sender_reference").values(),
        ActualArrivalVersion.objects.order_by("arrival__sender_reference", "version").values(),
    )
    own = {"id", "arrival_id"}
    return [[{name: value for name, value in row.items() if name not in own} for row in rows] for rows in tables]


def forget_everything() -> None:
    """Empty the room and start counting anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actual_arrival_version; DELETE FROM actual_arrival")
        cursor.execute("DELETE FROM voyage_version; DELETE FROM voyage_call; DELETE FROM voyage")
        cursor.execute("ALTER SEQUENCE response_number RESTART")


def test_a_voyage_is_stored_with_its_ports_and_its_version() -> None:
    settle(requests(SHIP))
    voyage, version = Voyage.objects.get(), VoyageVersion.objects.get()
    assert (voyage.reference, voyage.mode, voyage.craft, voyage.number, voyage.leg) == (
        VOYAGE,
        "11",
        "9290452",
        "126S",
        1,
    )
    assert (voyage.day, voyage.first_arrival, voyage.last_arrival) == (
        date(2026, 11, 29),
        date(2026, 11, 29),
        date(2026, 12, 2),
    )
    assert (voyage.owner, voyage.agent, voyage.status, voyage.document) == (
        OWNER,
        "80000000001",
        "EXPECTED",
        SHIP.to_json(),
    )
    assert list(VoyageCall.objects.order_by("number").values_list("port", "estimated_at", "unloader", "discharge")) == [
        ("AUSYD", SYDNEY_AT, "GE65A", "Y"),
        ("AUMEL", MELBOURNE_AT, "", "N"),
    ]
    assert (version.voyage_id, version.version, version.function, version.message) == (VOYAGE, 1, "9", 0)
    assert (version.document, version.status, version.findings) == (SHIP.to_json(), "EXPECTED", [])


def test_an_arrival_is_stored_with_its_version() -> None:
    settle(requests(SHIP))
    settle([request(ARRIVED, 1)], LATER)
    arrival, version = ActualArrival.objects.get(), ActualArrivalVersion.objects.get()
    assert (arrival.name, arrival.voyage_id, arrival.call, arrival.arrived_at) == ("SEAAAR", VOYAGE, 1, ARRIVED_AT)
    assert (version.arrival_id, version.version, version.message, version.status) == (arrival.id, 1, 1, "OVERDUE")
    call = VoyageCall.objects.get(number=1)
    assert (call.arrived_at, call.arrival, call.phase) == (ARRIVED_AT, "SAA1", "ARRIVED")
    assert VoyageVersion.objects.count() == 1


def test_what_is_loaded_is_what_was_recorded() -> None:
    (outcome,) = settle(requests(SHIP))
    (arrived,) = settle([request(ARRIVED, 1)], LATER)
    with connection.cursor() as cursor:
        facts = load(cursor, requests(change(), change(ARRIVED)), NOW)
    assert facts.voyage(VOYAGE) == arrived.change.voyage
    assert facts.arrival(OWNER, ARRIVED) == arrived.change.arrival
    assert outcome.change.voyage.reported_at == arrived.change.voyage.reported_at


def test_a_rejected_report_leaves_nothing() -> None:
    (outcome,) = settle(requests(SHIP.replace(version=0)))
    assert outcome.accepted is False
    assert everything() == [[], [], [], [], []]


@pytest.mark.parametrize(
    ("sent", "about", "rule"),
    [
        (change(version=1, calls=(BRISBANE,)), {}, "G08"),
        (change(calls=(BRISBANE,)), {"owner": OTHER}, "G09"),
        (ARRIVED.replace(sender_reference="X"), {"owner": OTHER}, "AAR-03"),
        (SHIP.replace(sender_reference="X"), {"owner": OTHER}, "IAR-06"),
    ],
)
def test_what_is_refused_changes_nothing(sent: Document, about: dict[str, str], rule: str) -> None:
    settle(requests(SHIP))
    before = everything()
    (outcome,) = settle([request(sent, 1, **about)], LATER)
    assert outcome.accepted is False
    assert rules(outcome)[0] == rule
    assert everything() == before


def test_a_batch_decides_as_its_reports_one_at_a_time() -> None:
    together = settle(requests(*CONVERSATION, received_at=LATER), LATER)
    stored_together = everything()
    forget_everything()
    apart = [settle([each], LATER)[0] for each in requests(*CONVERSATION, received_at=LATER)]
    assert apart == together
    assert everything() == stored_together


def test_the_conversation_goes_as_the_rules_say() -> None:
    outcomes = settle(requests(*CONVERSATION, received_at=LATER), LATER)
    errors = [[each.rule for each in outcome.findings if each.severity.value == "ERROR"] for outcome in outcomes]
    assert errors == [
        [], ["IAR-05"], [], [], ["IAR-16", "IAR-12"], ["AAR-05"], [], [], [], [], [], [], [], [], [], [],
    ]  # fmt: skip
    assert list(Voyage.objects.order_by("reference").values_list("reference", "status")) == [
        ("9290452/126S", "OVERDUE"),
        ("9290452/9", "WITHDRAWN"),
        ("9290452/9 LEG 2", "OVERDUE"),
        (FLIGHT_REFERENCE, "OVERDUE"),
    ]
    assert list(ActualArrival.objects.order_by("id").values_list("sender_reference", "withdrawn")) != []


@pytest.mark.parametrize("copies", [1, 20])
def test_the_number_of_queries_does_not_grow_with_the_batch(copies: int) -> None:
    batch = requests(
        *[
            document.replace(sender_reference=f"REF{number}", voyage_number=str(number))
            for number in range(copies)
            for document in (SHIP, ARRIVED)
        ],
        received_at=LATER,
    )
    with CaptureQueriesContext(connection) as queries:
        settle(batch, LATER)
    assert Voyage.objects.count() == ActualArrival.objects.count() == copies
    assert len(queries) == 14


def test_due_dates_are_loaded_decided_and_recorded() -> None:
    settle(requests(SHIP, FLIGHT))
    due = [Due("voyage.arrival", "VOYAGE", VOYAGE, SYDNEY_AT)]
    with connection.cursor() as cursor:
        facts = load_due(cursor, due, SYDNEY_AT)
        record_outcomes(cursor, [decide_due(each, facts, SYDNEY_AT) for each in due])
    voyage = Voyage.objects.get(reference=VOYAGE)
    assert (voyage.status, voyage.changed_at, voyage.version) == ("EXPECTED", SYDNEY_AT, 1)
    assert list(VoyageCall.objects.filter(voyage=VOYAGE).order_by("number").values_list("phase", flat=True)) == [
        "DUE",
        "EXPECTED",
    ]
    assert VoyageVersion.objects.count() == 2


def test_a_flight_far_away_in_time_is_not_loaded() -> None:
    settle(requests(FLIGHT))
    with connection.cursor() as cursor:
        near = load(cursor, requests(LANDED.replace(arrival_date=date(2026, 11, 26))), NOW)
        far = load(cursor, requests(LANDED.replace(arrival_date=date(2026, 11, 27))), NOW)
    assert near.voyage(FLIGHT_REFERENCE) is not None
    assert far.voyage(FLIGHT_REFERENCE) is None


def test_a_reference_is_never_given_twice_although_the_flight_moved_away() -> None:
    settle(requests(FLIGHT))
    moved = [
        call.replace(action="A", estimated_arrival_date=call.estimated_arrival_date + timedelta(days=9))  # type: ignore[operator]
        for call in FLIGHT.calls
    ]
    settle([request(change(FLIGHT, calls=tuple(moved)), 1)])
    (outcome,) = settle([request(FLIGHT.replace(sender_reference="AIA2"), 2)])
    assert (outcome.accepted, outcome.subject_key) == (True, f"{FLIGHT_REFERENCE} LEG 2")
