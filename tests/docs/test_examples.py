"""The example answers in the docs are what this system answers."""

from pathlib import Path

import pytest

from export_declarations import CLEAR, EDN, NOW, SITE, decide, facts, request, stored
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.exchange.policy import Policy
from openics.exchange.rendering import Answer, render
from openics.exports.enquire import decide_enquiry
from openics.messages.document import Document
from openics.messages.exports.streq import StatusRequest

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
ENQUIRY = StatusRequest(sender_reference="200401270016", version=1, function="13", authority_number=EDN)


def interchange(document: Document, number: int) -> bytes:
    """What customs sends, one segment a line."""
    content = render(Answer(SITE, document, None, wants_receipt=True), number, NOW, Policy())
    read = read_interchange(content)
    assert read.header is not None
    return write_interchange(read.header, [message.segments for message in read.messages], newline="\n")


def answers() -> dict[str, bytes]:
    """The examples by file name."""
    lodged = decide(CLEAR, number=0).documents[0].document
    told = decide_enquiry(request(ENQUIRY, 1), facts([stored()]), NOW).documents[0].document
    return {"exdr.edi": interchange(lodged, 2), "streqr.edi": interchange(told, 3)}


@pytest.mark.parametrize("name", ["exdr.edi", "streqr.edi"])
def test_an_example_answer_is_what_this_system_answers(name: str) -> None:
    assert (EXAMPLES / name).read_bytes() == answers()[name]
