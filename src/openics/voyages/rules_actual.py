"""Rules on an actual arrival report that need what is stored or known.

Source: ICS software developers guide, AIRAAR and SEAAAR business rules; Customs Act 1901 s64AA.
"""

# ruff: noqa: ARG001 - every rule takes the document and the facts, whichever of them it needs

from typing import Final

from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.codes import MessageFunction
from openics.messages.voyages.arrivals import ActualArrivalReport
from openics.voyages.case import ActualCase
from openics.voyages.error_ids import ERROR_IDS
from openics.voyages.reference_lists import Kind
from openics.voyages.rules_report import (
    CONTENT_RULES,
    REFERENCE_RULES,
    UNKNOWN_CODES,
    change_changes,
)

ACTUAL: Final = "AIRAAR and SEAAAR business rules, ICS software developers guide"
LIMITS: Final = "Customs Act 1901 s64AA; ABF on movement reports"


@rule("AAR-02", error=ERROR_IDS["AAR-02"], source=ACTUAL, evidence="I")
def voyage_reported(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """NO IMPENDING ARRIVAL REPORT STANDS FOR {facts.craft}; REPORT THE IMPENDING ARRIVAL FIRST"""
    return bool(facts.legs) if facts.original else None


@rule("AAR-03", error=ERROR_IDS["AAR-03"], source=ACTUAL, evidence="I")
def same_party(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """ONLY THE PARTY THAT LODGED THE IMPENDING ARRIVAL REPORT OF {facts.craft} OR IS NAMED IN IT MAY REPORT ITS ARRIVAL"""
    return bool(facts.own_legs) if facts.original and facts.legs else None


@rule("AAR-04", error=ERROR_IDS["AAR-04"], source=ACTUAL, evidence="I")
def port_on_the_voyage(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """PORT {document.port_of_arrival} IS NOT A PORT OF CALL OF {facts.craft}; CHANGE THE IMPENDING ARRIVAL REPORT FIRST"""
    return bool(facts.at_port) if facts.original and facts.own_legs and document.port_of_arrival else None


@rule("AAR-05", error=ERROR_IDS["AAR-05"], source=ACTUAL, evidence="I")
def not_arrived_yet(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """THE ARRIVAL OF {facts.craft} AT {document.port_of_arrival} IS ALREADY REPORTED; CHANGE THAT REPORT"""
    return facts.meant is not None if facts.original and facts.at_port else None


@rule("AAR-06", error=ERROR_IDS["AAR-06"], source=ACTUAL, evidence="I")
def port_kept(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """PORT {document.port_of_arrival} IS NOT THAT OF THE STORED REPORT; WITHDRAW THAT REPORT AND SEND AN ORIGINAL"""
    if facts.before is None or document.function != MessageFunction.CHANGE or not document.port_of_arrival:
        return None
    return document.port_of_arrival == facts.before.document.port_of_arrival


@rule("AAR-07", error=ERROR_IDS["AAR-07"], source=UNKNOWN_CODES, evidence="I")
def port_known(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """PORT OF ARRIVAL {document.port_of_arrival} IS NOT KNOWN"""
    return facts.knows(Kind.PORT, document.port_of_arrival, document.arrival_date)


@rule("AAR-08", error=ERROR_IDS["AAR-08"], source=ACTUAL, evidence="I")
def after_the_last_departure(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """THE ARRIVAL IS NOT LATER THAN THE DEPARTURE FROM THE LAST OVERSEAS PORT, {facts.departed_at:%Y-%m-%d %H:%M} UTC"""
    if facts.arrived_at is None or facts.departed_at is None:
        return None
    return facts.arrived_at > facts.departed_at


@rule("AAR-09", error=ERROR_IDS["AAR-09"], source=ACTUAL, evidence="I")
def not_in_the_future(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """THE ARRIVAL AT {document.port_of_arrival} IS IN THE FUTURE BY THE CLOCK OF THE PORT"""
    return None if facts.arrived_at is None else facts.arrived_at <= facts.now


@rule("AAR-10", error=ERROR_IDS["AAR-10"], source=ACTUAL, evidence="I")
def one_port_at_a_time(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """THE ARRIVAL AT {facts.same_time.port} IS REPORTED FOR THE SAME TIME"""
    return facts.same_time is None if facts.meant and facts.arrived_at else None


@rule("AAR-11", error=ERROR_IDS["AAR-11"], source=ACTUAL, evidence="I", severity=Severity.ADVICE)
def in_the_order_of_the_calls(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """PORT {facts.passed_over.port} WAS EXPECTED EARLIER AND HAS NO ACTUAL ARRIVAL; REPORT IT OR CHANGE THE VOYAGE"""
    return facts.passed_over is None if facts.original and facts.meant else None


@rule("AAR-12", error=ERROR_IDS["AAR-12"], source=LIMITS, evidence="D", severity=Severity.ADVICE)
def in_time(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """REPORTED LATE: THE REPORT WAS DUE BY {facts.due_by:%Y-%m-%d %H:%M} UTC"""
    return facts.late_by is None if facts.original and facts.due_by is not None else None


@rule("AAR-13", error=ERROR_IDS["AAR-13"], source="time zones of the ports", evidence="I", severity=Severity.ADVICE)
def time_is_plain(document: ActualArrivalReport, facts: ActualCase) -> Verdict:
    """CLOCKS CHANGE AT {document.port_of_arrival} ON {document.arrival_date}: THE TIME IS LEFT OUT OR OCCURS TWICE"""
    return facts.plain(document.port_of_arrival, document.arrival_date, document.arrival_time)


STORED_RULES: Final[tuple[Rule, ...]] = REFERENCE_RULES
"""The rules on what is stored, which judge a withdrawal too."""

FULL_RULES: Final[tuple[Rule, ...]] = (
    *CONTENT_RULES,
    port_known,
    time_is_plain,
    voyage_reported,
    same_party,
    port_on_the_voyage,
    not_arrived_yet,
    port_kept,
    after_the_last_departure,
    not_in_the_future,
    one_port_at_a_time,
    change_changes,
    in_the_order_of_the_calls,
    in_time,
)
"""The rules on the content, in the order in which their errors are reported."""
