"""Documents as people read them."""

from openics.channels.interactive.documents import Change, Table, as_text, changes, sheet
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from web.sample import document


def test_fields_carry_their_names_meanings_and_shapes() -> None:
    fields = dict(sheet(document(), ExportDeclaration).fields)
    assert fields["Port of Loading"] == "AUMEL"
    assert fields["Transaction Type"] == "9 - original"
    assert fields["Total FOB Value"] == "96,500.00"
    assert fields["Intended Date of Export"] == "20 Mar 2026"
    assert fields["Total Packages"] == "640"


def test_moments_are_in_utc_with_the_months_name() -> None:
    body = {"responded_at": "2026-03-02T04:30:12+00:00"}
    assert sheet(body, ExportDeclarationResponse).fields == (("Response Time (UTC)", "2 Mar 2026 04:30:12"),)


def test_fields_come_in_the_order_of_the_declaration() -> None:
    names = [name for name, _ in sheet({"total_packages": 4, "sender_reference": "A"}, ExportDeclaration).fields]
    assert names == ["Sender Reference", "Total Packages"]


def test_lines_are_a_table_with_the_columns_that_any_line_fills() -> None:
    lines = [{"number": 1, "ahecc": "02044200"}, {"number": 2, "permits": ["A1", "B2"]}]
    assert sheet({"lines": lines}, ExportDeclaration).tables == (
        Table("Lines", ("Line Number", "AHECC Code", "Permit"), (("1", "02044200", ""), ("2", "", "A1, B2"))),
    )


def test_a_field_that_the_declaration_does_not_know_reads_by_its_key() -> None:
    assert sheet({"fob_value": "1", "empty": None, "none": []}).fields == (("FOB value", "1"),)


def test_a_part_stands_among_the_fields() -> None:
    assert sheet({"address": {"street": "1 Pier Rd", "city": ""}}).fields == (("Address: Street", "1 Pier Rd"),)


def test_changes_name_their_place() -> None:
    new = document(version=2, function="5", consignee_city="ABU DHABI", goods_owner="53004085616")
    del new["cargo_type"]
    new["lines"] = [{**new["lines"][0], "net_quantity": "12500"}]
    found = changes(document(), new, ExportDeclaration)
    assert found[:3] == [
        Change("Consignee City", "DUBAI", "ABU DHABI"),
        Change("Goods Owner Party Id", "", "53004085616"),
        Change("Lines 1: Net Quantity", "12,000", "12,500"),
    ]
    assert Change("Cargo Type", "C - containerised", "") in found
    assert Change("Lines 2: AHECC Code", "02042200", "") in found


def test_equal_documents_have_no_changes() -> None:
    assert changes(document(), document(version=2), ExportDeclaration) == []


def test_values_as_text() -> None:
    assert [as_text(value) for value in (None, True, False, 0, ["a", None, "b"], {"x_id": 1})] == [
        *("", "yes", "no", "0", "a, b", "X ID 1")
    ]
