"""The cargo reports: what their examples say."""

import pytest

from message_examples import example, example_bytes, examples
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.cargo.air_reports import AirReport
from openics.messages.cargo.aircr import AirCargoReport
from openics.messages.cargo.airint import AirIntegratedReport
from openics.messages.cargo.reports import Party
from openics.messages.cargo.sea_reports import SeaReport
from openics.messages.cargo.seacr import SeaCargoReport
from openics.messages.cargo.seaint import SeaIntegratedReport
from openics.messages.reading import read_message
from openics.messages.writing import write_message

ADDED = (
    "request_reason",
    "movement_mode",
    "discharge_establishment",
    "origin_establishment",
    "destination_establishment",
    "transhipment_port",
)


BILL = {
    "sender_reference": "SCR2611020002",
    "version": 1,
    "function": "9",
    "responsible_party": "51824753556",
    "parties": [
        {
            "role": "CN",
            "name_line_1": "EXAMPLE IMPORTER PTY LTD",
            "address_line_1": "1 EXAMPLE STREET",
            "address_line_2": "SYDNEY NSW 2000",
        },
        {
            "role": "CZ",
            "name": "EXAMPLE SHIPPER LTD",
            "street": "20 EXAMPLE ROAD",
            "city": "AUCKLAND",
            "postcode": "1010",
            "country": "NZ",
        },
    ],
    "port_of_discharge": "AUSYD",
    "port_of_destination": "AUSYD",
    "original_port_of_loading": "NZAKL",
    "ocean_bill": "EXOB2611002",
    "house_bill": "EXHB2611021",
    "principal_agent": "53004085616",
    "vessel_id": "9290452",
    "voyage_number": "126S",
    "bill_origin": "NZAKL",
    "country_of_origin": "NZ",
    "payment_method": "PP",
    "lines": [
        {
            "number": 1,
            "action": "I",
            "container": "CSQU3054383",
            "cargo_type": "FCL",
            "packages": 374,
            "package_type": "PK",
            "description": "CERAMIC TILES",
            "gross_weight": "18250",
            "gross_weight_unit": "KG",
        },
        {
            "number": 2,
            "action": "I",
            "container": "CSNU8356338",
            "cargo_type": "FCL",
            "packages": 380,
            "package_type": "PK",
            "description": "CERAMIC TILES",
            "gross_weight": "18540.5",
            "gross_weight_unit": "KG",
            "volume": "27.4",
            "volume_unit": "CU",
            "marks": [{"line_1": "EXIM SYDNEY", "line_2": "1-380"}],
        },
    ],
}
"""The typical sea cargo report: a house bill with two containers."""


def test_AIRCR_reports_one_air_waybill() -> None:
    assert example("cargo", "AIRCR").to_json() == {
        "sender_reference": "ACR2611020002",
        "version": 1,
        "function": "9",
        "responsible_party": "51824753556",
        "parties": [
            {
                "role": "CN",
                "name_line_1": "EXAMPLE IMPORTER PTY LTD",
                "address_line_1": "1 EXAMPLE STREET",
                "address_line_2": "SYDNEY NSW 2000",
            },
            {
                "role": "CZ",
                "name": "EXAMPLE SHIPPER LTD",
                "street": "20 EXAMPLE ROAD",
                "city": "AUCKLAND",
                "postcode": "1010",
                "country": "NZ",
            },
        ],
        "port_of_discharge": "AUSYD",
        "port_of_destination": "AUSYD",
        "original_port_of_loading": "NZAKL",
        "freight_forwarder": "N",
        "master_waybill": "08165004866",
        "house_waybill": "EXA00012345",
        "airline": "QF",
        "flight_number": "142",
        "arrival_date": "2026-11-05",
        "payment_method": "PP",
        "declared_value": "4200.00",
        "declared_value_currency": "NZD",
        "packages": 12,
        "package_type": "CT",
        "description": "MACHINE PARTS",
        "gross_weight": "148.5",
        "gross_weight_unit": "KG",
    }


def test_SEACR_reports_one_bill_with_its_containers() -> None:
    assert example("cargo", "SEACR").to_json() == BILL


def test_AIRINT_asks_for_a_movement_too() -> None:
    document = example("cargo", "AIRINT").to_json()
    assert (document["house_waybill"], document["personal_effects"]) == ("EXA00022345", "Y")
    assert {name: document[name] for name in ADDED if name in document} == {
        "request_reason": "DEL",
        "movement_mode": "ROA",
        "origin_establishment": "FM27N",
        "destination_establishment": "GE65A",
    }


def test_SEAINT_asks_for_a_movement_too() -> None:
    document = example("cargo", "SEAINT").to_json()
    assert (document["house_bill"], [line["cargo_type"] for line in document["lines"]]) == ("EXHB2611121", ["LCL"])
    assert {name: document[name] for name in ADDED if name in document} == {
        "request_reason": "DCL",
        "movement_mode": "ROA",
        "discharge_establishment": "FM27N",
        "origin_establishment": "FM27N",
        "destination_establishment": "GE65A",
    }


def test_AIRINT_and_SEAINT_add_the_movement_and_nothing_else() -> None:
    assert AirIntegratedReport.field_names - AirCargoReport.field_names == set(ADDED)
    assert SeaIntegratedReport.field_names - SeaCargoReport.field_names == set(ADDED)
    assert AirCargoReport.field_names < AirIntegratedReport.field_names
    assert SeaCargoReport.field_names < SeaIntegratedReport.field_names


def test_SEAINT_writes_the_movement_after_the_voyage() -> None:
    (document,) = examples("cargo", "SEAINT", "every-item")
    tags = ("RFF+ACD", "TDT", "LOC+11", "LOC+5", "LOC+4", "LOC+6")
    assert [each for each in write_message(document, "1") if each.startswith(tags)] == [
        "RFF+ACD:TSH",
        "TDT+20+126S++11++++9290452::11",
        "LOC+65+AUSYD::6",
        "TDT+1++ROA",
        "LOC+11+FM27N::95",
        "LOC+5+FM27N::95",
        "LOC+4+GE65A::95",
        "LOC+6+FJSUV::6",
    ]


def test_AIRCR_party_has_one_of_two_forms_that_are_told_apart() -> None:
    document = example("cargo", "AIRCR")
    assert isinstance(document, AirReport)
    consignee, consignor = document.party("CN"), document.party("CZ")
    assert consignee is not None
    assert consignor is not None
    assert (consignee.structured, consignor.unstructured) == ((), ())
    assert consignee.unstructured == ("EXAMPLE IMPORTER PTY LTD", "1 EXAMPLE STREET", "SYDNEY NSW 2000")
    assert consignor.structured == ("EXAMPLE SHIPPER LTD", "20 EXAMPLE ROAD", "AUCKLAND", "1010", "NZ")
    assert document.party("NI") is None
    assert [each for each in write_message(document, "1") if each.startswith("NAD")] == [
        "NAD+CN++EXAMPLE IMPORTER PTY LTD::1 EXAMPLE STREET:SYDNEY NSW 2000",
        "NAD+CZ+++EXAMPLE SHIPPER LTD+20 EXAMPLE ROAD+AUCKLAND++1010+NZ",
        "NAD+UD+51824753556::95",
    ]


def test_AIRCR_keeps_a_contact_with_its_party() -> None:
    parties = (
        Party(role="CN", name="EXAMPLE IMPORTER PTY LTD", street="1 EXAMPLE STREET", contact="RECEIVING OFFICER"),
        Party(role="CZ", name="EXAMPLE SHIPPER LTD", contact="EXPORT OFFICER", contact_phone="+6495550100"),
    )
    document = AirCargoReport(sender_reference="ACR1", version=1, function="9", parties=parties)
    segments = write_message(document, "1")
    assert segments[2:-1] == [
        "NAD+CN+++EXAMPLE IMPORTER PTY LTD+1 EXAMPLE STREET",
        "CTA+IC+:RECEIVING OFFICER",
        "NAD+CZ+++EXAMPLE SHIPPER LTD",
        "CTA+IC+:EXPORT OFFICER",
        "COM+?+6495550100:TE",
    ]
    assert read_message(RawMessage(segments)).document == document


def test_SEACR_line_without_container_keeps_its_place() -> None:
    (document,) = examples("cargo", "SEACR", "smallest")
    assert isinstance(document, SeaReport)
    (line,) = document.lines
    assert (line.number, line.container, line.cargo_type) == (1, None, "BLK")
    assert write_message(document, "1")[-8:-1] == [
        "CNI+1",
        "RFF+1",
        "GIS+I:165:95",
        "GID+1",
        "PAC+++BLK:67:95",
        "FTX+AAA+++FERTILISER IN BULK",
        "MEA+WT++T:2500",
    ]


def test_AIRCR_declares_a_value_or_none() -> None:
    valued, without = examples("cargo", "AIRCR", "every-item")
    assert [each for each in write_message(valued, "1") if each.startswith("MOA")] == ["MOA+43:850:NZD"]
    assert [each for each in write_message(without, "1") if each.startswith("MOA")] == ["MOA+96::NDV"]


def test_AIRCRR_and_SEACRR_list_what_is_wrong_and_what_to_know() -> None:
    assert example("cargo", "AIRCRR").to_json()["entries"] == [
        {"severity": "ADVICE", "error": "MS5201", "text": "THIS TRANSACTION WAS REJECTED"},
        {
            "severity": "ERROR",
            "error": "CG9201",
            "text": "METHOD OF PAYMENT MUST BE SUPPLIED UNLESS THE DECLARED VALUE IS NDV",
        },
        {
            "severity": "ADVICE",
            "error": "CG9204",
            "text": "MASTER WAYBILL 08165004865 IS NOT ELEVEN DIGITS WITH A RIGHT CHECK DIGIT",
        },
    ]
    assert example("cargo", "SEACRR").to_json()["entries"] == [
        {"severity": "ADVICE", "error": "MS5202", "text": "THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS"},
        {
            "line": 1,
            "severity": "ADVICE",
            "error": "CG9308",
            "text": "CONTAINER NUMBER CSQU3054384 HAS NOT THE FORM OR THE CHECK DIGIT OF ISO 6346",
        },
    ]


def test_AIRINTR_and_SEAINTR_name_what_they_answer() -> None:
    air, sea = example("cargo", "AIRINTR").to_json(), example("cargo", "SEAINTR").to_json()
    assert (air["answered_message"], air["error_count"], [each["error"] for each in air["entries"]]) == (
        "AIRINT",
        1,
        ["MS5201", "CG9012", "CG9204"],
    )
    assert (sea["answered_message"], sea["error_count"], [each["error"] for each in sea["entries"]]) == (
        "SEAINT",
        1,
        ["MS5201", "CG9004"],
    )


INBOUND = [
    (name, kind) for name in ("AIRCR", "AIRINT", "SEACR", "SEAINT") for kind in ("smallest", "typical", "every-item")
]
OUTBOUND = [(name, kind) for name in ("AIRCRR", "AIRINTR", "SEACRR", "SEAINTR") for kind in ("typical", "every-item")]


@pytest.mark.parametrize(("name", "kind"), [*INBOUND, *OUTBOUND])
def test_an_example_is_written_again_byte_for_byte(name: str, kind: str) -> None:
    data = example_bytes("cargo", name, kind)
    interchange = read_interchange(data)
    assert interchange.header is not None
    documents = examples("cargo", name, kind)
    written = [
        write_message(document, raw.reference) for document, raw in zip(documents, interchange.messages, strict=True)
    ]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data


def test_parties_and_ids_come_in_any_order() -> None:
    typical = example_bytes("cargo", "SEACR", "typical").decode("latin-1")
    (raw,) = read_interchange(typical.encode("latin-1")).messages
    responsible = "NAD+UD+51824753556::95'\n"
    moved = typical.replace(responsible, "").replace("NAD+CN", f"{responsible}NAD+CN")
    assert moved.index("NAD+UD") < moved.index("NAD+CN") < moved.index("NAD+CG")
    (other,) = read_interchange(moved.encode("latin-1")).messages
    assert read_message(other) == read_message(raw)
    assert read_message(other).faults == ()
