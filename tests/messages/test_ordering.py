"""Neighbours of one tag are put into the guide's order; nothing else is moved."""

from openics.messages.clients.clreg import ClientRegistration
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.gateway.erm import ErrorMessage
from openics.messages.ordering import in_order


def test_neighbours_are_sorted_by_qualifier() -> None:
    assert in_order(ExportDeclaration, ["LOC+28+US", "LOC+9+AUMEL", "LOC+12+USLAX", "GIS+Y:107:95", "GIS+N:79:95"]) == [
        "LOC+9+AUMEL",
        "LOC+12+USLAX",
        "LOC+28+US",
        "GIS+N:79:95",
        "GIS+Y:107:95",
    ]


def test_what_is_alike_keeps_its_order() -> None:
    assert in_order(ExportDeclaration, ["RFF+EP:2", "RFF+HS:9", "RFF+EP:1"]) == ["RFF+HS:9", "RFF+EP:2", "RFF+EP:1"]
    contacts = ["FTX+CAT+BA++X", "FTX+CAT+MO++1", "FTX+CAT+BP++2"]
    assert in_order(ClientRegistration, contacts) == ["FTX+CAT+MO++1", "FTX+CAT+BP++2", "FTX+CAT+BA++X"]


def test_records_keep_their_order() -> None:
    lines = ["CST+2", "CST+1"]
    assert in_order(ExportDeclaration, lines) == lines
    assert in_order(ErrorMessage, ["ERP+::2", "ERP+1"]) == ["ERP+::2", "ERP+1"]
    assert in_order(SyntaxReport, ["UCM+2", "UCM+1"]) == ["UCM+2", "UCM+1"]


def test_segments_apart_are_not_brought_together() -> None:
    apart = ["LOC+12+X", "DTM+129:20260101:102", "LOC+9+Y"]
    assert in_order(ExportDeclaration, apart) == apart


def test_what_is_not_known_goes_last() -> None:
    assert in_order(ExportDeclaration, ["LOC+77+X", "LOC", "LOC+9+Y"]) == ["LOC+9+Y", "LOC+77+X", "LOC"]
