"""Rules on the tariff lines of declarations, on the document alone.

Sources: ICS software developers guide, business rules common to the messages of release 3B; import clearance manual; the
dumping commission's page on import declarations.
"""

# ruff: noqa: ARG001 - every line rule takes the line and the document, whichever of them it needs

from decimal import Decimal
from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.imports.error_ids import ERROR_IDS
from openics.messages.codes import MessageFunction, Unit
from openics.messages.imports.codes import DumpingExemption, LineIndicator, Nature
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.imd_lines import ImportLine
from openics.messages.imports.periodic import PeriodicLine
from openics.messages.imports.sac import ClearanceLine, SelfAssessedClearance
from openics.revenue.rules_common import COMMON, Periodic, declares, stays

MANUAL: Final = "import clearance manual"
DUMPING_PAGE: Final = "anti-dumping commission, import declarations"
CAR_TAX: Final = "luxury car tax calculation, ICS software developers guide"
MOST_COMMODITIES: Final = 10

TariffLine = ImportLine | ClearanceLine | PeriodicLine
Declared = ImportDeclaration | SelfAssessedClearance | Periodic
Claiming = ImportLine | PeriodicLine
"""Lines that may claim preference."""

_QUANTITIES: Final = ("dumping_quantity", "duty_factor")
_MONEY: Final = ("price", "dumping_price", "transport_insurance")


@rule("LINE-Q1", error=ERROR_IDS["LINE-Q1"], source=MANUAL, evidence="I", per_line=True)
def quantities_have_units(line: TariffLine, document: Declared) -> Verdict:
    """QUANTITY AND UNIT OF LINE {line.number} MUST BE SUPPLIED BOTH OR NEITHER"""
    recorded = [each for each in line.quantities if each.unit != Unit.NOT_RECORDED]
    others = _paired(line, _QUANTITIES, "_unit")
    if not recorded and others is None:
        return None
    return others is not False and all(each.amount is not None for each in recorded)


@rule("LINE-Q2", error=ERROR_IDS["LINE-Q2"], source=MANUAL, evidence="I", per_line=True)
def prices_have_currencies(line: TariffLine, document: Declared) -> Verdict:
    """EVERY AMOUNT OF LINE {line.number} MUST BE SUPPLIED WITH ITS CURRENCY CODE"""
    return _paired(line, _MONEY, "_currency")


def _paired(line: TariffLine, names: tuple[str, ...], suffix: str) -> Verdict:
    """Whether each value that is there has its companion, and the reverse."""
    pairs = [(getattr(line, name, None), getattr(line, name + suffix, None)) for name in names]
    given = [pair for pair in pairs if pair != (None, None)]
    return all(None not in pair for pair in given) if given else None


@rule("LINE-Q3", error=ERROR_IDS["LINE-Q3"], source=MANUAL, evidence="I", per_line=True)
def quantities_positive(line: TariffLine, document: Declared) -> Verdict:
    """QUANTITIES OF LINE {line.number} MUST BE MORE THAN 0, ITS PRICE NOT LESS"""
    others = (getattr(line, name, None) for name in _QUANTITIES)
    quantities = [each for each in (*(found.amount for found in line.quantities), *others) if each is not None]
    if not quantities and line.price is None:
        return None
    return all(each > 0 for each in quantities) and (line.price or Decimal(0)) >= 0


@rule("WET-01", error=ERROR_IDS["WET-01"], source=MANUAL, evidence="I", per_line=True)
def wine_tax_quoted_or_exempt(line: TariffLine, document: Declared) -> Verdict:
    """LINE {line.number} CANNOT QUOTE WINE EQUALISATION TAX AND BE EXEMPT FROM IT"""
    if line.wet_exemption is None:
        return None
    return LineIndicator.WINE_TAX_QUOTED not in line.indicators


@rule("PREF-01", error=ERROR_IDS["PREF-01"], source=MANUAL, evidence="I", per_line=True)
def preference_complete(line: Claiming, document: Declared) -> Verdict:
    """PREFERENCE ORIGIN COUNTRY, SCHEME TYPE AND RULE TYPE OF LINE {line.number} MUST BE SUPPLIED ALL OR NONE"""
    given = (line.preference_country, line.preference_scheme, line.preference_rule)
    return None if given == (None, None, None) else None not in given


@rule("REFUND-01", error=ERROR_IDS["REFUND-01"], source=MANUAL, evidence="I", per_line=True)
def refund_reason_on_a_change(
    line: ImportLine | ClearanceLine, document: ImportDeclaration | SelfAssessedClearance
) -> Verdict:
    """REFUND REASON OF LINE {line.number} MUST NOT BE SUPPLIED ON AN ORIGINAL"""
    return document.function != MessageFunction.ORIGINAL if line.refund_reason is not None else None


@rule("AQIS-01", error=ERROR_IDS["AQIS-01"], source=COMMON, evidence="D", per_line=True)
def commodity_not_out_of_a_warehouse(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """AQIS COMMODITY CODE MUST NOT BE SUPPLIED ON A NATURE 30 LINE"""
    return line.nature != Nature.WAREHOUSE_OUT if line.quarantine_commodities else None


@rule("AQIS-02", error=ERROR_IDS["AQIS-02"], source=COMMON, evidence="D", per_line=True)
def at_most_ten_commodities(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """LINE {line.number} HAS MORE THAN 10 AQIS COMMODITY CODES"""
    return len(line.quarantine_commodities) <= MOST_COMMODITIES if line.quarantine_commodities else None


@rule("IMD-L-01", error=ERROR_IDS["IMD-L-01"], source=MANUAL, evidence="D", per_line=True)
def warehouse_line_named(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """WAREHOUSE DECLARATION NUMBER AND LINE MUST BE SUPPLIED ON NATURE 30 LINE {line.number}"""
    if line.nature != Nature.WAREHOUSE_OUT or not declares(document) or not stays(line):
        return None
    return line.warehouse_declaration is not None and line.warehouse_line is not None


@rule("IMD-L-02", error=ERROR_IDS["IMD-L-02"], source=MANUAL, evidence="I", per_line=True)
def warehouse_line_only_out_of_one(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """WAREHOUSE DECLARATION NUMBER AND LINE MUST NOT BE SUPPLIED UNLESS LINE {line.number} IS OF NATURE 30"""
    if line.warehouse_declaration is None and line.warehouse_line is None:
        return None
    return line.nature == Nature.WAREHOUSE_OUT


@rule("IMD-L-03", error=ERROR_IDS["IMD-L-03"], source=MANUAL, evidence="I", per_line=True)
def valuation_basis_given(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """VALUATION BASIS TYPE MUST BE SUPPLIED IN THE HEADER OR IN LINE {line.number}"""
    if not declares(document) or not stays(line):
        return None
    return document.valuation_basis is not None or line.valuation_basis is not None


@rule("IMD-L-04", error=ERROR_IDS["IMD-L-04"], source=MANUAL, evidence="I", per_line=True)
def instruments_complete(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """INSTRUMENT TYPE AND INSTRUMENT NUMBER OF LINE {line.number} MUST BE SUPPLIED BOTH OR NEITHER"""
    pairs = [
        (line.treatment_instrument_type, line.treatment_instrument),
        (line.class_instrument_type, line.class_instrument),
    ]
    given = [pair for pair in pairs if pair != (None, None)]
    return all(None not in pair for pair in given) if given else None


@rule("IMD-L-05", error=ERROR_IDS["IMD-L-05"], source=MANUAL, evidence="I", per_line=True)
def treatment_of_the_instrument(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """TREATMENT INSTRUMENT OF LINE {line.number} MUST NOT BE SUPPLIED WITHOUT A TREATMENT CODE"""
    return line.treatment is not None if line.treatment_instrument is not None else None


@rule("IMD-L-06", error=ERROR_IDS["IMD-L-06"], source=CAR_TAX, evidence="D", per_line=True)
def car_tax_quoted_alone(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """LINE {line.number} CANNOT QUOTE LUXURY CAR TAX AND BE EXEMPT FROM IT OR SAY THAT IT IS PAYABLE"""
    if LineIndicator.LUXURY_CAR_TAX_QUOTED not in line.indicators:
        return None
    return line.luxury_car_exemption is None and LineIndicator.LUXURY_CAR_TAX_PAYABLE not in line.indicators


@rule("IMD-L-07", error=ERROR_IDS["IMD-L-07"], source=DUMPING_PAGE, evidence="D", per_line=True)
def dumping_country_named(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """DUMPING COUNTRY OF EXPORT MUST BE SUPPLIED WHEN THE DUMPING EXEMPTION TYPE IS COUNTRY"""
    return line.dumping_country is not None if line.dumping_exemption == DumpingExemption.COUNTRY else None


@rule("IMD-L-08", error=ERROR_IDS["IMD-L-08"], source=DUMPING_PAGE, evidence="I", per_line=True)
def dumping_price_of_a_specification(line: ImportLine, document: ImportDeclaration) -> Verdict:
    """DUMPING EXPORT PRICE OF LINE {line.number} MUST NOT BE SUPPLIED WITHOUT A DUMPING SPECIFICATION NUMBER"""
    return line.dumping_specification is not None if line.dumping_price is not None else None


@rule("IMD-L-09", error=ERROR_IDS["IMD-L-09"], source=MANUAL, evidence="I", per_line=True)
def protection_questions_answered_once(
    line: ImportLine | ClearanceLine, document: ImportDeclaration | SelfAssessedClearance
) -> Verdict:
    """EACH COMMUNITY PROTECTION QUESTION MAY BE ANSWERED ONCE IN LINE {line.number}"""
    questions = [each.question for each in line.protection_answers]
    return len(set(questions)) == len(questions) if questions else None


TARIFF_LINE_RULES: Final[tuple[Rule, ...]] = (
    quantities_have_units,
    prices_have_currencies,
    quantities_positive,
    wine_tax_quoted_or_exempt,
)
"""The rules of every tariff line."""

IMPORT_LINE_RULES: Final[tuple[Rule, ...]] = (
    *TARIFF_LINE_RULES,
    preference_complete,
    refund_reason_on_a_change,
    commodity_not_out_of_a_warehouse,
    at_most_ten_commodities,
    warehouse_line_named,
    warehouse_line_only_out_of_one,
    valuation_basis_given,
    instruments_complete,
    treatment_of_the_instrument,
    car_tax_quoted_alone,
    dumping_country_named,
    dumping_price_of_a_specification,
    protection_questions_answered_once,
)
"""The rules of the lines of an import declaration."""
