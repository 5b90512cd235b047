"""What broker software writes is read: every item that is seen, in any order, and what is only inferred refuses nothing."""

from typing import Any

import pytest

from document_verdicts import findings
from message_examples import example
from openics.edifact.raw import RawMessage
from openics.messages.document import Document
from openics.messages.reading import read_message
from openics.messages.writing import write_message

WRITTEN = """\
BGM+929:::SAC+TEST0001:1+4
LOC+8+AUSYD::6
LOC+12+AUSYD::6
LOC+27+NZ::5
DTM+178:20240301:102
DTM+260:20240220:102
GIS+Y:153:95
GIS+EPA:109:95
GIS+EFD:109:95
GIS+POR:109:95
FII+COQ+000000001:EXAMPLE:OWNER+:::999999::215
FTX+AAA+++BOOKS
FTX+DEL+++EXAMPLE OWNER
FTX+ACD+++LQ0001:Y:REASON
FTX+ACD+++LQ0002:N
RFF+AAQ:CSQU3054383
RFF+ABQ:OWNREF001
RFF+ABT:AZZZZZ001
RFF+ADU:B90000001
RFF+AMG:LD0001
RFF+ANU:B
RFF+BH:HOUSE1
RFF+HWB:HAWB0001
RFF+MB:OCEAN1
RFF+MWB:08100000001
RFF+CNR:CONSIGNMENT1
PAC+++LCL:67:95
TDT+20+111S+S+++++9290452::11
NAD+DP++DELIVERY LINE 1:LINE 2++1 TEST STREET:REAR:LEVEL 2:EAST++:::NSW+2000+AU
NAD+AT+51824753556::95
NAD+WP+001::95
NAD+IM+AAA3436797Y::95+EXAMPLE OWNER:PTY LTD++1 TEST STREET:REAR:LEVEL 2:EAST+SYDNEY+:::NSW+2000+AU
NAD+VT+ZZ11TT::95
NAD+SU+AAA3436797Y::95++EXAMPLE SUPPLIER:LTD
CTA+IC
COM+0290000000:TE
MOA+40:500.00:AUD
MOA+68:50.00:AUD
UNS+D
CST+1+I::95
FTX+AAA+++BOOKS
MEA+AAA++NO:10
MEA+AAA++KG:2.5
MOA+40:500.00:AUD
RFF+ABD:49019900
RFF+AED:03
RFF+ABE:11
RFF+ASA:FOOD
RFF+DA:WE1
GIS+WET:109:95
UNS+S
""".splitlines()
"""Every item of the self-assessed clearances seen, in the order of the list."""


def message(kind: str, segments: list[str]) -> RawMessage:
    return RawMessage([f"UNH+1+{kind}:D:99B:UN", *segments, f"UNT+{len(segments) + 2}+1"])


def read(raw: RawMessage) -> Any:
    reading = read_message(raw)
    assert (reading.faults, reading.data_faults) == ((), ())
    return reading.document


def changed(document: Document, old: str, new: str) -> Any:
    """The document read from its message with one segment, or the end of one, written otherwise."""
    segments = [each.replace(old, new) for each in write_message(document, "1")]
    assert segments != write_message(document, "1")
    return read(RawMessage(segments))


def test_every_item_of_a_clearance_is_read() -> None:
    document = read(message("CUSDEC", WRITTEN))
    assert (document.importer_street, document.importer_street_1b) == ("1 TEST STREET", "REAR")
    assert (document.importer_street_2, document.importer_street_2b) == ("LEVEL 2", "EAST")
    assert (document.supplier_name, document.supplier_name_2) == ("EXAMPLE SUPPLIER", "LTD")
    assert (document.contact_id, document.contact_name, document.contact_phone) == (None, None, "0290000000")
    assert document.indicators == ("EPA", "EFD", "POR")
    (line,) = document.lines
    assert [each.to_json() for each in line.quantities] == [
        {"unit": "NO", "amount": "10"},
        {"unit": "KG", "amount": "2.5"},
    ]


def test_neighbours_of_one_tag_come_in_any_order() -> None:
    order = {tag: number for number, tag in enumerate(dict.fromkeys(each[:3] for each in WRITTEN))}
    first, rest = WRITTEN[: WRITTEN.index("PAC+++LCL:67:95")], WRITTEN[WRITTEN.index("PAC+++LCL:67:95") :]
    turned = sorted(first, key=lambda each: (order[each[:3]], -first.index(each)))
    answers = [each for each in turned if each.startswith(("FTX+ACD", "GIS+E", "GIS+P"))]
    document, other = read(message("CUSDEC", WRITTEN)), read(message("CUSDEC", [*turned, *rest]))
    assert len(answers) == 5
    assert other.indicators == document.indicators[::-1]
    assert other.lodgement_answers == document.lodgement_answers[::-1]
    same = {"indicators": document.indicators, "lodgement_answers": document.lodgement_answers}
    assert other.replace(**same) == document


def test_IMD_reads_both_dates_of_export_and_both_invoice_terms() -> None:
    document = example("imports", "IMD")
    assert changed(document, "DTM+189:", "DTM+260:") == document
    assert changed(document, "TOD+6+", "TOD+3+") == document


@pytest.mark.parametrize(
    ("room", "name"),
    [("imports", each) for each in ("IMD", "SAC", "RCR", "MOVAPP", "IMPED1", "IMPED2")]
    + [("revenue", each) for each in ("PAYSTD", "PAYPED", "PAYWK", "DRWBCK")],
)
def test_a_function_that_is_not_known_is_refused_by_a_rule(room: str, name: str) -> None:
    document = example(room, name)
    segments = [f"{each[:-1]}5" if each.startswith("BGM") else each for each in write_message(document, "1")]
    replaced = read(RawMessage(segments))
    assert replaced == document.replace(function="5")
    assert "DECL-01" in [finding.rule for finding in findings(replaced)]


@pytest.mark.parametrize("name", ["RCR", "MOVAPP"])
def test_cargo_of_a_request_has_indicators(name: str) -> None:
    document: Any = example("imports", name)
    segments = write_message(document, "1")
    at = segments.index("GID+1")
    found = read(RawMessage([*segments[:at], "GIS+Y:109:95", "GIS+N:109:95", *segments[at:]]))
    assert found.lines[0].references[0].indicators == ("Y", "N")


@pytest.mark.parametrize("name", ["IMD", "IMPED1", "IMPED2"])
def test_a_line_action_may_be_left_out_of_an_original(name: str) -> None:
    assert findings(example("imports", name, "smallest")) == []
    assert {line.action for line in example("imports", name, "smallest").lines} == {None}  # type: ignore[attr-defined]
