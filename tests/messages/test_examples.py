"""Examples kept with the messages."""

import pytest

from openics.messages.document import Document
from openics.messages.examples import KINDS, examples_of
from openics.messages.exports.streq import StatusRequest
from openics.messages.registry import ALL


def test_the_usual_kinds_come_first() -> None:
    found = examples_of(StatusRequest)
    assert tuple(found)[:3] == KINDS
    assert found["smallest"].startswith(b"UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+")


def test_a_message_without_examples_has_none() -> None:
    class Nameless(Document):
        """A message of the clients room that nobody sends."""

        __module__ = "openics.messages.clients.nameless"

    assert examples_of(Nameless) == {}


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.name)
def test_an_example_stands_one_segment_to_a_line(document: type[Document]) -> None:
    for data in examples_of(document).values():
        assert data.endswith(b"'\n")
        assert data.count(b"\n") == data.count(b"'\n")
        assert data[:3] == (b"UNB" if document.guide.direction == "in" else data[:3])
