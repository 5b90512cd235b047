"""The rules on manifests: each with a case that passes and one that fails."""

import pytest

from document_verdicts import broken, findings, held, not_applied, verdict
from message_examples import example
from openics.decision.findings import Finding, Severity
from openics.messages.exports.emm import MainManifest
from openics.messages.exports.esm import SubManifest, SubManifestLine
from openics.messages.exports.manifest import Manifest, ManifestLine

LINE = SubManifestLine(number=1, packages=3, authority_number="AAAAAMYFY")
CONSOLIDATION = SubManifest(
    sender_reference="ESM1",
    version=1,
    function="9",
    report_type="C",
    transport_mode="11",
    total_packages=3,
    lines=(LINE,),
)
BY_AIR = CONSOLIDATION.replace(transport_mode="6")
SLOT = CONSOLIDATION.replace(report_type="S")
NIL_SLOT = SLOT.replace(nil_cargo="Y", total_packages=0, lines=())
SHIP = MainManifest(
    sender_reference="EMM1",
    version=1,
    function="9",
    transport_mode="11",
    vessel_id="9477878",
    total_containers=1,
    lines=(ManifestLine(number=1, containers=1, authority_number="AAAAANYM9"),),
)
FLIGHT = SHIP.replace(
    transport_mode="6",
    carrier="QF",
    vessel_id=None,
    total_containers=None,
    total_packages=3,
    lines=(ManifestLine(number=1, packages=3, authority_number="AAAAAMYFY"),),
)
NIL_SHIP = SHIP.replace(nil_cargo="Y", total_containers=0, lines=())
SOUND = [CONSOLIDATION, BY_AIR, SLOT, NIL_SLOT, SHIP, FLIGHT, NIL_SHIP]


def with_line(document: Manifest, **changes: object) -> Manifest:
    """The document with its line changed."""
    assert isinstance(document, SubManifest | MainManifest)
    return document.replace(lines=(document.lines[0].replace(**changes),))


@pytest.mark.parametrize("document", SOUND)
def test_a_sound_manifest_has_no_findings(document: Manifest) -> None:
    assert findings(document) == []


@pytest.mark.parametrize("name", ["ESM", "EMM"])
@pytest.mark.parametrize("kind", ["smallest", "typical", "every-item"])
def test_the_examples_are_sound(name: str, kind: str) -> None:
    assert findings(example("exports", name, kind)) == []


def test_X03_versions_start_at_1() -> None:
    assert verdict("X03", SHIP) == held("X03")
    assert verdict("X03", SHIP.replace(version=0)) == broken("X03")


def test_X09_A_a_replaced_heading_has_no_lines() -> None:
    heading = CONSOLIDATION.replace(function="20", consolidation_reference="AAAAANYM9")
    assert verdict("X09-A", heading.replace(lines=())) == held("X09-A")
    assert findings(heading.replace(lines=())) == []
    assert verdict("X09-A", heading) == broken("X09-A")


def test_X09_B_a_change_has_an_action_for_each_line() -> None:
    change = SHIP.replace(function="4", manifest_number="AAAAATAM4")
    assert verdict("X09-B", with_line(change, action="A")) == held("X09-B")
    assert verdict("X09-B", change) == broken("X09-B", 1)
    assert verdict("X09-B", SHIP) == not_applied("X09-B")


def test_EXPORT_01_line_numbers_are_used_once() -> None:
    line = SHIP.lines[0]
    assert verdict("EXPORT-01", SHIP.replace(lines=(line, line.replace(number=9999)))) == held("EXPORT-01")
    assert verdict("EXPORT-01", SHIP.replace(lines=(line, line))) == broken("EXPORT-01")
    assert verdict("EXPORT-01", with_line(SHIP, number=0)) == broken("EXPORT-01")
    assert verdict("EXPORT-01", NIL_SHIP) == not_applied("EXPORT-01")


def test_EXPORT_02_mode_is_sea_or_air() -> None:
    assert [verdict("EXPORT-02", document) for document in (SHIP, FLIGHT)] == [held("EXPORT-02")] * 2
    assert verdict("EXPORT-02", SHIP.replace(transport_mode="31")) == broken("EXPORT-02")
    assert verdict("EXPORT-02", SHIP.replace(transport_mode=None)) == not_applied("EXPORT-02")


def test_M01_a_sub_manifest_has_at_most_9999_lines() -> None:
    assert verdict("M01", CONSOLIDATION.replace(lines=(LINE,) * 9999)) == held("M01")
    assert verdict("M01", CONSOLIDATION.replace(lines=(LINE,) * 10000)) == broken("M01")


def test_N01_a_main_manifest_has_at_most_9999_lines() -> None:
    assert verdict("N01", SHIP.replace(lines=SHIP.lines * 9999)) == held("N01")
    assert verdict("N01", SHIP.replace(lines=SHIP.lines * 10000)) == broken("N01")


def test_ESM_01_its_number_is_quoted_unless_it_is_an_original() -> None:
    assert verdict("ESM-01", CONSOLIDATION) == not_applied("ESM-01")
    withdrawal = CONSOLIDATION.replace(function="50")
    assert verdict("ESM-01", withdrawal) == broken("ESM-01")
    assert verdict("ESM-01", withdrawal.replace(consolidation_reference="AAAAANYM9")) == held("ESM-01")


def test_EMM_01_its_number_is_quoted_unless_it_is_an_original() -> None:
    assert verdict("EMM-01", SHIP) == not_applied("EMM-01")
    assert verdict("EMM-01", SHIP.replace(function="5")) == broken("EMM-01")
    assert verdict("EMM-01", SHIP.replace(function="5", manifest_number="AAAAATAM4")) == held("EMM-01")


def test_ESM_02_a_slot_is_at_sea() -> None:
    assert verdict("ESM-02", SLOT) == held("ESM-02")
    assert verdict("ESM-02", SLOT.replace(transport_mode="6")) == broken("ESM-02")
    assert verdict("ESM-02", BY_AIR) == not_applied("ESM-02")


def test_ESM_03_only_a_slot_may_be_nil() -> None:
    assert verdict("ESM-03", NIL_SLOT) == held("ESM-03")
    assert verdict("ESM-03", CONSOLIDATION.replace(nil_cargo="N")) == broken("ESM-03")
    assert verdict("ESM-03", SLOT.replace(nil_cargo="N", transport_mode="6")) == broken("ESM-03")
    assert verdict("ESM-03", CONSOLIDATION) == not_applied("ESM-03")


def test_ESM_04_a_consolidation_has_no_empty_containers() -> None:
    assert verdict("ESM-04", CONSOLIDATION.replace(empty_containers=0)) == held("ESM-04")
    assert verdict("ESM-04", CONSOLIDATION.replace(empty_containers=1)) == broken("ESM-04")
    assert verdict("ESM-04", SLOT.replace(empty_containers=1)) == not_applied("ESM-04")


@pytest.mark.parametrize("missing", ["goods_owner_name", "description", "destination_country"])
def test_ESM_05_exempt_goods_are_described(missing: str) -> None:
    goods = {
        "authority_number": None,
        "goods_owner_name": "EXAMPLE TRADER PTY LTD",
        "description": "TILES",
        "destination_country": "NZ",
    }
    described = with_line(CONSOLIDATION, exemption="EXLV", **goods)
    assert verdict("ESM-05", described) == held("ESM-05")
    assert verdict("ESM-05", with_line(described, **{missing: None})) == broken("ESM-05", 1)
    assert verdict("ESM-05", with_line(described, exemption="EXML", **{missing: None})) == not_applied("ESM-05")


def test_EMM_02_an_airline_is_named_by_air() -> None:
    assert verdict("EMM-02", FLIGHT) == held("EMM-02")
    assert verdict("EMM-02", FLIGHT.replace(carrier=None)) == broken("EMM-02")
    assert verdict("EMM-02", SHIP) == not_applied("EMM-02")


def test_EMM_03_a_vessel_is_named_by_sea() -> None:
    assert verdict("EMM-03", SHIP) == held("EMM-03")
    assert verdict("EMM-03", SHIP.replace(vessel_id=None)) == broken("EMM-03")
    assert verdict("EMM-03", FLIGHT) == not_applied("EMM-03")


def test_MANIFEST_01_packages_are_counted_by_air() -> None:
    assert [verdict("MANIFEST-01", document) for document in (BY_AIR, FLIGHT)] == [held("MANIFEST-01")] * 2
    assert verdict("MANIFEST-01", FLIGHT.replace(total_packages=0)) == broken("MANIFEST-01")
    assert verdict("MANIFEST-01", FLIGHT.replace(nil_cargo="Y", total_packages=0)) == not_applied("MANIFEST-01")


def test_MANIFEST_02_packages_or_containers_are_counted_by_sea() -> None:
    assert [verdict("MANIFEST-02", document) for document in (SHIP, SLOT)] == [held("MANIFEST-02")] * 2
    assert verdict("MANIFEST-02", SHIP.replace(total_containers=None)) == broken("MANIFEST-02")
    assert verdict("MANIFEST-02", NIL_SHIP) == not_applied("MANIFEST-02")
    assert verdict("MANIFEST-02", SHIP.replace(function="50", total_containers=None)) == not_applied("MANIFEST-02")


@pytest.mark.parametrize("item", ["total_containers", "empty_containers"])
def test_MANIFEST_03_there_are_no_containers_by_air(item: str) -> None:
    assert verdict("MANIFEST-03", FLIGHT.replace(**{item: 0})) == held("MANIFEST-03")
    assert verdict("MANIFEST-03", FLIGHT.replace(**{item: 1})) == broken("MANIFEST-03")
    assert verdict("MANIFEST-03", SHIP) == not_applied("MANIFEST-03")


@pytest.mark.parametrize("item", ["total_containers", "total_packages"])
def test_MANIFEST_04_a_nil_manifest_counts_nothing(item: str) -> None:
    assert verdict("MANIFEST-04", NIL_SHIP) == held("MANIFEST-04")
    assert verdict("MANIFEST-04", NIL_SHIP.replace(**{item: 1})) == broken("MANIFEST-04")
    assert verdict("MANIFEST-04", SHIP) == not_applied("MANIFEST-04")


def test_MANIFEST_05_there_are_lines_unless_it_is_nil() -> None:
    assert [verdict("MANIFEST-05", document) for document in (SHIP, NIL_SHIP)] == [held("MANIFEST-05")] * 2
    assert verdict("MANIFEST-05", SHIP.replace(lines=())) == broken("MANIFEST-05")
    assert verdict("MANIFEST-05", NIL_SHIP.replace(lines=SHIP.lines)) == broken("MANIFEST-05")
    for function in ("4", "20", "50"):
        assert verdict("MANIFEST-05", SHIP.replace(function=function, lines=())) == not_applied("MANIFEST-05")


def test_MANIFEST_06_a_line_has_a_number_or_an_exemption() -> None:
    assert verdict("MANIFEST-06", with_line(SHIP, authority_number=None, exemption="EXSP")) == held("MANIFEST-06")
    without = with_line(SHIP, authority_number=None)
    assert findings(without) == [
        Finding(
            Severity.ERROR,
            "EX9525",
            "CUSTOMS AUTHORITY NUMBER OR EXPORT DECLARATION EXEMPTION CODE MUST BE SUPPLIED",
            1,
            "MANIFEST-06",
        )
    ]
    assert verdict("MANIFEST-06", with_line(without, action="D")) == not_applied("MANIFEST-06")


def test_MANIFEST_07_a_line_is_counted() -> None:
    assert [verdict("MANIFEST-07", document) for document in (SLOT, BY_AIR)] == [held("MANIFEST-07")] * 2
    assert verdict("MANIFEST-07", with_line(SLOT, packages=0)) == broken("MANIFEST-07", 1)
    assert verdict("MANIFEST-07", with_line(SLOT, packages=0, containers=1)) == held("MANIFEST-07")
    assert verdict("MANIFEST-07", with_line(BY_AIR, packages=None, containers=1)) == broken("MANIFEST-07", 1)
    assert verdict("MANIFEST-07", with_line(SLOT, packages=None, action="D")) == not_applied("MANIFEST-07")


def test_the_lines_of_a_main_manifest_need_no_counts() -> None:
    assert findings(with_line(SHIP, containers=None)) == []
    assert findings(with_line(FLIGHT, packages=None)) == []


def test_MANIFEST_08_a_line_has_no_containers_by_air() -> None:
    assert verdict("MANIFEST-08", FLIGHT) == held("MANIFEST-08")
    assert verdict("MANIFEST-08", with_line(FLIGHT, containers=1)) == broken("MANIFEST-08", 1)
    assert verdict("MANIFEST-08", SHIP) == not_applied("MANIFEST-08")
