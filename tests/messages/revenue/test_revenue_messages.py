"""The messages on payments, refunds and drawback: their samples, and what their examples say."""

from decimal import Decimal
from pathlib import Path

import pytest

from message_examples import example, example_bytes, examples
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.writer import write_interchange
from openics.messages.imports.amounts import Total
from openics.messages.imports.codes import AmountKind
from openics.messages.reading import read_message
from openics.messages.revenue import MESSAGES
from openics.messages.revenue.payrec import receipt_totals
from openics.messages.writing import write_message


@pytest.mark.parametrize("file", ["payrec_message", "payrec_505_message", "refacc_message"])
def test_a_sample_message_is_written_again_byte_for_byte(corpus: Path, file: str) -> None:
    text = (corpus / f"{file}.edi").read_text().replace("\n", "")
    reading = read_message(RawMessage(text=text))
    assert (reading.faults, reading.data_faults) == ((), ())
    assert reading.document is not None
    assert "'".join([*write_message(reading.document, "000001"), ""]) == text


def test_a_sample_interchange_is_written_again_byte_for_byte(corpus: Path) -> None:
    data = (corpus / "refacc.edi").read_bytes()
    interchange = read_interchange(data)
    (raw,) = interchange.messages
    document = read_message(raw).document
    assert interchange.header is not None
    assert document is not None
    written = write_message(document, raw.reference)
    assert write_interchange(interchange.header, [written], una=interchange.una, newline=interchange.newline) == data


def test_PAYREC_lists_all_eleven_amounts_in_their_order() -> None:
    document = example("revenue", "PAYREC").to_json()
    assert [(each["kind"], each["amount"]) for each in document.pop("totals")] == [
        ("7", "600.00"),
        ("23", "152.00"),
        ("9", "0.00"),
        ("58", "0.00"),
        ("149", "0.00"),
        ("369", "2260.00"),
        ("371", "0.00"),
        ("26", "66.00"),
        ("206", "0.00"),
        ("304", "0.00"),
        ("128", "3078.00"),
    ]
    assert document == {
        "response_reference": "2HF8 C8F2 D950",
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "IMD2611020002",
        "sender_reference_version": 1,
        "payment_date": "2026-11-06",
        "agency_abn": "33380054835",
        "importer_id": "51824753556",
        "branch": "AF46JR",
        "bsb": "999999",
        "bank_account": "000000001",
        "bank_account_name": "EXAMPLE BROKERAGE PTY LTD",
        "owner_reference": "PO-20417",
        "broker_reference": "B00061102",
        "declaration_number": "AACAGK3XL",
        "receipt_number": "AACAGK34X",
    }


def test_the_total_of_a_receipt_is_the_sum_of_its_amounts() -> None:
    found = receipt_totals({AmountKind.GST: Decimal("506.15"), AmountKind.PROCESSING_CHARGE: Decimal("50.00")})
    assert len(found) == 11
    assert found[-1] == Total(kind="128", amount=Decimal("556.15"))
    assert found[0] == Total(kind="7", amount=Decimal(0))


PAYMENT = {
    "version": 1,
    "function": "9",
    "payment_date": "2026-11-06",
    "owner_reference": "PO-20417",
    "broker_reference": "B00061102",
    "bank_account_owner": "B",
    "bank_account": "000000001",
    "bank_account_name": "EXAMPLE BROKERAGE PTY LTD",
    "bsb": "999999",
    "eft_indicator": "Y",
    "indicators": ["EPA"],
    "owner_abn": "51824753556",
    "owner_centre": "001",
    "branch": "AF46JR",
    "licence": "5340",
    "total": "3078.00",
    "amounts": [
        {"kind": "7", "amount": "600.00"},
        {"kind": "23", "amount": "152.00"},
        {"kind": "369", "amount": "2260.00"},
        {"kind": "26", "amount": "66.00"},
    ],
}
OWN = {
    "PAYSTD": {"sender_reference": "PAY2611020002", "declaration_number": "AACAGK3XL", "declaration_version": 1},
    "PAYPED": {
        "sender_reference": "PAY2611020005",
        "declaration_number": "AACAGK4RY",
        "declaration_version": 1,
        "period_start": "2026-11-01",
        "period_end": "2026-11-30",
    },
    "PAYWK": {
        "sender_reference": "PAY2611020008",
        "settlement_number": "AACAGK67T",
        "period_start": "2026-10-26",
        "period_end": "2026-11-01",
    },
}


@pytest.mark.parametrize("name", OWN)
def test_PAYSTD_PAYPED_and_PAYWK_say_what_is_paid_for(name: str) -> None:
    assert example("revenue", name).to_json() == PAYMENT | OWN[name]


def test_DRWBCK_names_import_and_export_of_each_line() -> None:
    document = example("revenue", "DRWBCK").to_json()
    assert (document["method"], document["total"], len(document["lines"])) == ("A", "260.00", 2)
    assert document["lines"][0] == {
        "number": 1,
        "action": "I",
        "description": "UMBRELLAS",
        "export_date": "2026-10-12",
        "quantity": "800",
        "quantity_unit": "NO",
        "customs_value": "4000.00",
        "export_price": "5200.00",
        "duty_paid": "200.00",
        "duty_claimed": "200.00",
        "tariff_class": "66019900",
        "statistical_code": "03",
        "import_declaration": "AACAGK3YF",
        "import_line": 1,
        "export_declaration": "AAA9KRYHT",
        "export_line": 1,
    }


def test_REFREJ_says_why_and_REFACC_does_not() -> None:
    common = {
        "response_version": 1,
        "function": "11",
        "recipient_site": "AAA676Y",
        "sender_reference": "IMD2611020003",
        "sender_reference_version": 2,
        "subject": "PO-20417",
        "branch": "AF46JR",
        "broker_name": "EXAMPLE BROKERAGE PTY LTD",
        "declaration_number": "AACAGK3XL",
        "declaration_version": 2,
        "broker_reference": "B00061102",
    }
    assert example("revenue", "REFACC").to_json() == {"response_reference": "2HF8 C8F2 D960", **common}
    assert example("revenue", "REFREJ").to_json() == {
        "response_reference": "2HF8 C8F2 D962",
        **common,
        "action_reason": "REFUND REFUSED",
        "reject_reason": "GOODS DELIVERED",
    }


@pytest.mark.parametrize("name", ["PAYSTDR", "PAYPEDR", "PAYWKR", "DRWBCKR"])
def test_an_answer_tells_number_and_status(name: str) -> None:
    document = example("revenue", name).to_json()
    assert (document["status"], document["declaration_version"]) == ("CLEAR", 1)
    assert len(document["declaration_number"]) == 9
    assert example("revenue", name, "every-item").to_json()["entries"] == [
        {"line": 1, "error": "ID0302", "text": "COMMUNITY PROTECTION PERMIT IS APPLICABLE AND REQUIRED"}
    ]


KINDS = {"in": ("smallest", "typical", "every-item"), "out": ("typical", "every-item")}


@pytest.mark.parametrize(
    ("name", "kind"), [(each.name, kind) for each in MESSAGES for kind in KINDS[each.guide.direction]]
)
def test_an_example_is_written_again_byte_for_byte(name: str, kind: str) -> None:
    data = example_bytes("revenue", name, kind)
    interchange = read_interchange(data)
    assert interchange.header is not None
    documents = examples("revenue", name, kind)
    written = [
        write_message(document, raw.reference) for document, raw in zip(documents, interchange.messages, strict=True)
    ]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data
