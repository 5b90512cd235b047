"""Reading a message: the document, or what is wrong and in which layer."""

import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.messages.reading import Reading, read_carefully, read_message

EXD = """UNH+1+CUSDEC:D:99B:UN'BGM+830:::EXD+R1:1+9'LOC+9+AUMEL::6'DTM+129:20260128:102'RFF+AWH:O'MOA+63:5000:AUD'UNS+D'\
CST+1+I::95'FTX+AAA+++GOODS'MEA+WT++KG:10'RFF+HS:03026200'UNS+S'CNT+11:25'UNT+13+1'"""


def read(text: str) -> Reading:
    raw = RawMessage(text=text)
    reading = read_message(raw)
    assert reading == read_carefully(raw)
    return reading


def test_the_sample_declaration(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "exd.edi").read_bytes()).messages
    assert read_message(raw).document == ExportDeclaration(
        sender_reference="200401270001",
        version=1,
        function="9",
        port_of_loading="AUMEL",
        first_port_of_discharge="USLAX",
        destination_country="US",
        warehouse_establishment="ABC123",
        intended_export_date=date(2003, 1, 28),
        confirming_export_type="N",
        customable_excisable="Y",
        reporting_party_type="O",
        cargo_type="N",
        goods_type="OT",
        transport_mode="11",
        consignee_name="DHL",
        consignee_city="MELBOURNE",
        invoice_currency="AUD",
        total_fob_value=Decimal(5000),
        fob_currency="AUD",
        lines=(
            ExportLine(
                number=1,
                action="I",
                description="GOODS DESCRIPTION",
                origin_country="US",
                origin_code="YY-FO",
                net_quantity=Decimal(10),
                net_quantity_unit="KG",
                gross_weight=Decimal(10),
                gross_weight_unit="KG",
                fob_value=Decimal(5000),
                ahecc="03026200",
                permits=("PIF9999999",),
            ),
        ),
        total_packages=25,
    )


def test_times_are_utc(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "erm.edi").read_bytes()).messages
    document = read_message(raw).document
    assert document is not None
    assert document.to_json()["responded_at"] == "2026-05-30T01:55:42Z"
    assert document.__dict__["responded_at"] == datetime(2026, 5, 30, 1, 55, 42, tzinfo=UTC)


def test_segments_in_another_order_say_the_same() -> None:
    text = EXD.replace("LOC+9+AUMEL::6'", "LOC+12+USLAX::6'LOC+9+AUMEL::6'").replace("UNT+13", "UNT+14")
    document = read(EXD).document
    assert document is not None
    assert read(text).document == document.replace(first_port_of_discharge="USLAX")


def test_line_ends_and_empty_ends_do_not_matter() -> None:
    assert read(EXD.replace("'", "'\r\n")) == read(EXD)
    assert read(EXD.replace("RFF+AWH:O'", "RFF+AWH:O:::'")) == read(EXD)
    assert read(EXD.replace("CNT+11:25'", "CNT+11:25:'")) == read(EXD)


def test_released_characters_are_part_of_the_value() -> None:
    reading = read(EXD.replace("GOODS", "MEN?'S ?+ BOYS?: 50??"))
    assert isinstance(reading.document, ExportDeclaration)
    assert reading.document.lines[0].description == "MEN'S + BOYS: 50?"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "name"),
    [
        ("BGM+830:::EXD+R1:1+9'", "BGM+830:::EXD+R1:1'", 13, "segment 2 (BGM), element 4", "Transaction Type"),
        ("R1:1+9'", "R1:1+7'", 12, "segment 2 (BGM), element 4", "Transaction Type"),
        ("LOC+9+AUMEL", f"LOC+9+{'A' * 26}", 39, "segment 3 (LOC), element 3, component 1", "Port of Loading"),
        ("LOC+9+AUMEL", "LOC+77+AUMEL", 14, "segment 3 (LOC), element 2", None),
        ("LOC+9+AUMEL::6'", "LOC+9'", 13, "segment 3 (LOC), element 3, component 1", "Port of Loading"),
        ("DTM+129:20260128:102", "DTM+129:20260128:204", 12, "segment 4 (DTM), element 2, component 3", None),
        ("RFF+AWH:O", "RFF+AWH:X", 12, "segment 5 (RFF), element 2, component 2", "Reporting Party Type"),
        ("MOA+63:5000", "MOA+63:.5", 38, "segment 6 (MOA), element 2, component 2", "Total FOB Value"),
        ("MOA+63:5000", "MOA+63:5,0", 19, "segment 6 (MOA), element 2, component 2", "Total FOB Value"),
        ("MOA+63:5000", "MOA+63:5K", 37, "segment 6 (MOA), element 2, component 2", "Total FOB Value"),
        ("MOA+63:5000:AUD", "MOA+63:5000:AUDX", 39, "segment 6 (MOA), element 2, component 3", "FOB Currency Code"),
        ("UNS+D'", "UNS+D'UNS+D'", 14, "segment 8 (UNS), element 2", None),
        ("CST+1+I", "CST++I", 13, "segment 8 (CST), element 2", "Line Number"),
        ("RFF+HS:", "RFF+ZZ:", 14, "segment 11 (RFF), element 2, component 1", None),
        ("CNT+11:25'", "CNT+11:25'CNT+11:25'", 35, "segment 14 (CNT)", None),
    ],
)
def test_what_breaks_the_guide_is_refused_with_its_place(
    old: str, new: str, code: int, place: str, name: str | None
) -> None:
    assert EXD.count(old) == 1
    reading = read(EXD.replace(old, new))
    fault = reading.faults[0]
    assert (int(fault.code), fault.place, fault.name) == (code, f"message 1, {place}", name)
    assert (reading.name, reading.document, reading.data_faults) == ("EXD", None, ())


@pytest.mark.parametrize(
    ("old", "new", "code", "text", "field"),
    [
        (
            "AUMEL",
            "AUME",
            40,
            "Length of PORTOFLOADING in BODY is 4 characters, less than the minimum field length of 5",
            "port_of_loading",
        ),
        (
            "R1:1",
            "R1:1234",
            39,
            "Length of SENDERREFERENCEVERSION in BODY is 4 characters, more than the maximum field length of 3",
            "version",
        ),
        ("R1:1", "R1:V1", 37, "SENDERREFERENCEVERSION in BODY holds characters other than digits", "version"),
        (
            "20260128",
            "20261328",
            12,
            "INTENDEDDATEOFEXPORT in BODY is not a date in the form CCYYMMDD",
            "intended_export_date",
        ),
    ],
)
def test_what_breaks_only_the_data_dictionary_is_told_apart(
    old: str, new: str, code: int, text: str, field: str
) -> None:
    whole = read(EXD).document
    assert whole is not None
    reading = read(EXD.replace(old, new))
    (fault,) = reading.data_faults
    assert (int(fault.code), fault.text, fault.rule) == (code, text, "data dictionary")
    assert fault.offset == EXD.index(old) + (3 if field == "version" else 0)
    assert reading.faults == ()
    assert reading.document == whole.replace(**{field: None})


def test_the_data_dictionary_holds_for_lines_too() -> None:
    reading = read(EXD.replace("03026200", "0302620").replace("KG:10", "KG:TEN"))
    assert [(int(fault.code), fault.segment, fault.name) for fault in reading.data_faults] == [
        (37, 10, "Gross Weight"),
        (40, 11, "AHECC Code"),
    ]
    assert isinstance(reading.document, ExportDeclaration)
    assert reading.document.lines == (ExportLine(number=1, action="I", description="GOODS", gross_weight_unit="KG"),)


def test_faults_of_both_kinds_are_bounded() -> None:
    line = "CST+1'RFF+HS:1'"
    reading = read(EXD.replace("CST+1+I::95'", line * 500 + "CST+1+I::95'"))
    assert len(reading.data_faults) == 50
    assert len(read(EXD.replace("UNS+D'", "XYZ'" * 500 + "UNS+D'")).faults) == 50


@pytest.mark.parametrize(
    ("opening", "code", "place", "text"),
    [
        ("UNH+1+IFTMIN:D:99B:UN'BGM+1'", 14, (1, 3, 1), "message type 'IFTMIN' is not known"),
        ("UNH+1+CUSDEC:D:96B:UN'BGM+1'", 14, (1, 3, 3), "CUSDEC is of D:96B:UN; only D:99B:UN is known"),
        ("UNH+1'BGM+1'", 13, (1, 3, 1), "message type '' is not known"),
        ("UNH+123456789012345+CUSDEC:D:99B:UN'", 39, (1, 2, None), "the message reference has more than 14 characters"),
        ("UNH+1+CUSDEC:D:99B:UN'BGM+830:::NOPE+1'", 14, (2, 2, 4), "message not known: NOPE as CUSDEC"),
        ("UNH+1+GENRAL:D:99B:UN'BGM+830:::EXD+1'", 14, (2, 2, 4), "message not known: EXD as GENRAL"),
        ("UNH+1+CUSDEC:D:99B:UN'BGM+830+1'", 13, (2, 2, 4), "BGM does not say which message this is"),
        (
            "UNH+1+CUSDEC:D:99B:UN'LOC+9+X'",
            13,
            (1, None, None),
            "BGM is missing; it must follow UNH and say which message this is",
        ),
    ],
)
def test_an_unknown_message_is_refused_where_it_says_what_it_is(
    opening: str, code: int, place: tuple[int, int | None, int | None], text: str
) -> None:
    (fault,) = read(opening + "UNT+3+1'").faults
    assert (int(fault.code), (fault.segment, fault.element, fault.component), fault.text) == (code, place, text)


def test_a_message_of_nothing_is_refused() -> None:
    assert [fault.text for fault in read("").faults] == ["the message is empty"]


def test_bgm_1001_may_be_anything() -> None:
    assert read(EXD.replace("BGM+830", "BGM+929")) == read(EXD)
    assert read(EXD.replace("BGM+830", "BGM+")) == read(EXD)


@pytest.mark.parametrize(
    "stretch",
    ["RFF+EP:PIF1'", "CST+1'", "FTX+AAA+++" + "?'" * 200 + "'", "FTX+AAA+++" + "X" * 500 + "'", "LOC+9+A?'", "'", "??"],
    ids=["permits", "lines", "released", "long", "unclosed", "empty", "marks"],
)
def test_time_grows_with_the_input_only(stretch: str) -> None:
    def seconds(times: int) -> float:
        raw = RawMessage(text=EXD.replace("UNS+S'", stretch * times + "UNS+S'"))
        start = time.process_time()
        read_message(raw)
        return time.process_time() - start

    times = 40_000 // len(stretch)
    small, large = min(seconds(times) for _ in range(3)), min(seconds(times * 8) for _ in range(3))
    assert large < small * 8 * 4 + 0.05
