"""The example interchanges: read, and written again byte for byte."""

import json
from pathlib import Path

import pytest

from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.canonical import canonical_reader
from openics.messages.interchange import from_json, to_json
from openics.messages.reading import read_carefully, read_message
from openics.messages.registry import ALL, by_name
from openics.messages.writing import write_message

KNOWN = {
    "exd": "EXD",
    "streq": "STREQ",
    "clreg": "CLREG",
    "contrl_accepted": "CONTRL",
    "contrl_rejected": "CONTRL",
    "clregr_accepted": "CLREGR",
    "clntdup": "CLNTDUP",
    "erm": "ERM",
    "atd": "ATD",
    "imdr": "IMDR",
    "imdr_accepted": "IMDR",
    "refacc": "REFACC",
}
NOT_YET = {"ubmreqr": "UBMREQR"}


@pytest.mark.parametrize(("file", "name"), KNOWN.items())
def test_a_sample_is_written_again_byte_for_byte(corpus: Path, file: str, name: str) -> None:
    data = (corpus / f"{file}.edi").read_bytes()
    interchange = read_interchange(data)
    (raw,) = interchange.messages
    reading = read_message(raw)
    assert (reading.name, reading.faults, reading.data_faults) == (name, (), ())
    assert reading.document is not None
    assert interchange.header is not None
    segments = write_message(reading.document, raw.reference)
    assert write_interchange(interchange.header, [segments], una=interchange.una, newline=interchange.newline) == data


@pytest.mark.parametrize("file", [*KNOWN, *NOT_YET])
def test_a_sample_goes_through_json_byte_for_byte(corpus: Path, file: str) -> None:
    data = (corpus / f"{file}.edi").read_bytes()
    assert from_json(json.loads(json.dumps(to_json(data)))) == data


@pytest.mark.parametrize(("file", "name"), KNOWN.items())
def test_a_sample_is_canonical_and_read_alike_both_ways(corpus: Path, file: str, name: str) -> None:
    (raw,) = read_interchange((corpus / f"{file}.edi").read_bytes()).messages
    kind = by_name(name)
    assert kind is not None
    document = canonical_reader(kind)("'".join([*raw.segments, ""]))
    assert document is not None
    assert document == read_carefully(raw).document


@pytest.mark.parametrize(("file", "name"), NOT_YET.items())
def test_a_message_not_known_yet_is_named(corpus: Path, file: str, name: str) -> None:
    (raw,) = read_interchange((corpus / f"{file}.edi").read_bytes()).messages
    reading = read_message(raw)
    assert (reading.name, reading.document) == (name, None)
    (fault,) = reading.faults
    assert (fault.text, fault.code) == (f"message not known: {name} as CUSRES", 14)
    assert (fault.tag, fault.segment, fault.element, fault.component, fault.found) == ("BGM", 2, 2, 4, name)


def test_every_message_has_a_sample_or_answers_one() -> None:
    assert {kind.name for kind in ALL} == set(KNOWN.values()) | {"EXDR", "STREQR"}
