"""The lists, requests, reports and queries on cargo: what their examples say, line by line."""

from typing import Any

import pytest

from message_examples import example
from openics.messages.cargo.airout import AirOutturn, AirOutturnLine
from openics.messages.cargo.carlst import CargoList, CargoListLine
from openics.messages.cargo.prodis import DischargedContainer, ProgressiveDischarge
from openics.messages.cargo.seaout import SeaOutturn, SeaOutturnLine
from openics.messages.cargo.sei import EstablishmentInformation
from openics.messages.cargo.ubmreq import MovementLine, UnderbondRequest
from openics.messages.document import Document
from openics.messages.writing import UnwritableError, write_message

SHIP = {"voyage_number": "126S", "vessel_id": "9290452"}


def test_CARLST_lists_empty_containers_and_coastal_cargo() -> None:
    ports = {"port_of_loading": "NZAKL", "port_of_destination": "AUSYD"}
    assert example("cargo", "CARLST").to_json() == {
        "sender_reference": "CLR2611020002",
        "version": 1,
        "function": "9",
        "responsible_party": "51824753556",
        **SHIP,
        "port_of_discharge": "AUSYD",
        "lines": [
            {
                "number": 1,
                "action": "I",
                "reference_type": "AAQ",
                "reference": "EXAU1000019",
                **ports,
                "cargo_type": "EMP",
            },
            {
                "number": 2,
                "action": "I",
                "reference_type": "AAQ",
                "reference": "EXAU1000024",
                **ports,
                "cargo_type": "EMP",
            },
            {
                "number": 3,
                "action": "I",
                "packages": 48,
                "package_type": "BE",
                "reference_type": "MB",
                "reference": "EXCB2611001",
                "port_of_loading": "AUBNE",
                "port_of_destination": "AUSYD",
                "cargo_type": "BB",
            },
        ],
    }


def test_UBMREQ_asks_to_move_a_container_for_unpacking() -> None:
    assert example("cargo", "UBMREQ").to_json() == {
        "sender_reference": "UBR2611020002",
        "version": 1,
        "function": "9",
        "request_reason": "DCL",
        "responsible_party": "51824753556",
        "transport_mode": "11",
        "voyage_or_flight": "126S",
        "vessel_id": "9290452",
        "movement_mode": "ROA",
        "discharge_establishment": "FM27N",
        "origin_establishment": "FM27N",
        "destination_establishment": "GE65A",
        "lines": [
            {
                "number": 1,
                "action": "I",
                "packages": 1,
                "package_type": "YC",
                "reference_type": "AAQ",
                "reference": "CSQU3054383",
                "parent": "EXOB2611012",
                "cargo_type": "LCL",
            }
        ],
    }


def test_PRODIS_reports_containers_and_when_the_first_was_unloaded() -> None:
    assert example("cargo", "PRODIS").to_json() == {
        "sender_reference": "PDR2611050002",
        "version": 1,
        "function": "9",
        **SHIP,
        "establishment": "FM27N",
        "first_discharge_date": "2026-11-05",
        "first_discharge_time": "09:40",
        "lines": [
            {"number": 1, "action": "I", "container": "CSQU3054383"},
            {"number": 2, "action": "I", "container": "CSNU8356338"},
            {"number": 3, "action": "I", "container": "EXAU2000158", "restow": "Y"},
        ],
    }


def test_AIROUT_reports_waybills_and_what_is_missing() -> None:
    assert example("cargo", "AIROUT").to_json() == {
        "sender_reference": "AOR2611050002",
        "version": 1,
        "function": "9",
        "outturn_date": "2026-11-05",
        "outturn_time": "18:20",
        "responsible_party": "53004085616",
        "flight_number": "142",
        "airline": "QF",
        "establishment": "GJ86A",
        "scheduled_arrival": "2026-11-05",
        "lines": [
            {
                "number": 1,
                "action": "I",
                "reference_type": "HWB",
                "reference": "EXA00012345",
                "parent": "08165004866",
                "result": "SH",
                "packages": 11,
                "package_type": "CT",
                "text": "ONE CARTON MISSING",
            },
            {
                "number": 2,
                "action": "I",
                "reference_type": "MWB",
                "reference": "08112345675",
                "result": "AR",
                "packages": 3,
                "package_type": "CT",
            },
        ],
    }


def test_SEAOUT_reports_a_container_and_a_bill_found_in_it() -> None:
    document = example("cargo", "SEAOUT")
    assert isinstance(document, SeaOutturn)
    container, bill = (line.to_json() for line in document.lines)
    assert container == {
        "number": 1,
        "action": "I",
        "reference_type": "AAQ",
        "reference": "CSQU3054383",
        "receipt_date": "2026-11-06",
        "receipt_time": "13:30",
        "cargo_type": "LCL",
    }
    assert bill == {
        "number": 2,
        "action": "I",
        "packages": 370,
        "package_type": "PK",
        "reference_type": "BH",
        "reference": "EXHB2611121",
        "parent": "EXOB2611012",
        "unpack_date": "2026-11-09",
        "short": 4,
        "damaged": 2,
        "cargo_type": "LCL",
        "damage_text": "TWO PACKAGES CRUSHED",
        "marks": [{"line_1": "EXIM SYDNEY", "line_2": "1-374"}],
        "unpacked_from": "CSQU3054383",
    }


def test_SEQ_asks_for_a_container_under_a_bill() -> None:
    assert example("cargo", "SEQ").to_json() == {
        "sender_reference": "SEQ2611020002",
        "version": 1,
        "function": "13",
        "ocean_bill": "EXOB2611012",
        "container": "CSQU3054383",
        "responsible_party": "53004085616",
        **SHIP,
        "establishment": "GE65A",
    }


def test_SEI_tells_what_was_reported() -> None:
    document = example("cargo", "SEI")
    assert isinstance(document, EstablishmentInformation)
    assert (document.sender_reference, document.voyage_number, document.client) == (
        "SEQ2611020002",
        "126S",
        "53004085616",
    )
    assert [line.to_json() for line in document.lines] == [
        {
            "cargo_type": "LCL",
            "packages": 374,
            "package_type": "PK",
            "ocean_bill": "EXOB2611012",
            "house_bill": "EXHB2611121",
            "container": "CSQU3054383",
            "description": "CERAMIC TILES",
            "gross_weight": "18250",
            "gross_weight_unit": "KG",
            "consignee": "EXAMPLE IMPORTER PTY LTD",
        }
    ]


def test_marks_stand_there_line_by_line() -> None:
    document = example("cargo", "UBMREQ", "every-item")
    assert isinstance(document, UnderbondRequest)
    (marks,) = document.lines[0].marks
    assert list(marks.to_json().values()) == [
        "EXIM",
        "SYDNEY",
        "VIA AUCKLAND",
        "ORDER 4711",
        "NET 20 KG",
        "GROSS 22 KG",
        "MADE IN NEW ZEALAND",
        "FRAGILE",
        "KEEP DRY",
        "1-120",
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reference_type": "AAQ", "reference": "C", "parent": "O"}, ("C", None, "O", None, None)),
        ({"reference_type": "AAQ", "reference": "C"}, ("C", None, None, None, None)),
        ({"reference_type": "BH", "reference": "H", "parent": "O"}, (None, "H", "O", None, None)),
        ({"reference_type": "MB", "reference": "O"}, (None, None, "O", None, None)),
        ({"reference_type": "HWB", "reference": "W", "parent": "M"}, (None, None, None, "W", "M")),
        ({"reference_type": "MWB", "reference": "M"}, (None, None, None, None, "M")),
    ],
)
def test_a_line_knows_what_its_reference_is(given: dict[str, Any], words: tuple[str | None, ...]) -> None:
    line = MovementLine(**given)
    found = (line.container, line.house_bill, line.ocean_bill, line.house_waybill, line.master_waybill)
    assert found == words


def test_repeated_numbers_and_containers_are_told() -> None:
    twice = [DischargedContainer(number=number, container=f"C{number}") for number in (1, 2, 1, 3, 2, 4)]
    report = ProgressiveDischarge(lines=tuple(twice))
    assert (report.repeated_numbers, report.repeated_containers) == ("1, 2", "C1, C2")
    assert ProgressiveDischarge(lines=tuple(twice[:2])).repeated_containers == ""
    assert CargoList().repeated_numbers == ""


@pytest.mark.parametrize(
    ("document", "missing"),
    [
        (CargoList(voyage_number="126S", lines=(CargoListLine(number=1, reference_type="MB"),)), "reference"),
        (AirOutturn(flight_number="142", lines=(AirOutturnLine(reference_type="MWB", reference="1"),)), "number"),
        (SeaOutturn(lines=(SeaOutturnLine(number=1, reference="1"),)), "reference_type"),
    ],
)
def test_what_the_structure_needs_must_be_there(document: Document, missing: str) -> None:
    complete = document.replace(sender_reference="1", version=1, function="9")
    with pytest.raises(UnwritableError, match=f"has no {missing};"):
        write_message(complete, "1")
