"""The third layer: what a document alone shows to be wrong, and the response that it makes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.strategies import documents
from openics.decision.findings import Finding, Severity
from openics.decision.rule import Rule
from openics.exchange.diagnosis import diagnose, read_by
from openics.exchange.document_rules import RULES, answer_of, findings_of, rejection
from openics.messages.clients.clreg import Address, ClientRegistration
from openics.messages.clients.clregr import ClientRegistrationResponse
from openics.messages.diagnostics import Layer
from openics.messages.document import Part
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.fields import Kind
from openics.messages.registry import ALL, by_name
from openics.messages.response import ResponseEntry
from openics.messages.voyages.airiarr import AirImpendingArrivalResponse
from openics.messages.voyages.depart import Departure

NOW = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)
REGISTRATION = ClientRegistration(
    sender_reference="A1", version=1, function="9", abn="51824753556", roles=("IMPORTER",)
)


def by_id(findings: list[Finding]) -> list[tuple[str | None, int]]:
    return [(each.rule, each.line) for each in findings]


def test_a_sound_document_has_no_findings() -> None:
    assert findings_of(REGISTRATION) == []


def test_the_rules_of_the_room_are_asked() -> None:
    assert findings_of(REGISTRATION.replace(abn="51824753557")) == [
        Finding(
            Severity.ERROR,
            "CL9005",
            "ABN 51824753557 IS NOT VALID: 11 DIGITS WHOSE CHECK MUST HOLD",
            rule="CLREG-07",
        )
    ]


def test_clean_up_comes_first() -> None:
    blank = REGISTRATION.replace(abn=None, client_name="  ")
    assert ("CLREG-05", 0) in by_id(findings_of(blank))
    street = Address(kind="BA", street="\x01 ")
    assert by_id(findings_of(REGISTRATION.replace(client_activity_centre="001", addresses=(street,)))) == []


def test_missing_items_come_before_the_rules() -> None:
    departure = Departure(sender_reference="A", version=1, function="9", destination_port=" ")
    found = findings_of(departure)
    labels = ["DATE OF DEPARTURE", "TIME OF DEPARTURE", "DEPARTURE CTO ESTABLISHMENT ID", "DESTINATION PORT"]
    assert [each.text for each in found[:4]] == [f"{label} MUST BE SUPPLIED" for label in labels]
    assert [each.rule for each in found].index("ITEM") == 0
    assert "ITEM" not in [each.rule for each in found[4:]]


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_here_needs_no_facts_and_has_an_id_of_its_own(name: str) -> None:
    assert by_name(name) is not None
    assert [rule.id for rule in RULES[name] if rule.needs_facts] == []
    assert len({rule.id for rule in RULES[name]}) == len(RULES[name])


def test_answers_are_named_after_the_message() -> None:
    assert answer_of(ClientRegistration) is ClientRegistrationResponse
    named = {each.name: (answer_of(each) or each).name for each in ALL if answer_of(each)}
    assert {name for name, answer in named.items() if answer != f"{name}R"} <= {"UBMREQ"}
    assert [name for name, answer in named.items() if by_name(answer) is None] == []


WITHDRAWAL = ExportDeclaration(sender_reference="A1", version=2, function="50", declaration_number="AAAAAAAT4")


def test_rules_on_all_data_wait_for_what_is_stored() -> None:
    assert findings_of(WITHDRAWAL) == []
    assert findings_of(WITHDRAWAL.replace(function="4")) == []
    assert "EXD-H-17" in {each.rule for each in findings_of(WITHDRAWAL.replace(function="9"))}
    assert by_id(findings_of(WITHDRAWAL.replace(version=0))) == [("X03", 0)]


def test_the_response_lists_the_findings() -> None:
    document = REGISTRATION.replace(abn="51824753557")
    found = findings_of(document)
    assert rejection(
        document, found, reference="AAAA BBBB CCCC", site="AAA676Y", now=NOW
    ) == ClientRegistrationResponse(
        response_reference="AAAA BBBB CCCC",
        response_version=1,
        function="11",
        recipient_site="AAA676Y",
        answered_message="CLREG",
        answered_function="9",
        sender_reference="A1",
        sender_reference_version=1,
        responded_at=NOW,
        entries=(
            ResponseEntry(severity="ADVICE", error="MS5201", text="THIS TRANSACTION WAS REJECTED"),
            ResponseEntry(severity="ERROR", error="CL9005", text=found[0].text),
        ),
        error_count=1,
    )


def respond(findings: list[Finding]) -> tuple[ResponseEntry, ...]:
    response = rejection(REGISTRATION, findings, reference="A", site="AAA676Y", now=NOW)
    assert isinstance(response, ClientRegistrationResponse)
    return response.entries


def test_fifty_findings_go_out_errors_first_and_the_outcome_before_them() -> None:
    advices = [Finding(Severity.ADVICE, "CL1", "A", line) for line in range(40)]
    errors = [Finding(Severity.ERROR, "CL2", "E", line) for line in range(45)]
    listed = respond(advices + errors)
    assert len(listed) == 51
    assert [each.error for each in listed] == ["MS5201", *["CL2"] * 45, *["CL1"] * 5]


def test_advices_alone_accept() -> None:
    assert [each.error for each in respond([Finding(Severity.ADVICE, "CL1", "A")])] == ["MS5202", "CL1"]


def test_there_is_no_response_without_findings_or_without_a_message_for_it() -> None:
    error = Finding(Severity.ERROR, "X", "X")
    assert rejection(REGISTRATION, [], reference="A", site="AAA676Y", now=NOW) is None
    response = AirImpendingArrivalResponse(response_reference="A")
    assert rejection(response, [error], reference="A", site="AAA676Y", now=NOW) is None


def test_a_finding_is_shown_with_the_items_that_its_rule_reads(corpus: Path) -> None:
    data = (corpus / "clreg.edi").read_bytes()
    checked, problems = diagnose(data)
    assert (checked.faults, checked.data_faults) == ((), ())
    problem = next(each for each in problems if each.code == "CL0422")
    street = data.index(b"EXAMPLETOWN")
    assert (problem.layer, problem.place, problem.line) == (Layer.DOCUMENT, "message 1, L0 (header)", 0)
    assert (problem.segments, problem.offsets) == ((3, 11), (data.index(b"51824753556"), street))
    assert (problem.item, problem.found) == ("ABN, City", "51824753556, EXAMPLETOWN")
    assert problem.path == "SG1 / RFF+ABN / C506.1154, SG7 / SG8 / SG14 / FTX+CAT+BA / C108.4440#3"
    assert (problem.page, problem.pages) == ("errors/CL0422", ("messages/CLREG",))


def test_a_message_that_fails_an_earlier_layer_is_not_judged_by_rules(corpus: Path) -> None:
    data = (corpus / "clreg.edi").read_bytes()
    short = data.replace(b"RFF+ABN:51824753556", b"RFF+ABN:5182475355")
    wrong = data.replace(b"GID+1", b"GID+2")
    assert [each.layer for each in diagnose(short)[1]] == [Layer.DICTIONARY]
    assert [each.layer for each in diagnose(wrong)[1]] == [Layer.SYNTAX]


def test_a_missing_item_is_named_and_shown_where_its_line_begins() -> None:
    data = (
        b"UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+261102:0900+1++++1++1'UNH+1+CUSREP:D:99B:UN'"
        b"BGM+124:::DEPART+REF1:1+9'UNT+3+1'UNZ+1+1'"
    )
    found = diagnose(data)[1]
    item = next(each for each in found if each.item == "Date of Departure")
    assert (item.rule, item.offset, item.path, item.segments) == (
        "ITEM",
        data.index(b"BGM"),
        "DTM+136+102 / C507.2380",
        (2,),
    )


def test_an_absent_item_that_a_rule_asks_for_is_named(corpus: Path) -> None:
    (problem,) = diagnose((corpus / "exd.edi").read_bytes())[1]
    assert (problem.item, problem.found, problem.expected) == ("Prescribed Goods Indicator", "", "Y (yes), N (no)")
    assert (problem.path, problem.pages) == ("GIS+109 / C529.7365", ("messages/EXD", "codes/Indicator"))


def test_the_items_that_a_rule_reads_are_found_in_its_helpers_too() -> None:
    rules: dict[str, Rule] = {rule.id: rule for rule in RULES["CLREG"]}
    assert {"abn", "city"} <= read_by(rules["CL0422"])
    assert "client_kind" in read_by(rules["CL0420"])
    assert "abn" not in read_by(rules["CLREG-03"])


@pytest.mark.parametrize("name", sorted(RULES))
@settings(max_examples=10)
@given(data=st.data())
def test_any_document_can_be_judged(name: str, data: st.DataObject) -> None:
    kind = by_name(name)
    assert kind is not None
    document = data.draw(documents(kind))
    found = findings_of(document)
    assert {each.line for each in found} <= {*range(100)} | numbers(document)
    assert [each for each in found if not (each.error and each.rule and each.text)] == []


def numbers(part: Part) -> set[int]:
    """The numbers that the records of a document report."""
    own = {part.number} if isinstance(getattr(part, "number", None), int) else set()
    return own.union(*(numbers(each) for field, value in part.present() if field.kind is Kind.PART for each in value))
