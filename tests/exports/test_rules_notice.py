"""The rules on the notices of terminals, warehouses and depots: each with a case that passes and one that fails."""

from decimal import Decimal

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import example
from openics.decision.findings import Finding, Severity
from openics.messages.exports.ctorec import ReceivalLine, ReceivalNotice
from openics.messages.exports.ctorem import RemovalNotice
from openics.messages.exports.deprec import DepotReceival
from openics.messages.exports.deprel import DepotRelease
from openics.messages.exports.terminal_notice import TerminalLine
from openics.messages.exports.warehouse_notice import WarehouseLine
from openics.messages.exports.warrel import WarehouseRelease
from openics.messages.exports.warret import WarehouseReturn

LINE = ReceivalLine(number=1, authority_number="AAAAANYM9", cargo_id_type="AAQ", cargo_id="CSQU3054383")
RECEIVAL = ReceivalNotice(
    sender_reference="R1", version=1, function="9", cto_establishment="GE65A", transport_mode="11", lines=(LINE,)
)
REMOVAL = RemovalNotice(
    sender_reference="R2",
    version=1,
    function="9",
    cto_establishment="GE65A",
    transport_mode="6",
    lines=(TerminalLine(number=1, authority_number="AAAAAMYFY", cargo_id_type="AWB", cargo_id="08165004866"),),
)
RELEASE = WarehouseRelease(
    sender_reference="W1",
    version=1,
    function="9",
    warehouse="9034P",
    other_establishment="9053M",
    lines=(WarehouseLine(number=1, ahecc="22083000", quantity=Decimal("12.5"), unit="LA"),),
)
DEPOTS = [
    kind(
        sender_reference="D1",
        version=1,
        function="9",
        origin="9034P",
        destination="9053M",
        authority_numbers=("AAAAAMYFY", "AAAAAMYGP"),
    )
    for kind in (DepotReceival, DepotRelease)
]
NAMES = ["CTOREC", "CTOREM", "WARREL", "WARRET", "DEPREC", "DEPREL"]


def received(**changes: object) -> ReceivalNotice:
    """The receival notice with its line changed."""
    return RECEIVAL.replace(lines=(LINE.replace(**changes),))


@pytest.mark.parametrize("document", [RECEIVAL, REMOVAL, RELEASE, *DEPOTS])
def test_a_sound_notice_has_no_findings(document: ReceivalNotice) -> None:
    assert findings(document) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
def test_the_examples_are_sound(name: str, kind: str) -> None:
    assert findings(example("exports", name, kind)) == []


@pytest.mark.parametrize("document", [RECEIVAL, REMOVAL, RELEASE, *DEPOTS])
def test_X03_versions_start_at_1(document: ReceivalNotice) -> None:
    assert verdict("X03", document) == held("X03")
    assert verdict("X03", document.replace(version=0)) == broken("X03")


def test_X09_B_a_change_has_an_action_for_each_line() -> None:
    change = RECEIVAL.replace(function="4")
    assert verdict("X09-B", change) == broken("X09-B", 1)
    assert verdict("X09-B", change.replace(lines=(LINE.replace(action="A"),))) == held("X09-B")


def test_T01_a_receival_notice_has_at_most_999_lines() -> None:
    assert verdict("T01", RECEIVAL.replace(lines=(LINE,) * 999)) == held("T01")
    assert verdict("T01", RECEIVAL.replace(lines=(LINE,) * 1000)) == broken("T01")


def test_R01_a_removal_notice_has_at_most_99_lines() -> None:
    assert verdict("R01", REMOVAL.replace(lines=REMOVAL.lines * 99)) == held("R01")
    assert verdict("R01", REMOVAL.replace(lines=REMOVAL.lines * 100)) == broken("R01")


@pytest.mark.parametrize(
    ("mode", "kind", "expected"),
    [
        ("11", "AAQ", held("T04")),
        ("11", "AKR", held("T04")),
        ("11", "AWB", broken("T04", 1)),
        ("6", "AWB", held("T04")),
        ("6", "AAQ", broken("T04", 1)),
        ("6", "AKR", broken("T04", 1)),
        (None, "AAQ", not_applied("T04")),
    ],
)
def test_T04_what_a_line_names_fits_the_mode(mode: str | None, kind: str, expected: object) -> None:
    assert verdict("T04", received(cargo_id_type=kind).replace(transport_mode=mode)) == expected


def test_TERMINAL_01_a_line_has_a_number_or_an_exemption() -> None:
    assert verdict("TERMINAL-01", received(authority_number=None, exemption="EXSP")) == held("TERMINAL-01")
    assert verdict("TERMINAL-01", received(authority_number=None)) == broken("TERMINAL-01", 1)
    assert verdict("TERMINAL-01", received(authority_number=None, action="D")) == not_applied("TERMINAL-01")
    assert verdict("TERMINAL-01", RECEIVAL.replace(function="50")) == not_applied("TERMINAL-01")


def test_TERMINAL_02_not_both_of_them() -> None:
    assert verdict("TERMINAL-02", RECEIVAL) == held("TERMINAL-02")
    assert verdict("TERMINAL-02", received(exemption="EXSP")) == broken("TERMINAL-02", 1)
    assert verdict("TERMINAL-02", received(authority_number=None, exemption="EXSP")) == not_applied("TERMINAL-02")


def test_TERMINAL_03_check_digits_are_advised_on() -> None:
    assert [verdict("TERMINAL-03", document) for document in (RECEIVAL, REMOVAL)] == [held("TERMINAL-03")] * 2
    text = "CHECK DIGIT OF CSQU3054384 IS NOT RIGHT; CHECK THE CONTAINER OR AIR WAYBILL NUMBER"
    assert findings(received(cargo_id="CSQU3054384")) == [
        Finding(Severity.ADVICE, "EX9555", text, 1, "TERMINAL-03"),
    ]
    waybill = REMOVAL.lines[0].replace(cargo_id="08165004860")
    assert verdict("TERMINAL-03", REMOVAL.replace(lines=(waybill,))) == broken("TERMINAL-03", 1)
    assert verdict("TERMINAL-03", received(cargo_id_type="AKR", cargo_id="MEL1")) == not_applied("TERMINAL-03")


def test_TERMINAL_04_the_terminal_before_is_named() -> None:
    assert verdict("TERMINAL-04", received(offload="Y", previous_cto="FM27N")) == held("TERMINAL-04")
    assert verdict("TERMINAL-04", received(offload="Y")) == broken("TERMINAL-04", 1)
    assert verdict("TERMINAL-04", received(offload="Y", previous_cto="GE65A")) == broken("TERMINAL-04", 1)
    assert verdict("TERMINAL-04", received(offload="N")) == not_applied("TERMINAL-04")


def test_WAREHOUSE_01_a_notice_has_at_most_999_lines() -> None:
    assert verdict("WAREHOUSE-01", RELEASE.replace(lines=RELEASE.lines * 999)) == held("WAREHOUSE-01")
    assert verdict("WAREHOUSE-01", RELEASE.replace(lines=RELEASE.lines * 1000)) == broken("WAREHOUSE-01")


def test_WAREHOUSE_02_quantities_are_more_than_0() -> None:
    nothing = RELEASE.replace(lines=(RELEASE.lines[0].replace(quantity=Decimal(0)),))
    assert verdict("WAREHOUSE-02", RELEASE) == held("WAREHOUSE-02")
    assert verdict("WAREHOUSE-02", nothing) == broken("WAREHOUSE-02", 1)
    assert verdict("WAREHOUSE-02", nothing.replace(function="50")) == not_applied("WAREHOUSE-02")


def test_WAREHOUSE_03_goods_leave_the_warehouse() -> None:
    back = WarehouseReturn(**RELEASE.__dict__)
    assert [verdict("WAREHOUSE-03", document) for document in (RELEASE, back)] == [held("WAREHOUSE-03")] * 2
    assert verdict("WAREHOUSE-03", RELEASE.replace(other_establishment="9034P")) == broken("WAREHOUSE-03")
    assert verdict("WAREHOUSE-03", RELEASE.replace(warehouse=None)) == not_applied("WAREHOUSE-03")


@pytest.mark.parametrize("document", DEPOTS)
def test_DEPOT_01_goods_move(document: DepotReceival) -> None:
    assert verdict("DEPOT-01", document) == held("DEPOT-01")
    assert verdict("DEPOT-01", document.replace(destination="9034P")) == broken("DEPOT-01")
    assert verdict("DEPOT-01", document.replace(origin=None)) == not_applied("DEPOT-01")


@pytest.mark.parametrize("document", DEPOTS)
def test_DEPOT_02_a_number_is_stated_once(document: DepotReceival) -> None:
    assert verdict("DEPOT-02", document) == held("DEPOT-02")
    assert verdict("DEPOT-02", document.replace(authority_numbers=("A", "A"))) == broken("DEPOT-02")
    assert verdict("DEPOT-02", document.replace(authority_numbers=())) == not_applied("DEPOT-02")
