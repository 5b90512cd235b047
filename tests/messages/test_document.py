"""Documents: constructed by name, compared by value, never changed."""

from datetime import date
from decimal import Decimal

import pytest

from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.messages.fields import Field, Kind
from openics.messages.response import ResponseEntry


def test_absent_fields_are_none_and_absent_lists_empty() -> None:
    document = ExportDeclaration(sender_reference="R1")
    assert (document.sender_reference, document.version, document.lines) == ("R1", None, ())
    assert ResponseEntry().line == 0


def test_an_empty_text_is_an_absent_one() -> None:
    assert ExportDeclaration(branch="") == ExportDeclaration(branch=None) == ExportDeclaration()
    assert ExportLine(permits=("", "PIF2")) == ExportLine(permits=("PIF2",))
    assert ExportLine(permits=("",)) == ExportLine()


def test_lists_become_tuples() -> None:
    line = ExportLine(number=1, permits=["PIF1", "PIF2"])  # type: ignore[arg-type]
    assert line.permits == ("PIF1", "PIF2")


def test_equality_is_by_type_and_value() -> None:
    assert ExportLine(number=1) == ExportLine(number=1)
    assert ExportLine(number=1) != ExportLine(number=2)
    assert ExportLine() != ExportDeclaration()
    assert len({ExportLine(number=1), ExportLine(number=1), ExportLine(number=2)}) == 2


def test_replace_makes_another() -> None:
    first = ExportDeclaration(sender_reference="R1", version=1, goods_owner="51824753556")
    second = first.replace(version=2, goods_owner=None)
    assert second == ExportDeclaration(sender_reference="R1", version=2)
    assert first == ExportDeclaration(sender_reference="R1", version=1, goods_owner="51824753556")


def test_a_document_cannot_be_changed() -> None:
    document = ExportDeclaration(version=1)
    with pytest.raises(AttributeError, match=r"^ExportDeclaration cannot be changed; use replace\(version=\.\.\.\)"):
        document.version = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match=r"use replace\(version=None\)"):
        del document.version
    assert document == ExportDeclaration(version=1)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^ExportLine has no field colour$"):
        ExportLine(colour="red")  # type: ignore[call-arg]


def test_it_shows_what_is_present() -> None:
    line = ExportLine(number=1, fob_value=Decimal("5.50"))
    assert repr(line) == "ExportLine(number=1, fob_value=Decimal('5.50'))"


def test_fields_tell_what_is_known() -> None:
    fields = {field.name: field for field in ExportDeclaration.fields()}
    port = fields["port_of_loading"]
    assert (port.label, port.kind, port.length, port.use, port.evidence) == (
        "Port of Loading",
        Kind.TEXT,
        "an5",
        "M",
        "D",
    )
    assert port.dictionary_name == "PORTOFLOADING"
    assert fields["intended_export_date"].kind is Kind.DATE
    assert (fields["lines"].kind, fields["lines"].part, fields["lines"].repeated) == (Kind.PART, ExportLine, True)
    assert [field.name for field in fields.values() if field.required] == ["sender_reference", "version", "function"]


def test_present_follows_the_order_of_declaration() -> None:
    document = ExportDeclaration(total_packages=1, intended_export_date=date(2026, 1, 2), sender_reference="R")
    assert [(field.name, value) for field, value in document.present()] == [
        ("sender_reference", "R"),
        ("intended_export_date", date(2026, 1, 2)),
        ("total_packages", 1),
    ]


@pytest.mark.parametrize(
    ("label", "single"),
    [("Lines", "Line"), ("Parties", "Party"), ("Addresses", "Address"), ("Address", "Address"), ("Entries", "Entry")],
)
def test_one_record_of_a_list_has_a_name(label: str, single: str) -> None:
    assert Field("", label).single == single
