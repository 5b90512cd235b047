"""Items that must be there: which, on which transaction types, and where their absence is reported."""

from datetime import date, time

import pytest

from openics.decision.findings import Finding, Severity
from openics.decision.usage import ITEM_ERRORS, OWN_RULES, WITHDRAWALS, Extent, extent_of, missing_items, room_of
from openics.edifact.guide import Guide
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.document import Document, Part
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.fields import at, each, group
from openics.messages.registry import ALL, by_name
from openics.messages.voyages.depart import Departure


class Mark(Part):
    """A record inside a line."""

    text: str | None = at("PCI/4233", "Marks", use="M")
    note: str | None = at("PCI/8275", "Note")


class Line(Part):
    """A line with an action."""

    number: int | None = at("CNI/1490", "Line Number", use="M", required=True)
    action: str | None = at("CNI/C503.1004", "Line Action")
    quantity: int | None = at("QTY/C186.6060", "Quantity", use="M")
    marks: tuple[Mark, ...] = group("SG3", "Marks of Goods")


class Party(Part):
    """A record of the header."""

    name: str | None = at("NAD/C080.3036", "Party Name", use="M")


class Report(Document):
    """A made-up message of the cargo room."""

    __module__ = "openics.messages.cargo.report"
    guide = Guide(
        name="REPORT", type="CUSCAR", title="Report", direction="in", purpose="", source="", segments="UNH M1 UNT M1"
    )

    function: str | None = at("BGM/1225", "Transaction Type", use="M", required=True)
    vessel: str | None = at("TDT/C222.8213", "Vessel Id", use="M")
    remark: str | None = at("FTX/C108.4440", "Remark", use="O")
    ports: tuple[str, ...] = each("LOC/C517.3225", "Ports", use="M")
    parties: tuple[Party, ...] = group("SG1", "Parties")
    lines: tuple[Line, ...] = group("SG2", "Lines", use="M")


VESSEL, PORTS, LINES = "VESSEL ID", "PORTS", "LINES"


def missing(document: Document) -> list[tuple[int, str]]:
    return [(each.line, each.text.removesuffix(" MUST BE SUPPLIED")) for each in missing_items(document)]


def test_each_absent_item_is_an_error_of_the_rule_ITEM() -> None:
    assert missing_items(Report(function="9", ports=("AUSYD",), lines=(Line(number=7, marks=(Mark(note="x"),)),))) == [
        Finding(Severity.ERROR, "CG9000", "VESSEL ID MUST BE SUPPLIED", 0, "ITEM"),
        Finding(Severity.ERROR, "CG9000", "QUANTITY MUST BE SUPPLIED", 7, "ITEM"),
        Finding(Severity.ERROR, "CG9000", "MARKS MUST BE SUPPLIED", 7, "ITEM"),
    ]


def test_nothing_is_said_of_a_complete_document() -> None:
    lines = (Line(number=1, quantity=0, marks=(Mark(text="A"),)),)
    assert missing_items(Report(function="9", vessel="A", ports=("B",), parties=(Party(name="C"),), lines=lines)) == []


def test_a_record_of_the_header_is_reported_there() -> None:
    sent = Report(function="9", vessel="A", ports=("B",), parties=(Party(),), lines=(Line(number=1, quantity=1),))
    assert missing(sent) == [(0, "PARTY NAME")]


EMPTY_LINE = (Line(number=3),)


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("9", [(0, VESSEL), (0, PORTS), (3, "QUANTITY")]),
        ("5", [(0, VESSEL), (0, PORTS), (3, "QUANTITY")]),
        ("4", [(0, VESSEL), (0, PORTS), (3, "QUANTITY")]),
        ("20", [(0, VESSEL), (0, PORTS)]),
        ("21", [(3, "QUANTITY")]),
        ("50", []),
    ],
)
def test_what_is_asked_depends_on_the_transaction_type(function: str, expected: list[tuple[int, str]]) -> None:
    assert missing(Report(function=function, lines=EMPTY_LINE)) == expected


@pytest.mark.parametrize(("action", "expected"), [("I", [(3, "QUANTITY")]), ("A", [(3, "QUANTITY")]), ("D", [])])
def test_a_deleted_line_needs_no_items(action: str, expected: list[tuple[int, str]]) -> None:
    change = Report(function="4", vessel="A", ports=("B",), lines=(Line(number=3, action=action),))
    assert missing(change) == expected
    assert missing(change.replace(function="9")) == [(3, "QUANTITY")]


@pytest.mark.parametrize(("function", "expected"), [("9", [(0, LINES)]), ("4", []), ("20", []), ("21", [(0, LINES)])])
def test_lines_may_be_left_out_where_they_stay(function: str, expected: list[tuple[int, str]]) -> None:
    assert missing(Report(function=function, vessel="A", ports=("B",))) == expected


DEPARTURE = Departure(sender_reference="A", version=1, departure_date=date(2026, 11, 2), departure_time=time(9))


def test_X10_the_withdrawal_of_a_departure_repeats_its_data() -> None:
    expected = [(0, "DEPARTURE CTO ESTABLISHMENT ID"), (0, "DESTINATION PORT")]
    assert missing(DEPARTURE.replace(function="50")) == expected
    assert missing(DEPARTURE.replace(function="9")) == expected


def test_the_withdrawals_that_repeat_their_data() -> None:
    everything = {"DEPART": Extent.WHOLE, "DEPREL": Extent.WHOLE}
    assert everything | {"WARREL": Extent.HEADER, "WARRET": Extent.HEADER} == WITHDRAWALS
    assert extent_of(DEPARTURE.replace(function="50")) is Extent.WHOLE
    assert extent_of(Report(function="50")) is Extent.NOTHING


@pytest.mark.parametrize(
    "document", [ExportDeclaration(function="9"), ClientRegistration(), ExportDeclarationResponse()]
)
def test_messages_with_rules_of_their_own_and_answers_are_left_out(document: Document) -> None:
    assert missing_items(document) == []


def test_the_tables_name_messages_that_exist() -> None:
    assert [name for name in (*OWN_RULES, *WITHDRAWALS) if by_name(name) is None] == []


def test_every_room_with_messages_to_customs_has_an_error_id() -> None:
    assert {room_of(each) for each in ALL if each.guide.direction == "in"} == set(ITEM_ERRORS)
