"""Every example of exports, clients and gateway is written again byte for byte."""

import pytest

from message_examples import example_bytes, examples
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages import clients, exports, gateway
from openics.messages.writing import write_message

KINDS = {
    "in": ("smallest", "typical", "every-item"),
    "out": ("typical", "every-item"),
    "both": ("smallest", "typical", "every-item"),
}
EXAMPLES = [
    (room.__name__.rpartition(".")[2], each.name, kind)
    for room in (exports, clients, gateway)
    for each in room.MESSAGES
    for kind in KINDS[each.guide.direction]
]


@pytest.mark.parametrize(("room", "name", "kind"), EXAMPLES)
def test_an_example_is_written_again_byte_for_byte(room: str, name: str, kind: str) -> None:
    data = example_bytes(room, name, kind)
    interchange = read_interchange(data)
    assert interchange.header is not None
    written = [
        write_message(document, raw.reference)
        for document, raw in zip(examples(room, name, kind), interchange.messages, strict=True)
    ]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data


def test_control_references_differ() -> None:
    headers = [read_interchange(example_bytes(*each)).header for each in EXAMPLES]
    references = [header.control_reference for header in headers if header]
    assert len(set(references)) == len(EXAMPLES)
