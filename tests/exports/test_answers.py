"""Answers as they go out: written and read again."""

import pytest

from client_registrations import BY_ABN, SUPPLIER, WITH_ADDRESS, registered
from client_registrations import decide as decide_client
from client_registrations import facts as register_facts
from export_declarations import CLEAR, EDN, NOW, OTHER, PUBLISHED, amendment, decide, facts, lines, request, stored
from openics.decision.outcome import Addressed
from openics.edifact.raw import RawMessage
from openics.exports.enquire import decide_enquiry
from openics.messages.exports.streq import StatusRequest
from openics.messages.reading import read_message
from openics.messages.writing import write_message

ENQUIRY = StatusRequest(sender_reference="ASK1", version=1, function="13", authority_number=EDN)
KNOWN = facts([stored()])
OUTCOMES = {
    "cleared": decide(CLEAR),
    "rejected": decide(PUBLISHED),
    "in error": decide(CLEAR.replace(lines=lines({"ahecc": "93033000", "net_quantity_unit": "NO", "permits": ()}))),
    "full of errors": decide(CLEAR.replace(lines=lines(*[{"description": None}] * 999))),
    "withdrawn": decide(amendment("50"), KNOWN),
    "amendment rejected": decide(amendment(version=1), KNOWN),
    "status for a party": decide_enquiry(request(ENQUIRY), KNOWN, NOW),
    "status for another": decide_enquiry(request(ENQUIRY, owner=OTHER), KNOWN, NOW),
    "status refused": decide_enquiry(request(ENQUIRY.replace(authority_number="AAAAAAAT4")), KNOWN, NOW),
    "client by ABN": decide_client(BY_ABN),
    "client by name": decide_client(SUPPLIER),
    "client rejected": decide_client(WITH_ADDRESS),
    "client duplicate": decide_client(SUPPLIER, register_facts(registered(SUPPLIER, "AAA3436797Y"))),
}
ANSWERS = [
    pytest.param(answer, id=f"{name}: {answer.document.name}")
    for name, outcome in OUTCOMES.items()
    for answer in outcome.documents
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_written_by_its_guide_and_read_as_it_was(answer: Addressed) -> None:
    reading = read_message(RawMessage(write_message(answer.document, "000001")))
    assert (reading.faults, reading.data_faults) == ((), ())
    assert reading.document == answer.document
