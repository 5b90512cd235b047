"""Rules on a sub-manifest or main manifest that need nothing but the document.

Sources: ICS software developers guide, ESM and EMM business rules; exports training material of customs on sub-manifests.
Items whose condition carries no published id are numbered here: MANIFEST-nn for both, ESM-nn and EMM-nn for one.
"""

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.exports.error_ids import ERROR_IDS
from openics.exports.rules_common import (
    EVERY_LIST,
    is_original,
    keeps,
    transport_mode_known,
    withdraws,
)
from openics.exports.rules_document import heading_without_lines, line_action_given
from openics.messages.codes import Exemption, Indicator, MessageFunction, TransportMode
from openics.messages.exports.codes import CargoReportType
from openics.messages.exports.emm import MainManifest
from openics.messages.exports.esm import SubManifest, SubManifestLine
from openics.messages.exports.manifest import ManifestLine

SUB_MANIFEST: Final = "ESM business rules, ICS software developers guide"
MAIN_MANIFEST: Final = "EMM business rules, ICS software developers guide"
TRAINING: Final = "sub-manifests module of the exports training, customs"
MOST_MANIFEST_LINES: Final = 9999
"""Rules M01 and N01 (D)."""

AnyManifest = SubManifest | MainManifest

_DESCRIBED: Final = (Exemption.PERSONAL, Exemption.LOW_VALUE)
_WITHOUT_LINES: Final = (MessageFunction.WITHDRAW, MessageFunction.REPLACE_HEADING, MessageFunction.CHANGE)


@rule("M01", error=ERROR_IDS["M01"], source=SUB_MANIFEST, evidence="D")
def sub_manifest_lines_limited(document: SubManifest) -> Verdict:
    """A SUB-MANIFEST MAY HAVE AT MOST 9999 LINES"""
    return len(document.lines) <= MOST_MANIFEST_LINES


@rule("N01", error=ERROR_IDS["N01"], source=MAIN_MANIFEST, evidence="D")
def main_manifest_lines_limited(document: MainManifest) -> Verdict:
    """A MAIN MANIFEST MAY HAVE AT MOST 9999 LINES"""
    return len(document.lines) <= MOST_MANIFEST_LINES


@rule("ESM-01", error=ERROR_IDS["ESM-01"], source=SUB_MANIFEST, evidence="D")
def consolidation_reference_given(document: SubManifest) -> Verdict:
    """CONSOLIDATION REFERENCE NUMBER MUST BE SUPPLIED UNLESS THE SUB-MANIFEST IS AN ORIGINAL"""
    return None if is_original(document) else document.consolidation_reference is not None


@rule("EMM-01", error=ERROR_IDS["EMM-01"], source=MAIN_MANIFEST, evidence="D")
def main_manifest_number_given(document: MainManifest) -> Verdict:
    """MAIN MANIFEST NUMBER MUST BE SUPPLIED UNLESS THE MANIFEST IS AN ORIGINAL"""
    return None if is_original(document) else document.manifest_number is not None


@rule("ESM-02", error=ERROR_IDS["ESM-02"], source=TRAINING, evidence="D")
def slot_by_sea(document: SubManifest) -> Verdict:
    """A SLOT SUB-MANIFEST IS POSSIBLE BY SEA ONLY"""
    if document.report_type != CargoReportType.SLOT or document.transport_mode is None:
        return None
    return document.transport_mode == TransportMode.SEA


@rule("ESM-03", error=ERROR_IDS["ESM-03"], source=SUB_MANIFEST, evidence="D")
def nil_cargo_of_a_slot(document: SubManifest) -> Verdict:
    """NIL CARGO REPORT INDICATOR IS NOT ALLOWED FOR A CONSOLIDATION OR BY AIR"""
    if document.nil_cargo is None:
        return None
    return document.report_type != CargoReportType.CONSOLIDATION and document.transport_mode != TransportMode.AIR


@rule("ESM-04", error=ERROR_IDS["ESM-04"], source=SUB_MANIFEST, evidence="D")
def no_empties_in_a_consolidation(document: SubManifest) -> Verdict:
    """NUMBER OF EMPTY CONTAINERS MUST BE 0 FOR A CONSOLIDATION"""
    return not document.empty_containers if document.report_type == CargoReportType.CONSOLIDATION else None


@rule("ESM-05", error=ERROR_IDS["ESM-05"], source=TRAINING, evidence="D", per_line=True)
def exempt_goods_described(line: SubManifestLine, document: SubManifest) -> Verdict:
    """GOODS OWNER NAME, GOODS DESCRIPTION AND DESTINATION COUNTRY MUST BE SUPPLIED WITH EXEMPTION CODE {line.exemption}"""
    if line.exemption not in _DESCRIBED or not keeps(line, document):
        return None
    return all((line.goods_owner_name, line.description, line.destination_country))


@rule("EMM-02", error=ERROR_IDS["EMM-02"], source=MAIN_MANIFEST, evidence="D")
def airline_given(document: MainManifest) -> Verdict:
    """AIRLINE CODE MUST BE SUPPLIED BY AIR"""
    if document.transport_mode != TransportMode.AIR or withdraws(document):
        return None
    return document.carrier is not None


@rule("EMM-03", error=ERROR_IDS["EMM-03"], source=MAIN_MANIFEST, evidence="D")
def vessel_given(document: MainManifest) -> Verdict:
    """VESSEL ID MUST BE SUPPLIED BY SEA"""
    if document.transport_mode != TransportMode.SEA or withdraws(document):
        return None
    return document.vessel_id is not None


@rule("MANIFEST-01", error=ERROR_IDS["MANIFEST-01"], source=MAIN_MANIFEST, evidence="D")
def packages_by_air(document: AnyManifest) -> Verdict:
    """TOTAL NUMBER OF PACKAGES MUST BE MORE THAN 0 BY AIR, UNLESS THE MANIFEST IS NIL"""
    if document.transport_mode != TransportMode.AIR or _states_nothing(document):
        return None
    return bool(document.total_packages)


@rule("MANIFEST-02", error=ERROR_IDS["MANIFEST-02"], source=MAIN_MANIFEST, evidence="D")
def something_by_sea(document: AnyManifest) -> Verdict:
    """TOTAL NUMBER OF PACKAGES OR OF CONTAINERS MUST BE MORE THAN 0, UNLESS THE MANIFEST IS NIL"""
    if document.transport_mode != TransportMode.SEA or _states_nothing(document):
        return None
    return bool(document.total_packages or document.total_containers)


@rule("MANIFEST-03", error=ERROR_IDS["MANIFEST-03"], source=MAIN_MANIFEST, evidence="D")
def no_containers_by_air(document: AnyManifest) -> Verdict:
    """TOTAL NUMBER OF CONTAINERS AND NUMBER OF EMPTY CONTAINERS MUST BE 0 BY AIR"""
    if document.transport_mode != TransportMode.AIR:
        return None
    return not document.total_containers and not document.empty_containers


@rule("MANIFEST-04", error=ERROR_IDS["MANIFEST-04"], source=MAIN_MANIFEST, evidence="D")
def nothing_on_a_nil_manifest(document: AnyManifest) -> Verdict:
    """TOTAL NUMBER OF PACKAGES AND OF CONTAINERS MUST BE 0 WHEN THE MANIFEST IS NIL"""
    if document.nil_cargo != Indicator.YES:
        return None
    return not document.total_packages and not document.total_containers


@rule("MANIFEST-05", error=ERROR_IDS["MANIFEST-05"], source=MAIN_MANIFEST, evidence="I")
def lines_unless_nil(document: AnyManifest) -> Verdict:
    """A MANIFEST MUST HAVE A LINE, AND NONE WHEN IT IS NIL"""
    if document.nil_cargo == Indicator.YES:
        return not document.lines
    return None if document.function in _WITHOUT_LINES else len(document.lines) > 0


@rule("MANIFEST-06", error=ERROR_IDS["MANIFEST-06"], source=SUB_MANIFEST, evidence="D", per_line=True)
def number_or_exemption(line: ManifestLine, document: AnyManifest) -> Verdict:
    """CUSTOMS AUTHORITY NUMBER OR EXPORT DECLARATION EXEMPTION CODE MUST BE SUPPLIED"""
    return bool(line.authority_number or line.exemption) if keeps(line, document) else None


@rule("MANIFEST-07", error=ERROR_IDS["MANIFEST-07"], source=SUB_MANIFEST, evidence="D", per_line=True)
def line_counted(line: SubManifestLine, document: SubManifest) -> Verdict:
    """NUMBER OF PACKAGES MUST BE MORE THAN 0, OR BY SEA THE NUMBER OF CONTAINERS"""
    if not keeps(line, document):
        return None
    return bool(line.packages or (document.transport_mode != TransportMode.AIR and line.containers))


@rule("MANIFEST-08", error=ERROR_IDS["MANIFEST-08"], source=SUB_MANIFEST, evidence="I", per_line=True)
def no_line_containers_by_air(line: ManifestLine, document: AnyManifest) -> Verdict:
    """NUMBER OF CONTAINERS MUST BE 0 BY AIR"""
    return not line.containers if document.transport_mode == TransportMode.AIR else None


def _states_nothing(document: AnyManifest) -> bool:
    return document.nil_cargo == Indicator.YES or withdraws(document)


_BOTH: Final[tuple[Rule, ...]] = (
    transport_mode_known,
    packages_by_air,
    something_by_sea,
    no_containers_by_air,
    nothing_on_a_nil_manifest,
    lines_unless_nil,
    heading_without_lines,
    line_action_given,
    number_or_exemption,
    no_line_containers_by_air,
)

SUB_MANIFEST_RULES: Final[tuple[Rule, ...]] = (
    *EVERY_LIST,
    sub_manifest_lines_limited,
    consolidation_reference_given,
    slot_by_sea,
    nil_cargo_of_a_slot,
    no_empties_in_a_consolidation,
    *_BOTH,
    line_counted,
    exempt_goods_described,
)
"""In the order in which their errors are reported."""

MAIN_MANIFEST_RULES: Final[tuple[Rule, ...]] = (
    *EVERY_LIST,
    main_manifest_lines_limited,
    main_manifest_number_given,
    airline_given,
    vessel_given,
    *_BOTH,
)
"""In the order in which their errors are reported."""
