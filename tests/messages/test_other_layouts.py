"""Messages of software that chose otherwise where the published tables leave it open are read all the same."""

import pytest

from message_examples import example, example_bytes
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.messages.document import Document
from openics.messages.reading import read_carefully, read_message

Changes = tuple[tuple[str, str], ...]


def altered(room: str, name: str, changes: Changes) -> RawMessage:
    """The typical example with the first occurrence of some texts replaced."""
    text = example_bytes(room, name, "typical").decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (raw,) = read_interchange(text.encode()).messages
    return raw


def sound(raw: RawMessage) -> Document:
    """Its document; both ways of reading must find nothing wrong and the same document."""
    reading = read_message(raw)
    assert (reading.faults, reading.data_faults) == ((), ())
    assert reading.document is not None
    assert read_carefully(raw).document == reading.document
    return reading.document


@pytest.mark.parametrize(
    ("room", "name", "changes"),
    [
        pytest.param("voyages", "SEAIAR", (("LOC+153+", "LOC+12+"),), id="another code of a port of call"),
        pytest.param("voyages", "SEAIAR", (("NAD+TR+", "NAD+WH+"),), id="another code of who unloads"),
        pytest.param("voyages", "SEAIAR", (("LOC+125+", "LOC+5+"),), id="another code of the last port overseas"),
        pytest.param("voyages", "AIRAAR", (("LOC+60+", "LOC+11+"),), id="another code of the port of arrival"),
        pytest.param("voyages", "AIRAAR", (("RFF+ABP:", "RFF+ABN:"),), id="another code of the responsible party"),
        pytest.param("cargo", "PRODIS", (("LOC+11+FM27N::95", "LOC+4+FM27N"),), id="another code of the wharf"),
        pytest.param("cargo", "PRODIS", (("DTM+163:", "DTM+194:"), ("DTM+163:", "DTM+194:")), id="start of discharge"),
        pytest.param("cargo", "SEACR", (("NAD+UD+", "NAD+DT+"),), id="another code of the responsible party of a bill"),
        pytest.param("cargo", "AIRCR", (("CNI+1'", "CNI+2'"), ("GID+1'", "GID+2'")), id="counts of our own"),
        pytest.param("exports", "ESM", (("RFF+TN:", "RFF+ED:"),), id="the kind of a customs authority number"),
        pytest.param("exports", "DEPREL", (("RFF+TN:", "RFF+AIZ:"),), id="the kind of a number at a depot"),
        pytest.param("exports", "CTOREC", (("LOC+202+", "LOC+5+"),), id="another code of the terminal"),
    ],
)
def test_other_codes_are_accepted_in_place_of_those_chosen(room: str, name: str, changes: Changes) -> None:
    assert sound(altered(room, name, changes)) == example(room, name)


def test_each_line_may_stand_in_a_consignment_of_its_own() -> None:
    apart = (("RFF+AAQ:CSNU8356338'", "CNI+2'\nRFF+AAQ:CSNU8356338'"), ("UNT+18+", "UNT+19+"))
    assert sound(altered("cargo", "PRODIS", apart)) == example("cargo", "PRODIS")


def test_what_is_not_known_of_a_place_is_kept_with_its_code() -> None:
    (raw,) = read_interchange(example_bytes("exports", "ESM", "every-item")).messages
    assert sound(raw).to_json()["places"] == [{"kind": "9", "code": "AUSYD"}, {"kind": "8", "code": "NZAKL"}]


def test_values_of_lists_that_are_only_inferred_are_no_fault_of_syntax() -> None:
    restow = sound(altered("cargo", "PRODIS", (("GIS+Y:109:95", "GIS+R:109:95"),)))
    assert restow.to_json()["lines"][2]["restow"] == "R"
    unknown = sound(altered("cargo", "UBMREQ", (("++11++++", "++++++"),)))
    assert "transport_mode" not in unknown.to_json()
