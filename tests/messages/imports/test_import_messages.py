"""The messages on import declarations, release and movement: what their examples say."""

from decimal import Decimal

import pytest

from message_examples import example, example_bytes, examples
from openics.edifact.raw import RawMessage
from openics.edifact.reader import read_interchange
from openics.edifact.writer import UnwritableError, write_interchange
from openics.messages.imports import MESSAGES
from openics.messages.imports.amounts import LineAmount, LineTax, Total, line_taxes, totals
from openics.messages.imports.answers import DeclarationError
from openics.messages.imports.codes import AmountKind
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.imdr import ImportDeclarationResponse
from openics.messages.imports.imped import AggregatedPeriodicDeclaration, DetailedPeriodicDeclaration
from openics.messages.imports.sam import StatusAdvice
from openics.messages.reading import read_message
from openics.messages.writing import write_message

DECLARED = {
    "sender_reference": "IMD2611020002",
    "version": 1,
    "function": "9",
    "destination_port": "AUSYD",
    "discharge_port": "AUSYD",
    "arrival_date": "2026-11-05",
    "eft_indicator": "Y",
    "delivery_name": "EXAMPLE IMPORTER PTY LTD",
    "lodgement_answers": [{"question": "LQ0001", "answer": "Y"}],
    "owner_reference": "PO-20417",
    "broker_reference": "B00061102",
    "voyage": "126S",
    "transport_mode": "S",
    "vessel_id": "9290452",
    "delivery_locality": "SYDNEY",
    "delivery_street": "1 EXAMPLE STREET",
    "delivery_state": "NSW",
    "delivery_postcode": "2000",
    "delivery_country": "AU",
    "owner_abn": "51824753556",
    "owner_centre": "001",
    "branch": "AF46JR",
    "supplier_id": "AAA3436797Y",
    "supplier_name": "EXAMPLE SUPPLIER LTD",
    "contact_name": "DUTY OFFICER",
    "contact_phone": "0290000000",
    "transport_insurance": "2000.00",
    "transport_insurance_currency": "AUD",
    "loading_port": "CNSHA",
    "first_arrival_port": "AUSYD",
    "export_date": "2026-10-20",
    "pre_lodge": "N",
    "valuation_basis": "TV",
    "transport": [
        {"kind": "MB", "reference": "EXOB2611101"},
        {"kind": "AAQ", "reference": "CSQU3054383", "line": 1, "cargo_type": "FCL", "packages": 420},
        {"kind": "AAQ", "reference": "CSNU8356338", "line": 2, "cargo_type": "FCL", "packages": 252},
    ],
    "licence": "5340",
    "invoice_term": "FOB",
    "invoice_total": "20000.00",
    "invoice_currency": "AUD",
}


def test_IMD_tells_what_comes_how_and_for_how_much() -> None:
    document = example("imports", "IMD").to_json()
    lines = document.pop("lines")
    assert document == DECLARED
    assert lines[1] == {
        "number": 2,
        "description": "GARDEN UMBRELLAS",
        "quantities": [{"unit": "NO", "amount": "320"}],
        "price": "8000.00",
        "price_currency": "AUD",
        "tariff_class": "66011000",
        "statistical_code": "01",
        "nature": "N10",
        "action": "I",
        "protection_answers": [{"question": "CP0001", "answer": "N"}],
        "origin_country": "CN",
    }


def test_IMD_writes_references_of_transport_before_those_of_owner_and_broker() -> None:
    segments = write_message(example("imports", "IMD"), "1")
    header = segments[: segments.index("UNS+D")]
    assert [each for each in header if each.startswith(("RFF", "PAC"))] == [
        "RFF+MB:EXOB2611101",
        "RFF+AAQ:CSQU3054383:1",
        "PAC+++FCL:67:95",
        "PAC+420+1",
        "RFF+AAQ:CSNU8356338:2",
        "PAC+++FCL:67:95",
        "PAC+252+1",
        "RFF+ABQ:PO-20417",
        "RFF+ADU:B00061102",
    ]


def test_IMD_reads_references_in_any_order() -> None:
    document = example("imports", "IMD")
    segments = write_message(document, "1")
    first, last = segments.index("RFF+MB:EXOB2611101"), segments.index("RFF+ABQ:PO-20417")
    own, transport = segments[last : last + 2], segments[first:last]
    mixed = [*segments[:first], own[0], *transport, own[1], *segments[last + 2 :]]
    reading = read_message(RawMessage(mixed))
    assert (reading.faults, reading.data_faults, reading.document) == ((), (), document)


def test_IMD_tells_a_quarantine_document_from_an_instrument() -> None:
    arriving, released = examples("imports", "IMD", "every-item")
    assert isinstance(arriving, ImportDeclaration)
    assert isinstance(released, ImportDeclaration)
    (line,) = arriving.lines
    assert (line.treatment_instrument_type, line.treatment_instrument) == ("BYLAW", "1234567")
    assert (line.class_instrument_type, line.class_instrument) == ("TCO", "7654321")
    assert [each.to_json() for each in line.quarantine_documents] == [
        {"type": "HEALTH CERTIFICATE", "number": "NZ2026/0077"}
    ]
    assert (line.dumping_price, line.dumping_country, line.dumping_exemption) == (Decimal("15.00"), "NZ", "COUNTRY")
    (line,) = released.lines
    assert (line.nature, line.warehouse_declaration, line.warehouse_line) == ("N30", "AAA93CCEW", 3)


def test_SAC_tells_one_consignment() -> None:
    document = example("imports", "SAC").to_json()
    assert document["lines"] == [
        {
            "number": 1,
            "description": "UMBRELLAS",
            "quantities": [{"unit": "NO", "amount": "120"}],
            "price": "600.00",
            "price_currency": "AUD",
            "tariff_class": "66019900",
            "statistical_code": "03",
            "action": "I",
        }
    ]
    assert {name: document[name] for name in ("ocean_bill", "house_bill", "container", "cargo_type", "packages")} == {
        "ocean_bill": "EXOB2611101",
        "house_bill": "EXHB2611102",
        "container": "CSQU3054383",
        "cargo_type": "LCL",
        "packages": 2,
    }


def test_IMDR_puts_tariff_lines_and_advices_under_the_first_transport_line() -> None:
    document = example("imports", "IMDR")
    assert isinstance(document, ImportDeclarationResponse)
    first, second = document.transport_lines
    assert (document.tariff_lines, document.advices) == (first.tariff_lines, first.advices)
    assert second.to_json() == {"number": 2, "status": "HELD", "status_description": "HELD"}
    assert first.tariff_lines[1].to_json() == {
        "number": 2,
        "nature": "N10",
        "rate": "FREE",
        "taxes": [
            {"amounts": [{"kind": "40", "amount": "8000.00"}]},
            {"amounts": [{"kind": "369", "amount": "880.00"}]},
            {"amounts": [{"kind": "56", "amount": "8800.00"}]},
            {"amounts": [{"kind": "68", "amount": "800.00"}]},
        ],
    }


def test_IMDR_says_of_the_header_what_no_line_is_about() -> None:
    errors = (DeclarationError(error="ID0547", text="A"), DeclarationError(line=2, error="ID0302", text="B"))
    document = example("imports", "IMDR", "refused").replace(entries=errors)
    assert write_message(document, "1")[4:-2] == [
        "ERP+::0",
        "ERC+ID0547::95",
        "FTX+AAO+++A",
        "ERP+::2",
        "ERC+ID0302::95",
        "FTX+AAO+++B",
    ]


def test_amounts_are_written_with_sixteen_characters() -> None:
    bare = {"response_reference": "A", "response_version": 1, "function": "11"}
    document = ImportDeclarationResponse(**bare, totals=totals([(AmountKind.GST, Decimal("880")), ("40", Decimal(0))]))
    assert write_message(document, "1")[2:-1] == [
        "TAX+3",
        "MOA+369:0000000000880.00",
        "TAX+3",
        "MOA+40:0000000000000.00",
    ]
    fine = ImportDeclarationResponse(**bare, totals=(Total(kind="40", amount=Decimal("1.005")),))
    with pytest.raises(UnwritableError, match=r"amount is 1\.005; its place holds numbers with 2 decimals"):
        write_message(fine, "1")


def test_the_entries_of_a_tariff_line_hold_one_amount_or_one_indicator() -> None:
    assert line_taxes([("40", Decimal("5.00"))], ["LAQ"]) == (
        LineTax(amounts=(LineAmount(kind="40", amount=Decimal("5.00")),)),
        LineTax(indicators=("LAQ",)),
    )


def test_SAM_tells_each_advice_in_a_block_of_its_own() -> None:
    wood = {"advice": "177", "lines": ["1", "2"], "texts": ["BIOSECURITY CLEARANCE OF WOOD IS NEEDED"]}
    plants = {"advice": "50", "lines": ["2"], "texts": ["BIOSECURITY CLEARANCE OF PLANT MATERIAL IS NEEDED"]}
    document = example("imports", "SAM")
    assert isinstance(document, StatusAdvice)
    assert document.to_json()["blocks"] == [{"advices": [wood]}, {"advices": [plants]}]
    assert [advice.to_json() for advice in document.advices] == [wood, plants]


def test_ATD_releases_cargo_and_goods() -> None:
    document = example("imports", "ATD").to_json()
    assert document["transport_lines"] == [
        {
            "number": 1,
            "cargo_type": "FCL",
            "packages": 420,
            "ocean_bill": "EXOB2611101",
            "container": "CSQU3054383",
            "tariff_lines": [
                {"number": 1, "description": "UMBRELLAS", "tariff_class": "66019900", "statistical_code": "03"},
                {"number": 2, "description": "GARDEN UMBRELLAS", "tariff_class": "66011000", "statistical_code": "01"},
            ],
        },
        {"number": 2, "cargo_type": "FCL", "packages": 252, "ocean_bill": "EXOB2611101", "container": "CSNU8356338"},
    ]
    counts = ("line_count", "transport_line_count", "third_count")
    assert (document["status"], *(document[name] for name in counts)) == ("FINALISED", 2, 2, 0)


def test_RCR_and_MOVAPP_name_cargo_line_by_line() -> None:
    goods = [{"number": 1, "cargo_type": "FCL", "packages": 420, "package_type": "PK"}]
    line = {"number": 1, "references": [{"kind": "AAQ", "reference": "CSQU3054383", "goods": goods}]}
    assert example("imports", "RCR").to_json()["lines"][0] == line
    movement = example("imports", "MOVAPP").to_json()
    assert (movement["lines"], movement["origin"], movement["destination"]) == ([line], "FM27N", "GE65A")


def test_IMPED1_has_lines_in_every_release_and_IMPED2_under_the_last() -> None:
    detailed, aggregated = example("imports", "IMPED1"), example("imports", "IMPED2")
    assert isinstance(detailed, DetailedPeriodicDeclaration)
    assert isinstance(aggregated, AggregatedPeriodicDeclaration)
    assert [len(release.lines) for release in detailed.releases] == [1, 1]
    assert [len(release.lines) for release in aggregated.releases] == [0, 2]
    assert [line.number for line in detailed.lines] == [line.number for line in aggregated.lines] == [1, 2]
    assert [line.transport_mode for line in aggregated.lines] == ["S", "S"]


@pytest.mark.parametrize("name", ["RCRR", "MOVAPPR", "IMPED1R", "IMPED2R", "SACR"])
def test_an_answer_tells_number_and_status(name: str) -> None:
    document = example("imports", name).to_json()
    assert (document["status"], document["declaration_version"]) == ("CLEAR", 1)
    assert len(document["declaration_number"]) == 9
    assert ("totals" in document) is (name in {"IMPED1R", "IMPED2R", "SACR"})


KINDS = {"in": ("smallest", "typical", "every-item"), "out": ("typical", "every-item")}


@pytest.mark.parametrize(
    ("name", "kind"), [(each.name, kind) for each in MESSAGES for kind in KINDS[each.guide.direction]]
)
def test_an_example_is_written_again_byte_for_byte(name: str, kind: str) -> None:
    data = example_bytes("imports", name, kind)
    interchange = read_interchange(data)
    assert interchange.header is not None
    documents = examples("imports", name, kind)
    written = [
        write_message(document, raw.reference) for document, raw in zip(documents, interchange.messages, strict=True)
    ]
    assert write_interchange(interchange.header, written, una=interchange.una, newline=interchange.newline) == data
