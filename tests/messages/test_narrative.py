"""Interchanges in plain words."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.messages.binding import bind
from openics.messages.clients.clntdup import ClientDuplicates
from openics.messages.diagnostics import check
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.narrative import Manner, Told, day, in_words, narrate

CORPUS = Path(__file__).parents[1] / "corpus"
SAMPLES = {path.stem: path.read_bytes() for path in sorted(CORPUS.glob("*.edi"))}


def told(data: bytes) -> list[Told]:
    return list(narrate(check(data)))


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_segment_between_header_and_trailer_is_told(sample: str) -> None:
    checked = check(SAMPLES[sample])
    segments = [entry.tag for message in checked.messages for entry in message.outline.entries]
    tags = [line.tag for line in narrate(checked) if line.tag]
    assert tags == [tag for tag in segments if tag not in {"UNH", "UNT"}]


def test_records_in_records_are_indented() -> None:
    text = SAMPLES["clntdup"]
    lines = told(text)
    headings = [(line.text, line.depth) for line in lines if line.manner is Manner.RECORD]
    assert headings[0] == ("Match 1", 0)
    assert {line.depth for line in lines if line.label == "Street Address"} == {1}
    assert ("matches",) in check(text).messages[0].outline.labels
    assert check(text).messages[0].outline.document is ClientDuplicates


def test_the_owner_of_the_messages_is_told_when_another_site_built_the_interchange() -> None:
    data = SAMPLES["exd"].replace(b"AAA676Y::AAA676Y", b"AAA676Y::AAR399A").replace(b"++++1++1'", b"'")
    assert [line.text for line in told(data)[:3]] == [
        "Interchange 200401270001 from AAA676Y, for AAR399A to AAA336C",
        "Prepared 27 January 2004, 07:30 by the sender's clock.",
        "No receipt is asked for. It is not a test.",
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("goods_type", "OT", "OT (general consigned cargo)"),
        ("goods_type", "XX", "XX"),
        ("intended_export_date", "20261102", "2 November 2026"),
        ("intended_export_date", "20261302", "20261302"),
        ("total_fob_value", "1234567.5", "1,234,567.5"),
        ("total_packages", "25", "25"),
        ("consignee_name", "1,5", "1,5"),
    ],
)
def test_values_in_words(name: str, text: str, expected: str) -> None:
    slot = next(slot for slot in bind(ExportDeclaration).scope.slots if slot.field.name == name)
    assert in_words(slot, text) == expected


def test_a_date_is_written_out() -> None:
    assert day(date(2026, 3, 1)) == "1 March 2026"
    assert day(datetime(2026, 12, 31, tzinfo=UTC)) == "31 December 2026"


@given(
    sample=st.sampled_from(sorted(SAMPLES)),
    at=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 30),
    put=st.binary(max_size=6) | st.sampled_from([b"'", b"+", b":", b"?", b"UNS+S'", b"LIN+1'"]),
)
def test_whatever_is_wrong_it_is_told(sample: str, at: float, length: int, put: bytes) -> None:
    data = SAMPLES[sample]
    start = int(at * len(data))
    checked = check(data[:start] + put + data[start + length :])
    faults = [line for line in narrate(checked) if line.manner is Manner.FAULT]
    assert len(faults) == len(list(checked.problems()))
