"""Rules on what goods are declared for, and on the cargo they came in, on the document alone.

Sources: import clearance manual; published pages on self-assessed clearance.
"""

from decimal import Decimal
from typing import Final

from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.imports.error_ids import ERROR_IDS
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.codes import MessageFunction
from openics.messages.imports.codes import Nature, TransportMode, TransportReferenceKind
from openics.messages.imports.imd import ImportDeclaration
from openics.messages.imports.sac import SelfAssessedClearance
from openics.messages.imports.transport import transport_lines
from openics.revenue.rules_common import declares, stays

MANUAL: Final = "import clearance manual"
CLEARANCE: Final = "self-assessed clearance module of the import clearance manual"
THRESHOLD: Final = Decimal(1000)
"""A self-assessed clearance is for goods worth no more than this, in Australian dollars."""
CURRENCY: Final = "AUD"

_OUT: Final = {Nature.WAREHOUSE_OUT.value}
_IN_CONTAINERS: Final = (
    ImportCargoType.FULL_CONTAINER,
    ImportCargoType.FULL_CONTAINER_MULTIPLE,
)
_BY_AIR: Final = (TransportReferenceKind.MASTER_WAYBILL, TransportReferenceKind.HOUSE_WAYBILL)
_BY_SEA: Final = (
    TransportReferenceKind.OCEAN_BILL,
    TransportReferenceKind.HOUSE_BILL,
    TransportReferenceKind.CONTAINER,
)


def natures(document: ImportDeclaration) -> set[str]:
    """The natures of the lines that stay."""
    return {line.nature for line in document.lines if line.nature is not None and stays(line)}


@rule("NATURE-01", error=ERROR_IDS["NATURE-01"], source=MANUAL, evidence="I")
def nature_30_stands_alone(document: ImportDeclaration) -> Verdict:
    """NATURE 30 LINES MUST NOT STAND IN A DECLARATION WITH LINES OF NATURE 10 OR 20"""
    found = natures(document)
    return found == _OUT if found >= _OUT else None


@rule("NATURE-02", error=ERROR_IDS["NATURE-02"], source=MANUAL, evidence="I")
def warehouse_named(document: ImportDeclaration) -> Verdict:
    """WAREHOUSE ESTABLISHMENT ID MUST BE SUPPLIED FOR NATURE 20 LINES"""
    warehoused = Nature.WAREHOUSE_IN in natures(document)
    return len(document.warehouses) > 0 if warehoused and declares(document) else None


@rule("NATURE-03", error=ERROR_IDS["NATURE-03"], source=MANUAL, evidence="I")
def nothing_transported_out_of_a_warehouse(document: ImportDeclaration) -> Verdict:
    """TRANSPORT REFERENCES MUST NOT BE SUPPLIED WITH NATURE 30 LINES"""
    return not document.transport if natures(document) == _OUT else None


@rule("NATURE-04", error=ERROR_IDS["NATURE-04"], source=MANUAL, evidence="I")
def cargo_named(document: ImportDeclaration) -> Verdict:
    """A TRANSPORT REFERENCE MUST BE SUPPLIED FOR NATURE 10 AND NATURE 20 LINES THAT COME BY SEA OR AIR"""
    reported = document.transport_mode in (TransportMode.SEA, TransportMode.AIR) and natures(document) - _OUT
    return len(document.transport) > 0 if reported and document.function == MessageFunction.ORIGINAL else None


@rule("TRANSPORT-01", error=ERROR_IDS["TRANSPORT-01"], source=MANUAL, evidence="I")
def references_fit_the_mode(document: ImportDeclaration) -> Verdict:
    """WAYBILLS BELONG TO AIR, BILLS OF LADING AND CONTAINERS TO SEA; THE MODE OF TRANSPORT IS {document.transport_mode}"""
    unfit = {TransportMode.AIR.value: _BY_SEA, TransportMode.SEA.value: _BY_AIR}.get(document.transport_mode or "")
    if not document.transport or unfit is None:
        return None
    return all(each.kind not in unfit for each in document.transport)


@rule("TRANSPORT-02", error=ERROR_IDS["TRANSPORT-02"], source=MANUAL, evidence="I")
def containers_named(document: ImportDeclaration) -> Verdict:
    """CONTAINER NUMBER MUST BE SUPPLIED FOR A TRANSPORT LINE OF CARGO TYPE FCL OR FCX"""
    lines = [line for line in transport_lines(document.transport) if line.cargo_type in _IN_CONTAINERS]
    return all(line.container is not None for line in lines) if lines else None


@rule("SAC-01", error=ERROR_IDS["SAC-01"], source=CLEARANCE, evidence="D")
def worth_no_more_than_the_threshold(document: SelfAssessedClearance) -> Verdict:
    """CUSTOMS VALUE {document.customs_value} IS MORE THAN AUD 1000; AN IMPORT DECLARATION IS NEEDED"""
    if document.customs_value is None or document.customs_value_currency != CURRENCY:
        return None
    return document.customs_value <= THRESHOLD


@rule("SAC-02", error=ERROR_IDS["SAC-02"], source=CLEARANCE, evidence="I")
def lines_worth_no_more_than_the_threshold(document: SelfAssessedClearance) -> Verdict:
    """THE LINES ARE TOGETHER WORTH MORE THAN AUD 1000; AN IMPORT DECLARATION IS NEEDED"""
    lines = [line for line in document.lines if stays(line)]
    if document.customs_value is not None or not lines or any(line.price_currency != CURRENCY for line in lines):
        return None
    return sum((line.price or Decimal(0) for line in lines), Decimal(0)) <= THRESHOLD


@rule("SAC-03", error=ERROR_IDS["SAC-03"], source=CLEARANCE, evidence="D")
def short_form_not_amended(document: SelfAssessedClearance) -> Verdict:
    """A SELF-ASSESSED CLEARANCE WITHOUT LINES CANNOT BE AMENDED; WITHDRAW IT AND LODGE ANOTHER"""
    return len(document.lines) > 0 if document.function == MessageFunction.CHANGE else None


@rule("SAC-04", error=ERROR_IDS["SAC-04"], source=CLEARANCE, evidence="D")
def not_for_post(document: SelfAssessedClearance) -> Verdict:
    """POSTAL GOODS CANNOT BE DECLARED BY A SELF-ASSESSED CLEARANCE"""
    return document.transport_mode != TransportMode.POST if document.transport_mode is not None else None


@rule("SAC-05", error=ERROR_IDS["SAC-05"], source=CLEARANCE, evidence="I")
def consignment_named(document: SelfAssessedClearance) -> Verdict:
    """A WAYBILL MUST BE SUPPLIED BY AIR, A BILL OF LADING BY SEA, OR A CONSIGNMENT REFERENCE"""
    if not declares(document) or document.transport_mode not in (TransportMode.AIR, TransportMode.SEA):
        return None
    waybills = (document.master_waybill, document.house_waybill)
    bills = (document.ocean_bill, document.house_bill)
    known = waybills if document.transport_mode == TransportMode.AIR else bills
    return any(each is not None for each in (*known, document.consignment_reference))


@rule("SAC-06", error=ERROR_IDS["SAC-06"], source=CLEARANCE, evidence="I", severity=Severity.ADVICE)
def valued(document: SelfAssessedClearance) -> Verdict:
    """CUSTOMS VALUE IS NOT SUPPLIED; WITHOUT LINES NOTHING SAYS WHAT THE GOODS ARE WORTH"""
    return document.customs_value is not None if declares(document) and not document.lines else None


NATURE_RULES: Final[tuple[Rule, ...]] = (
    nature_30_stands_alone,
    warehouse_named,
    nothing_transported_out_of_a_warehouse,
    cargo_named,
    references_fit_the_mode,
    containers_named,
)
"""The rules of an import declaration."""

CLEARANCE_RULES: Final[tuple[Rule, ...]] = (
    worth_no_more_than_the_threshold,
    lines_worth_no_more_than_the_threshold,
    short_form_not_amended,
    not_for_post,
    consignment_named,
    valued,
)
"""The rules of a self-assessed clearance."""
