"""The messages on cargo lists, movements, discharge, outturn and status: what their examples and the samples say."""

from pathlib import Path

import pytest

from message_examples import example, example_bytes, examples
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.cargo.carst import CargoStatusAdvice
from openics.messages.cargo.ubmreqr import UnderbondNoticeMessage
from openics.messages.reading import read_carefully, read_message
from openics.messages.writing import write_message

INBOUND = ("AIROUT", "CARLST", "PRODIS", "SEAOUT", "SEQ", "UBMREQ")
ERRORS = ("AIROUTR", "CARLSTR", "PRODISR", "SEAOUTR", "SEQR", "UBMREQE")
OUTBOUND = (*ERRORS, "CARST", "SEI", "UBMREQR")
KINDS = [(name, kind) for name in INBOUND for kind in ("smallest", "typical", "every-item")]
KINDS += [(name, kind) for name in OUTBOUND for kind in ("typical", "every-item")]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_an_example_is_written_again_byte_for_byte(name: str, kind: str) -> None:
    data = example_bytes("cargo", name, kind)
    interchange = read_interchange(data)
    assert interchange.header is not None
    (document,) = examples("cargo", name, kind)
    assert document.name == name
    written = [write_message(document, interchange.messages[0].reference)]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data


@pytest.mark.parametrize(("file", "name"), [("carst", "CARST"), ("ubmreqr", "UBMREQR")])
def test_a_sample_is_written_again_byte_for_byte(corpus: Path, file: str, name: str) -> None:
    data = (corpus / f"{file}.edi").read_bytes()
    interchange = read_interchange(data)
    (raw,) = interchange.messages
    reading = read_message(raw)
    assert (reading.name, reading.faults, reading.data_faults) == (name, (), ())
    assert reading == read_carefully(raw)
    assert interchange.header is not None
    assert reading.document is not None
    written = [write_message(reading.document, raw.reference)]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data


def test_the_sample_of_UBMREQE_is_written_again_byte_for_byte(corpus: Path) -> None:
    data = (corpus / "ubmreqe_message.edi").read_bytes()
    envelope = b"UNB+UNOC:3+AAA336C::AAA336C+FJM396H+240612:2150+1'\n"
    (raw,) = read_interchange(envelope + data + b"UNZ+1+1'\n").messages
    document = read_message(raw).document
    assert document is not None
    assert "".join(f"{segment}'\n" for segment in write_message(document, raw.reference)).encode() == data
    assert document.to_json() == {
        "response_reference": "1812 F23I 46AE",
        "response_version": 1,
        "function": "11",
        "recipient_site": "FJM396H",
        "sender_reference": "U00000337/PRD1",
        "sender_reference_version": 1,
        "responded_at": "2024-06-12T11:50:40Z",
        "entries": [
            {
                "severity": "ADVICE",
                "error": "MS5202",
                "text": "THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS",
            },
            {"severity": "ADVICE", "error": "CG1071", "text": "DESTINATION ESTABLISHMENT ID IS NOT AUTOMATED"},
        ],
        "error_count": 0,
        "answered_message": "UBMREQ",
        "answered_function": "9",
    }


def test_the_sample_of_UBMREQR_approves_a_movement(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "ubmreqr.edi").read_bytes()).messages
    document = read_message(raw).document
    assert isinstance(document, UnderbondNoticeMessage)
    assert document.to_json() == {
        "response_reference": "2A91 DI61 J6AE",
        "response_version": 1,
        "function": "32",
        "recipient_site": "FJM396H",
        "sender_reference": "U00000337/PRD1",
        "sender_reference_version": 1,
        "transaction_time": "2024-06-12T21:51:14.156647",
        "cargo_message": "FJM396HU00000337/PRD1",
        "transport_mode": "11",
        "voyage_or_flight": "2403S",
        "vessel_id": "9953846",
        "movement_mode": "ROA",
        "origin_establishment": "FM27N",
        "destination_establishment": "GE65A",
        "client": "53004085616",
        "notice": "UNDERBOND APPROVAL",
        "request_reason": "DCL",
        "lines": [{"cargo_type": "FCL", "packages": 1, "package_type": "YC", "container": "FBLU0238434"}],
    }


def test_the_sample_of_CARST_tells_that_a_container_is_clear(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "carst.edi").read_bytes()).messages
    document = read_message(raw).document
    assert isinstance(document, CargoStatusAdvice)
    assert document.to_json() == {
        "response_reference": "3CE6 8IC0 CJA6",
        "response_version": 1,
        "function": "8",
        "recipient_site": "FKG373X",
        "sender_reference": "MMHOJO3DTTVYUR1OTL",
        "sender_reference_version": 4,
        "transaction_time": "2026-03-24T00:50:30.316557",
        "statuses": [
            {"type": "CONSOLIDATED STATUS", "value": "CLEAR"},
            {"type": "CARGO REPORT SAC", "value": "NO"},
        ],
        "transport_mode": "11",
        "voyage_or_flight": "KQ607A",
        "vessel_id": "9290452",
        "port_of_discharge": "AUMEL",
        "establishment": "GJ86A",
        "client": "51824753556",
        "declaration_number": "AFHCYH9XM",
        "ocean_bill": "ZIMUGZH0677286",
        "container": "JXJU3254348",
        "lines": [{"cargo_type": "FCL", "packages": 374, "package_type": "PK"}],
    }


def test_CARST_lists_impediments_one_by_one() -> None:
    document = example("cargo", "CARST", "every-item")
    assert isinstance(document, CargoStatusAdvice)
    assert [(entry.type, entry.value) for entry in document.statuses] == [
        ("CONSOLIDATED STATUS", "HELD"),
        ("CARGO REPORT SAC", "NO"),
        ("IMPEDIMENT DETAILS", "HELD FOR BIOSECURITY INSPECTION"),
        ("IMPEDIMENT DETAILS", "IMPORT DECLARATION NOT PAID"),
    ]


def test_UBMREQR_takes_an_approval_back_and_gives_the_transhipment_number() -> None:
    document = example("cargo", "UBMREQR", "every-item")
    assert isinstance(document, UnderbondNoticeMessage)
    assert (document.function, document.notice) == ("32", "UNDERBOND APPROVAL RESCIND NOTICE")
    assert (document.request_reason, document.transhipment_port) == ("TSH", "NZAKL")
    assert document.transhipment_number == "AAAAAMYFY"
    assert [(line.house_bill, line.container, line.house_waybill) for line in document.lines] == [
        ("EXHB2611022", None, None),
        (None, "CSNU8356338", None),
        (None, None, "EXA00012345"),
    ]


def test_the_error_responses_name_what_they_answer() -> None:
    answered = {name: example("cargo", name, "every-item").to_json() for name in ERRORS}
    assert {name: each["answered_message"] for name, each in answered.items()} == {
        "AIROUTR": "AIROUT",
        "CARLSTR": "CARLST",
        "PRODISR": "PRODIS",
        "SEAOUTR": "SEAOUT",
        "SEQR": "SEQ",
        "UBMREQE": "UBMREQ",
    }
    assert [each["error_count"] for each in answered.values()] == [1] * 6
    assert [[entry["error"] for entry in each["entries"]] for each in answered.values()] == [
        ["MS5201", "CG9612", "CG9622"],
        ["MS5201", "CG9631", "CG9621"],
        ["MS5201", "CG9005", "CG9621"],
        ["MS5201", "CG9685", "CG9621"],
        ["MS5201", "CG9693", "CG9694"],
        ["MS5201", "CG9650", "CG1071"],
    ]


def test_AIROUTR_tells_of_a_wrong_check_digit() -> None:
    assert example("cargo", "AIROUTR").to_json() == {
        "response_reference": "2B04 DI61 J4AE",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "AOR2611050002",
        "sender_reference_version": 1,
        "responded_at": "2026-11-05T08:05:14Z",
        "entries": [
            {
                "severity": "ADVICE",
                "error": "MS5202",
                "text": "THIS TRANSACTION WAS ACCEPTED WITH ERRORS AND/OR WARNINGS",
            },
            {
                "line": 2,
                "severity": "ADVICE",
                "error": "CG9622",
                "text": "MASTER WAYBILL 08112345676 IS NOT ELEVEN DIGITS WITH A RIGHT CHECK DIGIT",
            },
        ],
        "error_count": 0,
        "answered_message": "AIROUT",
        "answered_function": "9",
    }
