"""What must hold for every message, whatever is in it."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.schema_check import violations
from messages.strategies import documents
from openics.edifact.raw import RawMessage
from openics.edifact.separators import Separators
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.reading import read_carefully, read_message
from openics.messages.registry import ALL
from openics.messages.writing import write_message

EVERY = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
STRANGE = Separators(component="|", element="*", decimal=",", release="\\", terminator="~")


def as_text(segments: list[str]) -> str:
    return "'".join([*segments, ""])


@EVERY
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_again(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    reading = read_message(RawMessage(write_message(document, "1")))
    assert (reading.faults, reading.data_faults) == ((), ())
    assert reading.document == document


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_the_careful_way_reads_the_same(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    raw = RawMessage(write_message(document, "1"))
    assert read_carefully(raw) == read_message(raw)


@EVERY
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_segments_in_any_order_are_read_the_same_both_ways(kind: type[Document], data: st.DataObject) -> None:
    header, opening, *inner, trailer = write_message(data.draw(documents(kind)), "1")
    raw = RawMessage([header, opening, *data.draw(st.permutations(inner)), trailer])
    assert read_message(raw) == read_carefully(raw)


def test_sections_in_the_wrong_order_are_not_put_right() -> None:
    header, opening, detail, summary, trailer = write_message(
        ExportDeclaration(sender_reference="0", version=0, function="9"), "1"
    )
    raw = RawMessage([header, opening, summary, detail, trailer])
    assert read_message(raw) == read_carefully(raw)
    assert [fault.tag for fault in read_message(raw).faults] == ["UNS", "UNS"]


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_other_service_characters_carry_the_same(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    raw = RawMessage(write_message(document, "1", STRANGE), separators=STRANGE)
    assert read_message(raw).document == document


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_json_carries_the_same(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    assert kind.from_json(json.loads(json.dumps(document.to_json()))) == document


@EVERY
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_json_keeps_to_its_schema(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    schema = kind.json_schema()
    assert violations(document.to_json(), schema, schema) == []


def changed(draw: Any, text: str) -> str:
    """The text with a few characters taken out, put in, or moved."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        until = draw(st.integers(at, min(len(text), at + 12)))
        put = draw(
            st.sampled_from(["", "'", "+", ":", "?", "9", "X", ".", "''", "LOC+9+", "CST+1'", text[at:until] * 2])
        )
        text = text[:at] + put + text[until:]
    return text


@EVERY
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_message_is_read_the_same_both_ways(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    text = changed(data.draw, as_text(write_message(document, "1")))
    raw = RawMessage(text=text)
    careful = read_carefully(raw)
    assert read_message(raw) == careful
    assert all(0 <= fault.offset <= len(text) for fault in (*careful.faults, *careful.data_faults))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="UNHTBGM+:'?EXD1LOC9CST \n.,-é"))
def test_any_text_is_read_without_raising(text: str) -> None:
    reading = read_message(RawMessage(text=text))
    assert reading.document is None
    assert reading.faults != ()
