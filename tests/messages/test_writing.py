"""Writing: canonical segments, or a refusal that names field and cause."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import UnwritableError
from openics.messages.clients.clreg import Address, ClientRegistration, Contact
from openics.messages.clients.clregr import ClientRegistrationResponse
from openics.messages.codes import GoodsType
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.streq import StatusRequest
from openics.messages.imports.amounts import Total
from openics.messages.response import ResponseEntry
from openics.messages.revenue.payrec import PaymentReceipt
from openics.messages.writing import write_message

REQUEST = StatusRequest(sender_reference="R1", version=1, function="13", authority_number="AAAAAAAT4")
BARE = ExportDeclaration(sender_reference="R1", version=1, function="9")


def body(document: Document) -> list[str]:
    return write_message(document, "1")[2:-1]


def test_a_message_has_its_header_and_trailer() -> None:
    assert write_message(REQUEST, "7") == [
        "UNH+7+GENRAL:D:99B:UN",
        "BGM+23:::STREQ+R1:1+13",
        "RFF+TN:AAAAAAAT4",
        "UNT+4+7",
    ]


def test_mandatory_segments_are_always_there() -> None:
    assert body(BARE) == ["UNS+D", "UNS+S"]


def test_what_is_absent_leaves_nothing_behind() -> None:
    document = BARE.replace(transport_mode="11", total_fob_value=Decimal("12.50"), vessel_id="9477878")
    assert body(document) == ["TDT+20+++11++++9477878::11", "MOA+63:12.50", "UNS+D", "UNS+S"]
    assert body(BARE.replace(voyage_or_flight="12", carrier="QF")) == ["TDT+20+12+++QF", "UNS+D", "UNS+S"]
    assert body(BARE.replace(fob_currency="AUD")) == ["MOA+63::AUD", "UNS+D", "UNS+S"]


def test_lines_repeat_their_group() -> None:
    lines = (ExportLine(number=1, permits=("PIF1", "PIF2")), ExportLine(number=2, action="I", ahecc="03026200"))
    assert body(BARE.replace(lines=lines)) == [
        "UNS+D",
        "CST+1",
        "RFF+EP:PIF1",
        "RFF+EP:PIF2",
        "CST+2+I::95",
        "RFF+HS:03026200",
        "UNS+S",
    ]


def test_furniture_is_written_only_around_something() -> None:
    bare = ClientRegistration(sender_reference="R1", version=1, function="9", abn="51824753556")
    assert body(bare) == ["RFF+ABN:51824753556"]
    assert body(bare.replace(roles=("EXPORTER",))) == [
        "RFF+ABN:51824753556",
        "CNI+1",
        "RFF+1",
        "GID+1",
        "MEA+RN+:::EXPORTER",
    ]
    full = bare.replace(
        contacts=(Contact(kind="MO", value="+61 400"),), addresses=(Address(kind="BA", street="1 A ST", country="AU"),)
    )
    assert body(full)[-2:] == ["FTX+CAT+MO++?+61 400", "FTX+CAT+BA++1 A ST+AU"]


def test_header_and_line_entries_differ() -> None:
    response = ExportDeclarationResponse(
        response_reference="A", response_version=1, function="11", entries=(ResponseEntry(), ResponseEntry(line=7))
    )
    assert body(response) == ["ERP+1", "ERP+::7"]


def test_values_are_released() -> None:
    assert body(BARE.replace(consignee_name="O'NEIL+SONS: WHY?")) == [
        "NAD+CN+++O?'NEIL?+SONS?: WHY??",
        "UNS+D",
        "UNS+S",
    ]


def test_codes_may_be_given_by_name() -> None:
    document = BARE.replace(reporting_party_type="O", goods_type=GoodsType.STORES)
    assert body(document) == ["RFF+AWH:O", "PAC+++ST:146:95", "UNS+D", "UNS+S"]


def test_numbers_keep_their_digits_and_never_have_an_exponent() -> None:
    def written(number: str) -> str:
        return body(BARE.replace(total_fob_value=Decimal(number)))[0]

    assert [written(number) for number in ("5.50", "1E+3", "0.000001", "-2.5")] == [
        "MOA+63:5.50",
        "MOA+63:1000",
        "MOA+63:0.000001",
        "MOA+63:-2.5",
    ]


def test_zeros_are_padded_where_the_message_does_so() -> None:
    moment = datetime(2023, 6, 27, 14, 0, 14, tzinfo=timezone(timedelta(hours=10)))
    response = ClientRegistrationResponse(
        response_reference="A",
        response_version=1,
        function="11",
        sender_reference="R1",
        sender_reference_version=2,
        error_count=0,
        responded_at=moment,
    )
    assert write_message(response, "1")[1:-1] == [
        "BGM+961:::CLREGR+A:001+11",
        "RFF+ABO:R1::002",
        "DTM+310:20230627040014:204",
        "CNT+55:000",
    ]
    assert moment.astimezone(UTC).hour == 4


def test_other_service_characters() -> None:
    strange = Separators(component="|", element="*", decimal=",", release="\\", terminator="~")
    document = BARE.replace(
        consignee_name="A*B'C", total_fob_value=Decimal("1.5"), intended_export_date=date(2026, 1, 2)
    )
    assert write_message(document, "1", strange)[2:5] == ["DTM*129|20260102|102", "NAD*CN***A\\*B'C", "MOA*63|1,5"]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            ExportDeclaration(version=1, function="9"),
            "ExportDeclaration has no sender_reference; its message must have one",
        ),
        (BARE.replace(lines=(ExportLine(),)), "ExportLine has no number; its message must have one"),
        (
            BARE.replace(port_of_loading="X" * 26),
            "port_of_loading does not fit its place, which holds 25 characters; shorten it",
        ),
        (
            BARE.replace(total_packages=10**18),
            "total_packages does not fit its place, which holds 18 characters; shorten it",
        ),
        (
            BARE.replace(total_packages=-1),
            "total_packages does not fit its place, which holds 18 characters; shorten it",
        ),
        (
            BARE.replace(lines=(ExportLine(number=1, permits=("X",) * 100),)),
            "there are too many permits; the message holds 99",
        ),
        (
            BARE.replace(voyage_or_flight="X" * 18),
            "voyage_or_flight does not fit its place, which holds 17 characters; shorten it",
        ),
    ],
)
def test_what_the_message_cannot_hold_is_refused(document: ExportDeclaration, words: str) -> None:
    with pytest.raises(UnwritableError) as caught:
        write_message(document, "1")
    assert str(caught.value) == words


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^NaN cannot be written"):
        write_message(BARE.replace(total_fob_value=Decimal("NaN")), "1")


def test_amounts_have_their_decimals_and_leading_zeros() -> None:
    def written(number: str, separators: Separators = DEFAULT_SEPARATORS) -> str:
        receipt = PaymentReceipt(
            response_reference="A",
            response_version=1,
            function="11",
            totals=(Total(kind="369", amount=Decimal(number)),),
        )
        return write_message(receipt, "1", separators)[3]

    assert [written(number) for number in ("29257.20", "5", "0", "1E+2", "-2.5")] == [
        "MOA+369:0000000029257.20",
        "MOA+369:0000000000005.00",
        "MOA+369:0000000000000.00",
        "MOA+369:0000000000100.00",
        "MOA+369:-000000000002.50",
    ]
    assert written("29257.20", Separators(decimal=",")) == "MOA+369:0000000029257,20"
    for number in ("0.001", "NaN", "Infinity"):
        with pytest.raises(UnwritableError, match=f"amount is {number}; its place holds numbers with 2 decimals"):
            written(number)
