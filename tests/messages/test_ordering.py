"""Neighbours of one tag are put into the guide's order; nothing else is moved."""

from openics.edifact.guide import Guide
from openics.edifact.raw import RawMessage
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.fields import at
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.gateway.erm import ErrorMessage
from openics.messages.ordering import in_order
from openics.messages.reading import read_carefully, read_message

BEGIN = ["UNH", "BGM+830:::EXD"]


def test_neighbours_are_sorted_by_qualifier() -> None:
    unsorted = ["LOC+28+US", "LOC+9+AUMEL", "LOC+12+USLAX", "GIS+Y:107:95", "GIS+N:79:95"]
    assert in_order(ExportDeclaration, [*BEGIN, *unsorted]) == [
        *BEGIN,
        "LOC+9+AUMEL",
        "LOC+12+USLAX",
        "LOC+28+US",
        "GIS+N:79:95",
        "GIS+Y:107:95",
    ]


def test_what_is_alike_keeps_its_order() -> None:
    line = ["MOA+63:1", "RFF+EP:2", "RFF+HS:9", "RFF+EP:1"]
    assert in_order(ExportDeclaration, line) == ["MOA+63:1", "RFF+HS:9", "RFF+EP:2", "RFF+EP:1"]
    contacts = ["GID+1", "FTX+CAT+BA++X", "FTX+CAT+MO++1", "FTX+CAT+BP++2"]
    assert in_order(ClientRegistration, contacts) == ["GID+1", "FTX+CAT+MO++1", "FTX+CAT+BP++2", "FTX+CAT+BA++X"]


def test_records_keep_their_order() -> None:
    lines = ["UNS+D", "CST+2", "CST+1"]
    assert in_order(ExportDeclaration, lines) == lines
    assert in_order(ErrorMessage, ["DTM", "ERP+::2", "ERP+1"]) == ["DTM", "ERP+::2", "ERP+1"]
    assert in_order(SyntaxReport, ["UCI", "UCM+2", "UCM+1"]) == ["UCI", "UCM+2", "UCM+1"]


def test_segments_apart_are_not_brought_together() -> None:
    apart = [*BEGIN, "LOC+12+X", "DTM+129:20260101:102", "LOC+9+Y"]
    assert in_order(ExportDeclaration, apart) == apart


def test_what_is_not_known_goes_last() -> None:
    unsorted = [*BEGIN, "LOC+77+X", "LOC", "LOC+9+Y"]
    assert in_order(ExportDeclaration, unsorted) == [*BEGIN, "LOC+9+Y", "LOC+77+X", "LOC"]


class TwoRows(Document):
    """A message in which segments of one tag may stand in two rows next to each other."""

    guide = Guide(
        name="TWOROWS",
        type="CUSCAR",
        title="Two rows",
        direction="in",
        purpose="Trial.",
        source="none",
        segments="""
            UNH M1
            BGM M1  BGM+~98:::TWOROWS
            SG4 C9 (
                TDT M1  TDT+20
                LOC C99 LOC+9  LOC+12
            )
            SG7 C9 (
                CNI M1  CNI+1
                SG8 C9 (
                    RFF M1  RFF+MB
                    LOC C99 LOC+12  LOC+9
                    SG9 C9 (
                        TDT M1  TDT+1
                        LOC C9  LOC+5  LOC+9
                    )
                )
            )
            UNT M1
        """,
    )

    reference: str | None = at("BGM/C106.1004")
    loading: str | None = at("SG4/LOC+9/C517.3225")
    discharge: str | None = at("SG4/LOC+12/C517.3225")
    bill: str | None = at("SG7/SG8/RFF+MB/C506.1154")
    bill_loading: str | None = at("SG7/SG8/LOC+9/C517.3225")
    bill_discharge: str | None = at("SG7/SG8/LOC+12/C517.3225")


def test_each_row_has_its_own_order() -> None:
    assert in_order(TwoRows, ["RFF+MB:1", "LOC+9+A", "LOC+12+B"]) == ["RFF+MB:1", "LOC+12+B", "LOC+9+A"]
    assert in_order(TwoRows, ["TDT+20", "LOC+12+B", "LOC+9+A"]) == ["TDT+20", "LOC+9+A", "LOC+12+B"]


def test_a_row_that_cannot_follow_itself_is_not_put_right() -> None:
    segments = ["UNH+1+CUSDEC:D:99B:UN", "BGM+1:::EXD+R:1+9", "UNS+S", "UNS+D", "UNT+5+1"]
    assert in_order(ExportDeclaration, segments) == segments
    raw = RawMessage(segments)
    assert read_message(raw) == read_carefully(raw)
    assert [fault.tag for fault in read_message(raw).faults] == ["UNS", "UNS"]
