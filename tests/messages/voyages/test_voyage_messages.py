"""The messages on voyages: what their examples say."""

import pytest

from message_examples import example, example_bytes, examples
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.codes import TransportMode
from openics.messages.voyages import MESSAGES
from openics.messages.voyages.arrivals import NumberedCall
from openics.messages.voyages.depart import Departure
from openics.messages.voyages.seaiar import SeaImpendingArrival
from openics.messages.writing import write_message


def test_AIRIAR_tells_of_a_flight_and_its_ports() -> None:
    assert example("voyages", "AIRIAR").to_json() == {
        "sender_reference": "AIA2611020002",
        "version": 1,
        "function": "9",
        "responsible_party": "51824753556",
        "first_arrival_port": "AUSYD",
        "last_overseas_port": "NZAKL",
        "overseas_departure_date": "2026-11-02",
        "overseas_departure_time": "04:15",
        "calls": [
            {
                "port": "AUSYD",
                "estimated_arrival_date": "2026-11-05",
                "estimated_arrival_time": "06:30",
                "unloader": "53004085616",
                "action": "I",
                "discharge": "Y",
            },
            {
                "port": "AUMEL",
                "estimated_arrival_date": "2026-11-08",
                "estimated_arrival_time": "14:00",
                "action": "I",
                "discharge": "N",
            },
        ],
        "airline": "QF",
        "flight_number": "142",
        "aircraft_registration": "VHOQA",
    }


def test_SEAIAR_tells_of_a_ship_and_its_ports() -> None:
    assert example("voyages", "SEAIAR").to_json() == {
        "sender_reference": "SIA2611020002",
        "version": 1,
        "function": "9",
        "responsible_party": "51824753556",
        "first_arrival_port": "AUSYD",
        "last_overseas_port": "NZAKL",
        "overseas_departure_date": "2026-11-02",
        "overseas_departure_time": "04:15",
        "calls": [
            {
                "port": "AUSYD",
                "estimated_arrival_date": "2026-11-05",
                "estimated_arrival_time": "06:30",
                "unloader": "53004085616",
                "action": "I",
                "discharge": "Y",
            },
            {
                "port": "AUMEL",
                "estimated_arrival_date": "2026-11-08",
                "estimated_arrival_time": "14:00",
                "action": "I",
                "discharge": "N",
            },
        ],
        "principal_agent": "53004085616",
        "vessel_id": "9290452",
        "voyage_number": "126S",
    }


def test_AIRAAR_tells_of_a_flight_at_one_port() -> None:
    assert example("voyages", "AIRAAR").to_json() == {
        "sender_reference": "AAA2611050002",
        "version": 2,
        "function": "4",
        "responsible_party": "51824753556",
        "port_of_arrival": "AUSYD",
        "arrival_date": "2026-11-05",
        "arrival_time": "06:47",
        "airline": "QF",
        "flight_number": "142",
    }


def test_SEAAAR_tells_of_a_ship_at_one_port() -> None:
    assert example("voyages", "SEAAAR").to_json() == {
        "sender_reference": "SAA2611050002",
        "version": 2,
        "function": "4",
        "responsible_party": "51824753556",
        "port_of_arrival": "AUSYD",
        "arrival_date": "2026-11-05",
        "arrival_time": "06:47",
        "principal_agent": "53004085616",
        "vessel_id": "9290452",
        "voyage_number": "126S",
    }


def test_DEPART_tells_of_a_ship_that_left() -> None:
    assert example("voyages", "DEPART").to_json() == {
        "sender_reference": "DEP2611090002",
        "version": 2,
        "function": "5",
        "departure_date": "2026-11-08",
        "departure_time": "18:05",
        "reporting_party": "51824753556",
        "departure_establishment": "GJ86A",
        "carrier_party": "53004085616",
        "vessel_id": "9290452",
        "voyage_number": "126S",
        "destination_port": "NZAKL",
    }


def test_AIRIARR_lists_a_port_reported_twice() -> None:
    assert example("voyages", "AIRIARR").to_json() == {
        "response_reference": "1A12 F23I 46AE",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "AIA2611020011",
        "sender_reference_version": 1,
        "responded_at": "2026-11-01T22:05:12Z",
        "entries": [
            {"severity": "ADVICE", "error": "MS5201", "text": "THIS TRANSACTION WAS REJECTED"},
            {"line": 2, "severity": "ERROR", "error": "CG9511", "text": "PORT AUSYD IS REPORTED TWICE FOR 2026-11-05"},
        ],
        "error_count": 1,
        "answered_message": "AIRIAR",
        "answered_function": "9",
    }


def test_SEAIARR_SEAAARR_AIRAARR_and_DEPARTR_name_what_they_answer() -> None:
    answered = {name: example("voyages", name).to_json() for name in ("SEAIARR", "SEAAARR", "AIRAARR", "DEPARTR")}
    assert {name: each["answered_message"] for name, each in answered.items()} == {
        "SEAIARR": "SEAIAR",
        "SEAAARR": "SEAAAR",
        "AIRAARR": "AIRAAR",
        "DEPARTR": "DEPART",
    }
    assert {name: (each["error_count"], len(each["entries"])) for name, each in answered.items()} == {
        "SEAIARR": (1, 3),
        "SEAAARR": (2, 4),
        "AIRAARR": (2, 3),
        "DEPARTR": (1, 3),
    }


def test_SEAIAR_numbers_its_port_lines_by_position() -> None:
    document = example("voyages", "SEAIAR")
    assert isinstance(document, SeaImpendingArrival)
    first, second = document.calls
    assert document.lines == (NumberedCall(1, first), NumberedCall(2, second))


def test_DEPART_tells_ship_and_flight_apart() -> None:
    ship, flight = examples("voyages", "DEPART", "every-item")
    assert isinstance(ship, Departure)
    assert isinstance(flight, Departure)
    assert (ship.transport_modes, ship.vessel_id, ship.airline) == ((TransportMode.SEA,), "9290452", None)
    assert (flight.transport_modes, flight.vessel_id, flight.airline) == ((TransportMode.AIR,), None, "QF")
    assert Departure().transport_modes == ()


def test_DEPART_writes_the_agency_of_a_carrier_by_its_mode() -> None:
    ship, flight = examples("voyages", "DEPART", "every-item")
    assert [each for each in write_message(ship, "1") if each.startswith("TDT")] == [
        "TDT+20+126S++11+53004085616::95+++9290452::11"
    ]
    assert [each for each in write_message(flight, "1") if each.startswith("TDT")] == ["TDT+20+143++6+QF::3"]


KINDS = {"in": ("smallest", "typical", "every-item"), "out": ("typical", "every-item")}


@pytest.mark.parametrize(
    ("name", "kind"), [(each.name, kind) for each in MESSAGES for kind in KINDS[each.guide.direction]]
)
def test_an_example_is_written_again_byte_for_byte(name: str, kind: str) -> None:
    data = example_bytes("voyages", name, kind)
    interchange = read_interchange(data)
    assert interchange.header is not None
    documents = examples("voyages", name, kind)
    written = [
        write_message(document, raw.reference) for document, raw in zip(documents, interchange.messages, strict=True)
    ]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data
