"""Rules on the lines of an export declaration.

Sources: ICS software developers guide, EXD and EXPED1 business rules; form B957a; AHECC. Items whose condition carries
no published id are numbered here, EXD-L-nn.
"""

# ruff: noqa: ARG001 - every rule takes line, document and facts, whichever of them it needs

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.exports.case import Case
from openics.exports.codes import codes_of
from openics.exports.error_ids import ERROR_IDS
from openics.exports.policy import FOREIGN_ORIGIN, MOST_LINES, NO_QUANTITY, TEMPORARY_IMPORT_CODES, WEIGHT_UNITS
from openics.messages.codes import ConfirmingExportType, GoodsOrigin, Indicator
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.reference.codes import CodeList

RULES_PAGE: Final = "EXD business rules, ICS software developers guide"
PERIODIC: Final = "EXPED1 business rules, ICS software developers guide"
FORM: Final = "form B957a, supplementary page"
AHECC: Final = "AHECC, Australian Bureau of Statistics 1233.0"


@rule("EXD-L-01", error=ERROR_IDS["EXD-L-01"], source=RULES_PAGE, evidence="D", per_line=True)
def line_number_in_range(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """LINE NUMBER MUST BE 1 TO 999"""
    return line.number is not None and 1 <= line.number <= MOST_LINES


@rule("EXD-L-02", error=ERROR_IDS["EXD-L-02"], source=RULES_PAGE, evidence="I", per_line=True)
def line_number_once(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """LINE NUMBER {line.number} IS USED MORE THAN ONCE"""
    return line.number not in facts.repeated_numbers


@rule("EXD-L-03", error=ERROR_IDS["EXD-L-03"], source=RULES_PAGE, evidence="D", per_line=True)
def ahecc_known(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """AHECC CODE MUST BE SUPPLIED AND BE A CODE OF THE EXPORT CLASSIFICATION"""
    return len(facts.ahecc_periods(line)) > 0


@rule("EXD-L-04", error=ERROR_IDS["EXD-L-04"], source=AHECC, evidence="D", per_line=True)
def ahecc_in_force(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """AHECC CODE {line.ahecc} IS NOT IN FORCE ON THE INTENDED DATE OF EXPORT {document.intended_export_date}"""
    if not facts.ahecc_periods(line):
        return None
    return facts.ahecc(line, document) is not None


@rule("EXD-L-05", error=ERROR_IDS["EXD-L-05"], source=RULES_PAGE, evidence="D", per_line=True)
def description_given(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """GOODS DESCRIPTION MUST BE SUPPLIED"""
    return bool(line.description)


@rule("EXD-L-06", error=ERROR_IDS["EXD-L-06"], source=FORM, evidence="D", per_line=True)
def origin_given(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """GOODS ORIGIN CODE MUST BE AN AUSTRALIAN STATE (AU-NS, AU-VI, ...) OR YY-FO"""
    return line.origin_code in codes_of(GoodsOrigin)


@rule("EXD-L-07", error=ERROR_IDS["EXD-L-07"], source=FORM, evidence="D", per_line=True)
def foreign_origin_named(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """GOODS ORIGIN COUNTRY CODE MUST BE SUPPLIED, AN ISO 3166 COUNTRY, WHEN THE ORIGIN IS YY-FO"""
    if line.origin_code != FOREIGN_ORIGIN:
        return None
    return facts.known(CodeList.COUNTRY, line.origin_country) is not None


@rule("EXD-L-08", error=ERROR_IDS["EXD-L-08"], source=FORM, evidence="I", per_line=True)
def temporary_import_named(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """TEMPORARY IMPORT NUMBER MUST BE SUPPLIED WHEN GOODS IMPORTED TEMPORARILY ARE EXPORTED AGAIN"""
    if line.ahecc is None or not line.ahecc.startswith(TEMPORARY_IMPORT_CODES):
        return None
    return line.temporary_import_number is not None


@rule("EXD-L-09", error=ERROR_IDS["EXD-L-09"], source=PERIODIC, evidence="I", per_line=True)
def net_quantity_given(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """NET QUANTITY MUST BE MORE THAN 0 UNLESS THE UNIT IS NR"""
    if line.net_quantity_unit == NO_QUANTITY:
        return None
    return _details_follow(document) if line.net_quantity is None else line.net_quantity > 0


@rule("EXD-L-10", error=ERROR_IDS["EXD-L-10"], source=RULES_PAGE, evidence="D", per_line=True)
def net_quantity_unit_fits(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """NET QUANTITY UNIT {line.net_quantity_unit} IS NOT THE UNIT OF AHECC CODE {line.ahecc}"""
    classification = facts.ahecc(line, document)
    return None if classification is None else line.net_quantity_unit == classification.data["unit"]


@rule("EXD-L-11", error=ERROR_IDS["EXD-L-11"], source=RULES_PAGE, evidence="D", per_line=True)
def gross_weight_given(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """GROSS WEIGHT MUST BE SUPPLIED, MORE THAN 0, WITH ITS UNIT KG, T OR G"""
    if line.gross_weight is None:
        return _details_follow(document)
    return line.gross_weight > 0 and line.gross_weight_unit in WEIGHT_UNITS


@rule("EXD-L-12", error=ERROR_IDS["EXD-L-12"], source=RULES_PAGE, evidence="D", per_line=True)
def line_value_given(line: ExportLine, document: ExportDeclaration) -> Verdict:
    """FOB VALUE MUST BE SUPPLIED, UNLESS THE EXPORT IS CONFIRMING, AND NOT BE NEGATIVE"""
    if line.fob_value is None:
        return _details_follow(document)
    return line.fob_value >= 0


@rule("E04", error=ERROR_IDS["E04"], source=RULES_PAGE, evidence="D", per_line=True)
def underbond_line_is_customable(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """EVERY LINE OF AN UNDERBOND DECLARATION MUST BE CUSTOMABLE (FOREIGN) OR EXCISABLE; DECLARE OTHER GOODS APART"""
    classification = facts.ahecc(line, document)
    if document.customable_excisable != Indicator.YES or classification is None:
        return None
    return line.origin_code == FOREIGN_ORIGIN or bool(classification.data["excisable"])


@rule("E07", error=ERROR_IDS["E07"], source=PERIODIC, evidence="I", per_line=True)
def permit_quoted(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """AHECC CODE {line.ahecc} NEEDS A PERMIT; QUOTE ITS PREFIX AND NUMBER"""
    classification = facts.ahecc(line, document)
    if classification is None or not classification.data["permit"]:
        return None
    return len(line.permits) > 0


@rule("E09-B", error=ERROR_IDS["E09-B"], source="Customs Regulation 2015 Sch 3", evidence="I", per_line=True)
def prescribed_line_on_schedule(line: ExportLine, document: ExportDeclaration, facts: Case) -> Verdict:
    """AHECC CODE {line.ahecc} IS NOT ON THE LIST OF PRESCRIBED GOODS"""
    classification = facts.ahecc(line, document)
    if document.prescribed_goods != Indicator.YES or classification is None:
        return None
    return bool(classification.data["prescribed"])


LINE_RULES: Final[tuple[Rule, ...]] = (
    line_number_in_range,
    line_number_once,
    ahecc_known,
    ahecc_in_force,
    description_given,
    origin_given,
    foreign_origin_named,
    temporary_import_named,
    net_quantity_given,
    net_quantity_unit_fits,
    gross_weight_given,
    line_value_given,
    underbond_line_is_customable,
    permit_quoted,
    prescribed_line_on_schedule,
)
"""In the order in which their errors are reported."""


def _details_follow(document: ExportDeclaration) -> bool:
    return document.confirming_export_type == ConfirmingExportType.CONFIRMING
