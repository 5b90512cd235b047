"""Status requests: their rules, and what is told to whom."""

from datetime import date

import pytest

from export_declarations import CLEAR, EDN, NOW, OTHER, OWNER, SITE, client, facts, request, stored
from openics.decision.outcome import Outcome
from openics.exports.enquire import decide_enquiry
from openics.exports.facts import ExportFacts
from openics.messages.exports.streq import StatusRequest
from openics.messages.exports.streqr import StatusRequestResponse
from openics.messages.response import ResponseEntry

ENQUIRY = StatusRequest(sender_reference="200401270016", version=1, function="13", authority_number=EDN)


def ask(document: StatusRequest = ENQUIRY, known: ExportFacts | None = None, owner: str = OWNER) -> Outcome:
    """Ask as a client; one clear declaration is known."""
    return decide_enquiry(request(document, 3, owner=owner), known or facts([stored()]), NOW)


def broken_rules(outcome: Outcome) -> list[str]:
    """The rules that are broken."""
    return [result.rule for result in outcome.results if result.broken]


def test_STREQ_01_any_registered_client_may_ask() -> None:
    known = facts([stored()], clients=[client(OTHER), client("80000000001", active=False)])
    assert broken_rules(ask(known=known, owner=OTHER)) == []
    assert broken_rules(ask(known=known, owner="61000000002")) == ["STREQ-01"]
    assert broken_rules(ask(known=known, owner="80000000001")) == ["STREQ-01"]


def test_STREQ_02_sender_reference_is_used_once() -> None:
    known = facts([stored()])
    first = ask(known=known)
    known.apply(request(ENQUIRY, 3), first)
    assert broken_rules(first) == []
    assert broken_rules(ask(known=known)) == ["STREQ-02"]
    assert broken_rules(ask(known=known, owner=OTHER)) == []
    assert broken_rules(ask(ENQUIRY.replace(sender_reference=None))) == ["STREQ-02"]


@pytest.mark.parametrize(("version", "expected"), [(1, []), (2, ["STREQ-03"]), (None, ["STREQ-03"])])
def test_STREQ_03_version_is_always_1(version: int | None, expected: list[str]) -> None:
    assert broken_rules(ask(ENQUIRY.replace(version=version))) == expected


def test_STREQ_04_function_is_13() -> None:
    assert broken_rules(ask()) == []
    assert broken_rules(ask(ENQUIRY.replace(function="9"))) == ["STREQ-04"]


def test_STREQ_05_a_number_is_given() -> None:
    assert broken_rules(ask()) == []
    assert broken_rules(ask(ENQUIRY.replace(authority_number=None))) == ["STREQ-05"]


def test_STREQ_06_the_number_was_issued_by_customs() -> None:
    outcome = ask(ENQUIRY.replace(authority_number="AAAAAAAT4"))
    answer = outcome.documents[0].document
    assert broken_rules(ask()) == []
    assert broken_rules(outcome) == ["STREQ-06"]
    assert (outcome.accepted, outcome.change) == (False, None)
    assert (answer.status_type, answer.authority_number, answer.error_count) == ("REJECTED", "AAAAAAAT4", 1)
    assert answer.entries[1].text == "CUSTOMS AUTHORITY NUMBER AAAAAAAT4 WAS NOT ISSUED BY CUSTOMS"


def test_a_party_learns_the_details_and_who_must_act() -> None:
    assert ask().documents[0].document == StatusRequestResponse(
        response_reference="0000 0000 0003",
        response_version=1,
        function="11",
        recipient_site=SITE,
        answered_message="STREQ",
        answered_function="13",
        authority_number=EDN,
        sender_reference="200401270016",
        sender_reference_version=1,
        responded_at=NOW,
        error_count=0,
        status_type="CLEAR",
        status_description="VALIDATED, AUTHORITY TO EXPORT GIVEN",
        intended_export_date=date(2026, 12, 1),
        port_of_loading="AUMEL",
        first_port_of_discharge="USLAX",
        destination_country="US",
        goods_owner=OWNER,
        entries=(
            ResponseEntry(
                severity="ADVICE",
                error="EX9490",
                text="WAITS FOR FORWARDER OR CARRIER: REPORT THE GOODS ON A SUB-MANIFEST OR MAIN MANIFEST",
            ),
        ),
    )


def test_anybody_else_learns_the_status_alone() -> None:
    answer = ask(owner=OTHER).documents[0].document
    assert (answer.status_type, answer.entries) == ("CLEAR", ())
    assert (answer.intended_export_date, answer.port_of_loading, answer.goods_owner) == (None, None, None)


def test_the_goods_owner_is_a_party_when_an_agent_reports() -> None:
    by_agent = stored(CLEAR.replace(goods_owner=OTHER))
    assert ask(known=facts([by_agent]), owner=OTHER).documents[0].document.goods_owner == OTHER


def test_only_status_requests_are_decided_here() -> None:
    with pytest.raises(TypeError, match=r"^a status request is decided here, not EXD$"):
        decide_enquiry(request(CLEAR), facts(), NOW)
