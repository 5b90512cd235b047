"""Rules on the header of an import declaration or self-assessed clearance, on the document alone.

Sources: ICS software developers guide, business rules common to the messages of release 3B; import clearance manual.
"""

from decimal import Decimal
from typing import Final

from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.imports.error_ids import ERROR_IDS
from openics.messages.codes import MessageFunction
from openics.messages.imports.codes import Nature, TransportMode
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.rcr import ReleaseRequest
from openics.messages.imports.sac import SelfAssessedClearance
from openics.revenue.rules_common import COMMON, declares, stays

MANUAL: Final = "import clearance manual"
WRITERS: Final = "self-assessed clearances in traffic"
AUSTRALIA: Final = "AU"

Declared = ImportDeclaration | SelfAssessedClearance
Moved = ImportDeclaration | SelfAssessedClearance | ReleaseRequest
"""What says by what craft goods come."""

_MONEY: Final = ("customs_value", "transport_insurance", "overseas_freight", "overseas_insurance")
"""Amounts of the header that have a currency beside them."""


@rule("AIR-01", error=ERROR_IDS["AIR-01"], source=COMMON, evidence="D")
def airline_only_by_air(document: Moved) -> Verdict:
    """AIRLINE CODE MUST NOT BE SUPPLIED UNLESS THE MODE OF TRANSPORT IS AIR"""
    return document.transport_mode == TransportMode.AIR if document.airline is not None else None


def arrives(document: Declared) -> bool:
    """Whether goods are declared that arrive; those out of a warehouse have arrived before."""
    natures = {getattr(line, "nature", None) for line in document.lines}
    return declares(document) and natures != {Nature.WAREHOUSE_OUT}


@rule("AIR-02", error=ERROR_IDS["AIR-02"], source=MANUAL, evidence="I")
def airline_given_by_air(document: Declared) -> Verdict:
    """AIRLINE CODE MUST BE SUPPLIED WHEN THE MODE OF TRANSPORT IS AIR"""
    by_air = arrives(document) and document.transport_mode == TransportMode.AIR
    return document.airline is not None if by_air else None


@rule("SEA-01", error=ERROR_IDS["SEA-01"], source=MANUAL, evidence="I")
def voyage_given_by_sea(document: Declared) -> Verdict:
    """VESSEL ID AND VOYAGE NUMBER MUST BE SUPPLIED WHEN THE MODE OF TRANSPORT IS SEA"""
    by_sea = arrives(document) and document.transport_mode == TransportMode.SEA
    return document.vessel_id is not None and document.voyage is not None if by_sea else None


@rule("SEA-02", error=ERROR_IDS["SEA-02"], source=MANUAL, evidence="I")
def vessel_only_by_sea(document: Declared) -> Verdict:
    """VESSEL ID MUST NOT BE SUPPLIED UNLESS THE MODE OF TRANSPORT IS SEA"""
    return document.transport_mode == TransportMode.SEA if document.vessel_id is not None else None


@rule("OWNER-01", error=ERROR_IDS["OWNER-01"], source=MANUAL, evidence="I")
def owner_given(document: Declared) -> Verdict:
    """OWNER ABN, IMPORTER ID OR IMPORTER NAME MUST BE SUPPLIED"""
    known = (document.owner_abn, document.importer_id, document.importer_name)
    return any(each is not None for each in known) if declares(document) else None


@rule("OWNER-02", error=ERROR_IDS["OWNER-02"], source=COMMON, evidence="I")
def activity_centre_of_an_abn(document: Declared) -> Verdict:
    """CLIENT ACTIVITY CENTRE MUST NOT BE SUPPLIED WITHOUT THE OWNER ABN"""
    by_number = (document.importer_id or "").isdigit()
    return document.owner_abn is not None or by_number if document.owner_centre is not None else None


@rule("PORT-01", error=ERROR_IDS["PORT-01"], source=MANUAL, evidence="I")
def discharged_in_australia(document: Declared) -> Verdict:
    """DISCHARGE PORT {document.discharge_port} IS NOT AN AUSTRALIAN PORT"""
    return None if document.discharge_port is None else document.discharge_port.startswith(AUSTRALIA)


@rule("PORT-02", error=ERROR_IDS["PORT-02"], source=MANUAL, evidence="I")
def bound_for_australia(document: Declared) -> Verdict:
    """DESTINATION PORT {document.destination_port} IS NOT AN AUSTRALIAN PORT"""
    return None if document.destination_port is None else document.destination_port.startswith(AUSTRALIA)


@rule("MONEY-01", error=ERROR_IDS["MONEY-01"], source=WRITERS, evidence="I")
def amounts_have_currencies(document: Declared) -> Verdict:
    """EVERY AMOUNT MUST BE SUPPLIED WITH ITS CURRENCY CODE"""
    pairs = [(getattr(document, name, None), getattr(document, f"{name}_currency", None)) for name in _MONEY]
    given = [pair for pair in pairs if pair != (None, None)]
    return all(None not in pair for pair in given) if given else None


@rule("BANK-03", error=ERROR_IDS["BANK-03"], source=WRITERS, evidence="S")
def no_account_on_an_original(document: Declared) -> Verdict:
    """BANK ACCOUNT DETAILS MUST NOT BE SUPPLIED ON AN ORIGINAL"""
    if document.function != MessageFunction.ORIGINAL:
        return None
    return document.bank_account is None and document.bsb is None


@rule("LODGE-01", error=ERROR_IDS["LODGE-01"], source=MANUAL, evidence="I")
def questions_answered_once(document: Declared) -> Verdict:
    """EACH LODGEMENT QUESTION MAY BE ANSWERED ONCE"""
    questions = [each.question for each in document.lodgement_answers]
    return len(set(questions)) == len(questions) if questions else None


@rule("IMD-01", error=ERROR_IDS["IMD-01"], source=COMMON, evidence="D")
def amber_reason_with_statement(document: ImportDeclaration) -> Verdict:
    """AMBER REASON TYPE AND AMBER STATEMENT MUST BE SUPPLIED BOTH OR NEITHER"""
    if document.amber_reason is None and document.amber_statement is None:
        return None
    return document.amber_reason is not None and document.amber_statement is not None


@rule("IMD-02", error=ERROR_IDS["IMD-02"], source=MANUAL, evidence="I")
def exported_before_arrival(document: ImportDeclaration) -> Verdict:
    """DATE OF EXPORT {document.export_date} IS AFTER THE ARRIVAL DATE {document.arrival_date}"""
    if document.export_date is None or document.arrival_date is None:
        return None
    return document.export_date <= document.arrival_date


@rule("IMD-03", error=ERROR_IDS["IMD-03"], source=MANUAL, evidence="I", severity=Severity.ADVICE)
def prices_make_the_invoice(document: ImportDeclaration) -> Verdict:
    """THE PRICES OF THE LINES DO NOT ADD UP TO THE INVOICE TOTAL {document.invoice_total} {document.invoice_currency}"""
    lines = [line for line in document.lines if stays(line)]
    if document.function != MessageFunction.ORIGINAL or document.invoice_total is None or not lines:
        return None
    if any(line.price is None or line.price_currency != document.invoice_currency for line in lines):
        return None
    return sum((line.price or Decimal(0) for line in lines), Decimal(0)) == document.invoice_total


HEADER_RULES: Final[tuple[Rule, ...]] = (
    airline_only_by_air,
    airline_given_by_air,
    voyage_given_by_sea,
    vessel_only_by_sea,
    owner_given,
    activity_centre_of_an_abn,
    discharged_in_australia,
    bound_for_australia,
    amounts_have_currencies,
    no_account_on_an_original,
    questions_answered_once,
)
"""The rules of the header of both declarations."""
