"""The example interchanges: read, and written again byte for byte."""

import json
from pathlib import Path

import pytest

from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.canonical import canonical_reader
from openics.messages.interchange import from_json, to_json
from openics.messages.reading import read_carefully, read_message
from openics.messages.registry import by_name
from openics.messages.writing import write_message

INTERCHANGES = {
    "atd": "ATD",
    "carst": "CARST",
    "clntdup": "CLNTDUP",
    "clreg": "CLREG",
    "clregr_accepted": "CLREGR",
    "contrl_accepted": "CONTRL",
    "contrl_rejected": "CONTRL",
    "erm": "ERM",
    "exd": "EXD",
    "imdr": "IMDR",
    "imdr_accepted": "IMDR",
    "refacc": "REFACC",
    "streq": "STREQ",
    "ubmreqr": "UBMREQR",
}
MESSAGES = {
    "atd_sea_message": "ATD",
    "imdr_rejected_message": "IMDR",
    "payrec_505_message": "PAYREC",
    "payrec_message": "PAYREC",
    "refacc_message": "REFACC",
    "sac_message": "SAC",
    "sam_message": "SAM",
    "ubmreqe_message": "UBMREQE",
}
"""Messages without an interchange around them."""
KNOWN = {**INTERCHANGES, **MESSAGES}


def raw_of(corpus: Path, file: str) -> RawMessage:
    """The message of a sample."""
    data = (corpus / f"{file}.edi").read_bytes()
    enveloped = data if file in INTERCHANGES else b"UNB+UNOC:3+X+X+000101:0000+1'\n" + data + b"UNZ+1+1'"
    (raw,) = read_interchange(enveloped).messages
    return raw


def test_every_sample_is_looked_at(corpus: Path) -> None:
    assert {path.stem for path in corpus.glob("*.edi")} == KNOWN.keys()


@pytest.mark.parametrize(("file", "name"), KNOWN.items())
def test_a_message_is_written_again_segment_by_segment(corpus: Path, file: str, name: str) -> None:
    raw = raw_of(corpus, file)
    reading = read_message(raw)
    assert (reading.name, reading.faults, reading.data_faults) == (name, (), ())
    assert reading.document is not None
    assert write_message(reading.document, raw.reference) == list(raw.segments)


@pytest.mark.parametrize("file", INTERCHANGES)
def test_an_interchange_is_written_again_byte_for_byte(corpus: Path, file: str) -> None:
    data = (corpus / f"{file}.edi").read_bytes()
    interchange = read_interchange(data)
    (raw,) = interchange.messages
    document = read_message(raw).document
    assert document is not None
    assert interchange.header is not None
    segments = write_message(document, raw.reference)
    assert write_interchange(interchange.header, [segments], una=interchange.una, newline=interchange.newline) == data


@pytest.mark.parametrize("file", KNOWN)
def test_a_sample_goes_through_json_byte_for_byte(corpus: Path, file: str) -> None:
    data = (corpus / f"{file}.edi").read_bytes()
    form = json.loads(json.dumps(to_json(data)))
    assert all("document" in message for message in form["messages"])
    assert from_json(form) == data


@pytest.mark.parametrize(("file", "name"), KNOWN.items())
def test_a_sample_is_canonical_and_read_alike_both_ways(corpus: Path, file: str, name: str) -> None:
    raw = raw_of(corpus, file)
    kind = by_name(name)
    assert kind is not None
    document = canonical_reader(kind)("'".join([*raw.segments, ""]))
    assert document is not None
    assert document == read_carefully(raw).document


def test_a_message_that_is_not_known_is_named(corpus: Path) -> None:
    data = (corpus / "atd.edi").read_bytes().replace(b":::ATD+", b":::NOPE+")
    (raw,) = read_interchange(data).messages
    reading = read_message(raw)
    assert (reading.name, reading.document) == ("NOPE", None)
    (fault,) = reading.faults
    assert (fault.text, fault.code) == ("message not known: NOPE as CUSRES", 14)
    assert (fault.tag, fault.segment, fault.element, fault.component, fault.found) == ("BGM", 2, 2, 4, "NOPE")
