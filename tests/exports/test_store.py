"""Loading and recording on a real database: a fixed number of queries, and batches that decide as single documents do."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from export_declarations import CLEAR, CLIENTS, EDN, NOW, OTHER, OWNER, PUBLISHED, amendment, lines, request
from openics.clients.record import insert_clients
from openics.decision.findings import Severity
from openics.decision.outcome import Due, Outcome, Request
from openics.decision.room import Decided
from openics.exports.codes import Status
from openics.exports.due import decide_due
from openics.exports.handlers import HANDLERS
from openics.exports.load import load, load_due
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.exports.record import record, record_outcomes
from openics.exports.status import DUE_IDLE
from openics.messages.document import Document
from openics.messages.exports.streq import StatusRequest
from openics.reference.loader import load_samples

pytestmark = pytest.mark.django_db

ENQUIRY = StatusRequest(sender_reference="ASK1", version=1, function="13", authority_number=EDN)
SECOND = CLEAR.replace(sender_reference="SECOND")
CONVERSATION: tuple[Document, ...] = (
    CLEAR,
    PUBLISHED.replace(sender_reference="THIRD"),
    SECOND,
    ENQUIRY,
    amendment("4", lines=lines({"action": "A", "description": "OTHER GOODS"})),
    amendment("20", lines=(), version=2),
    amendment("5", version=3),
    ENQUIRY,
    CLEAR,
    amendment("50", version=4),
    amendment("5", version=5),
    ENQUIRY.replace(sender_reference="ASK2"),
    StatusRequest(sender_reference="ASK3", version=1, function="13", authority_number="AAAAAAAT4"),
)
"""Documents of one client: lodging, changing, repeating, withdrawing and asking."""


@pytest.fixture(autouse=True)
def _filled(db: None) -> None:
    """Clients, reference data, and numbers from the first on."""
    with connection.cursor() as cursor:
        insert_clients(cursor, CLIENTS)
        load_samples(cursor, NOW)
        cursor.execute("ALTER SEQUENCE edn_number RESTART; ALTER SEQUENCE response_number RESTART")


def requests(*documents: Document) -> list[Request]:
    """The documents as requests numbered from 0."""
    return [request(document, number) for number, document in enumerate(documents)]


def settle(batch: Sequence[Request]) -> list[Outcome]:
    """Load, decide in order and record one batch."""
    with connection.cursor() as cursor:
        facts = load(cursor, batch, NOW)
        decided = []
        for each in batch:
            outcome = HANDLERS[each.document.name].decide(each, facts, NOW)
            facts.apply(each, outcome)
            decided.append(Decided(each, outcome, NOW))
        record(cursor, decided)
    return [each.outcome for each in decided]


def everything() -> list[list[dict[str, Any]]]:
    """All rows of the room."""
    versions = ExportDeclarationVersion.objects.order_by("declaration_id", "version")
    return [list(ExportDeclaration.objects.order_by("edn").values()), list(versions.values())]


def without_ids(rows: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The rows without the database's own keys."""
    return [[{name: value for name, value in row.items() if name != "id"} for row in table] for table in rows]


def forget_everything() -> None:
    """Empty the room and start counting anew."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM export_declaration_version; DELETE FROM export_declaration")
        cursor.execute("DELETE FROM sender_reference")
        cursor.execute("ALTER SEQUENCE edn_number RESTART; ALTER SEQUENCE response_number RESTART")


def test_an_original_is_stored_with_its_version() -> None:
    settle(requests(CLEAR))
    declaration = ExportDeclaration.objects.get()
    version = ExportDeclarationVersion.objects.get()
    assert (declaration.edn, declaration.owner, declaration.goods_owner) == (EDN, OWNER, OWNER)
    assert (declaration.version, declaration.amendments, declaration.status) == (1, 0, "CLEAR")
    assert declaration.document == CLEAR.replace(declaration_number=EDN).to_json()
    assert (declaration.intended_export_date, declaration.lodged_at) == (date(2026, 12, 1), NOW)
    assert (version.declaration_id, version.version, version.function, version.message) == (EDN, 1, "9", 0)
    assert (version.document, version.status, version.findings) == (CLEAR.to_json(), "CLEAR", [])


def test_what_is_loaded_is_what_was_recorded() -> None:
    (outcome,) = settle(requests(CLEAR))
    with connection.cursor() as cursor:
        facts = load(cursor, requests(amendment()), NOW)
    assert facts.declaration(EDN) == outcome.change.declaration


def test_a_rejected_original_leaves_nothing() -> None:
    (outcome,) = settle(requests(PUBLISHED))
    assert outcome.accepted is False
    assert everything() == [[], []]


def test_findings_are_kept_with_the_version() -> None:
    settle(requests(CLEAR.replace(consignee_city="MELBOURNE")))
    assert ExportDeclarationVersion.objects.get().findings == [
        {
            "severity": Severity.ADVICE.value,
            "error": "EX9210",
            "text": "CONSIGNEE CITY MELBOURNE IS ALSO IN AUSTRALIA; THE CONSIGNEE MUST BE OVERSEAS",
            "line": 0,
            "rule": "EXD-H-10",
        }
    ]


def test_a_rejected_amendment_changes_nothing() -> None:
    settle(requests(CLEAR))
    before = everything()
    (outcome,) = settle([request(amendment(version=1, total_packages=9), 1)])
    assert outcome.accepted is False
    assert everything() == before


def test_a_strangers_amendment_changes_nothing() -> None:
    settle(requests(CLEAR))
    before = everything()
    (outcome,) = settle([request(amendment(), 1, owner=OTHER)])
    assert [finding.rule for finding in outcome.findings] == ["X07"]
    assert everything() == before


def test_a_batch_decides_as_its_documents_one_at_a_time() -> None:
    together = settle(requests(*CONVERSATION))
    stored_together = without_ids(everything())
    forget_everything()
    apart = [settle([each])[0] for each in requests(*CONVERSATION)]
    assert apart == together
    assert without_ids(everything()) == stored_together


def test_the_conversation_goes_as_the_rules_say() -> None:
    outcomes = settle(requests(*CONVERSATION))
    assert [
        [finding.rule for finding in outcome.findings if finding.severity is Severity.ERROR] for outcome in outcomes
    ] == [[], ["EXD-H-02", "EXD-H-04"], [], [], [], ["X06"], [], ["STREQ-02"], ["X02"], [], ["X08"], [], ["STREQ-06"]]
    assert ExportDeclaration.objects.get(edn=EDN).status == "WITHDRAWN"
    assert ExportDeclarationVersion.objects.filter(declaration_id=EDN).count() == 4


@pytest.mark.parametrize("copies", [1, 20])
def test_the_number_of_queries_does_not_grow_with_the_batch(copies: int) -> None:
    batch = requests(*[CLEAR.replace(sender_reference=f"REF{number}") for number in range(copies)], ENQUIRY)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        settle(batch)
    assert len(queries) == 11


def test_due_dates_are_loaded_decided_and_recorded() -> None:
    settle(requests(CLEAR, SECOND))
    later = datetime(2026, 12, 11, tzinfo=UTC)
    due = [Due(DUE_IDLE, "EDN", EDN, later)]
    with connection.cursor() as cursor:
        facts = load_due(cursor, due, later)
        record_outcomes(cursor, [decide_due(each, facts, later) for each in due])
    declaration = ExportDeclaration.objects.get(edn=EDN)
    assert (declaration.status, declaration.changed_at, declaration.version) == (Status.IDLE, later, 1)
    assert ExportDeclaration.objects.get(sender_reference="SECOND").status == "CLEAR"
    assert ExportDeclarationVersion.objects.count() == 2


def test_reference_data_counts_as_of_the_export_date() -> None:
    with connection.cursor() as cursor:
        facts = load(cursor, requests(PUBLISHED), NOW)
    (period,) = facts.reference.periods("AHECC", "03026200")
    assert (period.valid_from, period.valid_to) == (date(2002, 1, 1), date(2011, 12, 31))
