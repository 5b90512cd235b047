"""Samples of the messages on import declarations: read, and written again byte for byte."""

from decimal import Decimal
from pathlib import Path

import pytest

from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.document import Document
from openics.messages.imports.imdr import ImportDeclarationResponse
from openics.messages.imports.sac import SelfAssessedClearance
from openics.messages.reading import read_message
from openics.messages.writing import write_message


def sample_text(corpus: Path, file: str) -> str:
    """The segments of a sample that is a message alone."""
    return (corpus / f"{file}.edi").read_text().replace("\n", "")


def read_sample(text: str) -> Document:
    reading = read_message(RawMessage(text=text))
    assert (reading.faults, reading.data_faults) == ((), ())
    assert reading.document is not None
    return reading.document


@pytest.mark.parametrize("file", ["imdr", "imdr_accepted", "atd"])
def test_an_interchange_is_written_again_byte_for_byte(corpus: Path, file: str) -> None:
    data = (corpus / f"{file}.edi").read_bytes()
    interchange = read_interchange(data)
    (raw,) = interchange.messages
    assert interchange.header is not None
    segments = write_message(read_sample("'".join([*raw.segments, ""])), raw.reference)
    assert write_interchange(interchange.header, [segments], una=interchange.una, newline=interchange.newline) == data


@pytest.mark.parametrize("file", ["imdr_rejected_message", "atd_sea_message", "sac_message", "sam_message"])
def test_a_message_is_written_again_byte_for_byte(corpus: Path, file: str) -> None:
    text = sample_text(corpus, file)
    assert "'".join([*write_message(read_sample(text), "000001"), ""]) == text


def test_a_refused_declaration_has_nothing_but_errors(corpus: Path) -> None:
    document = read_sample(sample_text(corpus, "imdr_rejected_message"))
    assert document.to_json() == {
        "response_reference": "2GA6 G8J8 F906",
        "response_version": 1,
        "function": "11",
        "recipient_site": "ZZT001A",
        "sender_reference": "ZZ0000000000000001",
        "sender_reference_version": 3,
        "entries": [
            {
                "error": "ID0632",
                "text": "LODGEMENT QUESTION NOT RELATED TO CURRENT DECLARATION TRAN_MSG_ID=2026-03-04-20.24.44.815946,"
                "SUB=000000000000001,LDGMT QST ID=000000000000001",
            },
            {
                "error": "ID5304",
                "text": "GOODS DELIVERED ANSWER NOT REQUIRED, DECLARATION NOT PAID YET "
                "TRAN_MSG_ID=2026-03-04-20.24.44.815946,SUB=000000000000005,LDGMT QST ID=000000000000014",
            },
        ],
        "error_count": 2,
    }


def test_an_accepted_declaration_has_a_status_for_each_transport_line(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "imdr_accepted.edi").read_bytes()).messages
    document = read_sample("'".join([*raw.segments, ""]))
    assert isinstance(document, ImportDeclarationResponse)
    assert (document.status, document.declaration_number, document.declaration_version) == ("CLEAR", "AZZZZZ001", 1)
    assert (document.licence, document.broker_name) == ("99999", "EXAMPLE BROKER PTY LTD")
    assert [(each.number, each.status) for each in document.transport_lines] == [(1, "HELD"), (2, "HELD"), (3, "HELD")]
    assert [(each.kind, each.amount) for each in document.totals] == [
        ("39", Decimal("29257.20")),
        ("40", Decimal("29257.20")),
        ("369", Decimal("3402.76")),
        ("68", Decimal("4770.56")),
        ("128", Decimal("3617.76")),
        ("26", Decimal("63.00")),
        ("23", Decimal("152.00")),
    ]
    assert [(each.number, each.nature, each.rate) for each in document.tariff_lines] == [
        (1, "N10", "FREE"),
        (2, "N10", "FREE"),
        (3, "N10", "FREE"),
    ]
    (advice,) = document.advices
    assert (advice.advice, advice.lines, advice.texts) == ("218", ("1", "2", "3"), ("(ADVICE TEXT)",))
    (entry,) = document.entries
    assert (entry.line, entry.error) == (1, "ID0302")


def test_a_clearance_names_its_consignment(corpus: Path) -> None:
    document = read_sample(sample_text(corpus, "sac_message"))
    assert isinstance(document, SelfAssessedClearance)
    assert (document.master_waybill, document.house_waybill, document.cargo_type) == (
        "08100000001",
        "HAWB0001",
        "LCL",
    )
    assert (document.transport_mode, document.airline, document.importer_name) == ("A", "QF", "EXAMPLE OWNER")
    assert (document.customs_value, document.customs_value_currency) == (Decimal("500.00"), "AUD")
    assert (document.delivery_locality, document.delivery_street) == ("DELIVERY LINE 1", "1 TEST STREET")
    assert document.lines == ()
