"""Rules on a progressive discharge report that need nothing but the report.

Source: ICS software developers guide, PRODIS business rules; its items from the approved statement of 2005.
"""

from typing import Final

from openics.cargo.error_ids_movement import ERROR_IDS
from openics.cargo.rules_lines import ACTION_RULES, container_number_checked
from openics.cargo.rules_reports import function_allowed, original_from_version_one
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.prodis import ProgressiveDischarge
from openics.messages.codes import MessageFunction
from openics.voyages.rules_arrival import vessel_id_checked

RULES_PAGE: Final = "PRODIS business rules, ICS software developers guide"
STATEMENT: Final = "approved statement for section 64ABAA(2) of the Customs Act 1901"


@rule("PRODIS-01", error=ERROR_IDS["PRODIS-01"], source=STATEMENT, evidence="I", severity=Severity.ADVICE)
def first_discharge_on_the_first_report(document: ProgressiveDischarge) -> Verdict:
    """FIRST CONTAINER DISCHARGE DATE SHOULD BE SUPPLIED IF THIS IS THE FIRST REPORT"""
    return document.first_discharge_date is not None if document.function == MessageFunction.ORIGINAL else None


@rule("PRODIS-02", error=ERROR_IDS["PRODIS-02"], source=RULES_PAGE, evidence="I")
def last_not_before_first(document: ProgressiveDischarge) -> Verdict:
    """LAST CONTAINER DISCHARGE DATE MUST NOT BE BEFORE THE FIRST CONTAINER DISCHARGE DATE"""
    if document.first_discharge_date is None or document.last_discharge_date is None:
        return None
    return document.last_discharge_date >= document.first_discharge_date


@rule("PRODIS-03", error=ERROR_IDS["PRODIS-03"], source=RULES_PAGE, evidence="I")
def first_time_has_a_date(document: ProgressiveDischarge) -> Verdict:
    """FIRST CONTAINER DISCHARGE TIME MUST HAVE ITS DATE"""
    return None if document.first_discharge_time is None else document.first_discharge_date is not None


@rule("PRODIS-04", error=ERROR_IDS["PRODIS-04"], source=RULES_PAGE, evidence="I")
def containers_differ(document: ProgressiveDischarge) -> Verdict:
    """CONTAINER {document.repeated_containers} OCCURS MORE THAN ONCE"""
    return not document.repeated_containers if document.lines else None


DISCHARGE_RULES: Final[tuple[Rule, ...]] = (
    function_allowed,
    original_from_version_one,
    first_discharge_on_the_first_report,
    last_not_before_first,
    first_time_has_a_date,
    containers_differ,
    vessel_id_checked,
    *ACTION_RULES,
    container_number_checked,
)
"""In the order in which their errors are reported."""
