"""Whole interchanges as JSON."""

from pathlib import Path
from typing import Any

import pytest

from openics.edifact.writer import UnwritableError
from openics.messages.interchange import NotAnInterchangeError, from_json, to_json
from openics.messages.json_form import JsonFormError

HEADER = {
    "sender": "AAA676Y",
    "owner": "AAA676Y",
    "recipient": "AAA336C",
    "date": "040127",
    "time": "1200",
    "control_reference": "1",
    "test": True,
}
REQUEST = {
    "message": "STREQ",
    "reference": "1",
    "document": {"sender_reference": "R1", "version": 1, "function": "13", "authority_number": "AAAAAAAT4"},
}
DATA = (
    b"UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+040127:1200+1++++++1'"
    b"UNH+1+GENRAL:D:99B:UN'BGM+23:::STREQ+R1:1+13'RFF+TN:AAAAAAAT4'UNT+4+1'UNZ+1+1'"
)


def test_an_interchange_has_header_and_messages() -> None:
    assert to_json(DATA) == {"una": False, "newline": "", "header": HEADER, "messages": [REQUEST]}
    assert from_json(to_json(DATA)) == DATA


def test_service_characters_are_kept() -> None:
    strange = b"UNA|*,\\ ~" + DATA.translate(bytes.maketrans(b":+'", b"|*~"))
    form = to_json(strange)
    assert form["separators"]["element"] == "*"
    assert from_json(form) == strange


def test_a_message_with_faults_keeps_its_segments() -> None:
    broken = DATA.replace(b"RFF+TN:", b"RFF+XX:")
    (message,) = to_json(broken)["messages"]
    assert message["faults"] == ["message 1, segment 3 (RFF), element 2, component 1: RFF with 'XX' is not used here"]
    assert message["segments"][2] == "RFF+XX:AAAAAAAT4"
    assert "document" not in message
    assert from_json(to_json(broken)) == broken


def test_data_faults_keep_the_segments_too() -> None:
    short = DATA.replace(b"AAAAAAAT4", b"AAAA")
    (message,) = to_json(short)["messages"]
    assert message["segments"][2] == "RFF+TN:AAAA"
    assert from_json(to_json(short)) == short


def test_faults_of_the_interchange_are_told() -> None:
    assert to_json(DATA.replace(b"UNZ+1", b"UNZ+3"))["faults"] == ["UNZ counts 3 messages; there are 1"]


def test_what_is_no_interchange_is_refused() -> None:
    with pytest.raises(NotAnInterchangeError, match=r"^this is not an interchange: "):
        to_json(b"hello")


def test_a_reference_is_given_where_there_is_none() -> None:
    message = {key: value for key, value in REQUEST.items() if key != "reference"}
    assert from_json({"una": False, "header": HEADER, "messages": [message]}) == DATA


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ([], "an interchange is an object with a header, itself an object, or null for messages alone"),
        ({"messages": []}, "an interchange is an object with a header, itself an object, or null for messages alone"),
        ({"header": {**HEADER, "colour": "red"}}, "header has no field colour"),
        ({"header": {**HEADER, "test": "1"}}, "header.test must be true or false"),
        ({"header": {**HEADER, "date": 1}}, "header.date must be text"),
        ({"header": HEADER, "messages": {}}, "messages must be a list"),
        ({"header": HEADER, "messages": [1]}, "messages[0] must be an object"),
        (
            {"header": HEADER, "messages": [{"message": "XYZ"}]},
            "messages[0].message is 'XYZ'; no such message is known",
        ),
        ({"header": HEADER, "messages": [{**REQUEST, "reference": 1}]}, "messages[0].reference must be text"),
        ({"header": HEADER, "messages": [{"segments": "UNH"}]}, "messages[0].segments must be a list of texts"),
        (
            {"header": HEADER, "messages": [{**REQUEST, "document": {"x": 1}}]},
            "messages[0].document has no field x",
        ),
    ],
)
def test_a_form_that_does_not_fit_is_refused(form: Any, words: str) -> None:
    with pytest.raises(JsonFormError) as caught:
        from_json(form)
    assert str(caught.value) == words


def test_a_header_that_is_not_complete_is_refused() -> None:
    with pytest.raises(JsonFormError, match=r"^header is not complete: .*'recipient'"):
        from_json({"header": {key: value for key, value in HEADER.items() if key != "recipient"}})


def test_a_document_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(UnwritableError, match=r"^StatusRequest has no sender_reference; its message must have one$"):
        from_json({"header": HEADER, "messages": [{"message": "STREQ", "document": {}}]})


@pytest.mark.parametrize("newline", ["", "\n", "\r\n"])
def test_messages_that_stand_alone_have_no_header(newline: str) -> None:
    alone = DATA.partition(b"'")[2].partition(b"UNZ")[0].replace(b"'", b"'" + newline.encode())
    form = to_json(alone)
    assert form == {"una": False, "newline": newline, "header": None, "messages": [REQUEST]}
    assert from_json(form) == alone


def test_every_sample_comes_back_byte_for_byte(corpus: Path) -> None:
    samples = sorted(corpus.glob("*.edi"))
    assert len(samples) >= 13
    for sample in samples:
        assert from_json(to_json(sample.read_bytes())) == sample.read_bytes(), sample.name
