"""Rules on an impending arrival report that need what is stored or known.

Source: ICS software developers guide, AIRIAR and SEAIAR business rules; Customs Act 1901 s64, s64AA, s64AAC.
"""

# ruff: noqa: ARG001 - every rule takes the document and the facts, whichever of them it needs

from typing import Final

from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.codes import Indicator, LineAction, MessageFunction
from openics.messages.voyages.arrivals import ImpendingArrivalReport
from openics.voyages.amend import CallChange
from openics.voyages.case import ImpendingCase
from openics.voyages.error_ids import ERROR_IDS
from openics.voyages.reference_lists import Kind
from openics.voyages.rules_arrival import IMPENDING
from openics.voyages.rules_report import (
    CONTENT_RULES,
    REFERENCE_RULES,
    UNKNOWN_CODES,
    change_changes,
)

LEGS: Final = "ABF on arrival reports: one report for each leg of a ship that calls twice at a port"
LIMITS: Final = "Customs Act 1901 s64(5); ABF on time limits of arrival reports"


@rule("IAR-05", error=ERROR_IDS["IAR-05"], source=LEGS, evidence="I")
def voyage_not_reported_yet(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """{facts.craft} IS ALREADY REPORTED FOR THIS TIME; CHANGE THAT REPORT, OR REPORT A LEG THAT IS LATER OR EARLIER"""
    if not facts.standing or not facts.others:
        return None
    first, last = facts.standing[0].estimated_at, facts.standing[-1].estimated_at
    spans = [(each.standing[0].estimated_at, each.standing[-1].estimated_at) for each in facts.others if each.standing]
    return all(last < begins or first > ends for begins, ends in spans)


@rule("IAR-06", error=ERROR_IDS["IAR-06"], source=LEGS, evidence="I")
def legs_by_one_party(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """{facts.craft} IS REPORTED BY ANOTHER PARTY, WHICH MUST REPORT EVERY LEG OF IT"""
    if not facts.original or not facts.others:
        return None
    return all(each.concerns(facts.request.owner) for each in facts.others)


@rule("IAR-07", error=ERROR_IDS["IAR-07"], source=UNKNOWN_CODES, evidence="I", per_line=True)
def port_of_call_known(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """PORT OF CALL {line.call.port} IS NOT KNOWN"""
    return facts.knows(Kind.PORT, line.call.port, line.call.estimated_arrival_date)


@rule("IAR-08", error=ERROR_IDS["IAR-08"], source=UNKNOWN_CODES, evidence="I")
def last_port_known(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """LAST OVERSEAS DEPARTURE PORT {document.last_overseas_port} IS NOT KNOWN"""
    return facts.knows(Kind.PORT, document.last_overseas_port, document.overseas_departure_date)


@rule("IAR-09", error=ERROR_IDS["IAR-09"], source=UNKNOWN_CODES, evidence="I", per_line=True)
def unloader_known(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """STEVEDORE OR FIRST DEPOT {line.call.unloader} IS NEITHER A REGISTERED CLIENT NOR A KNOWN ESTABLISHMENT"""
    if not line.call.unloader or facts.client(line.call.unloader) is not None:
        return True if line.call.unloader else None
    return facts.knows(Kind.ESTABLISHMENT, line.call.unloader, line.call.estimated_arrival_date)


@rule("IAR-10", error=ERROR_IDS["IAR-10"], source="Customs Act 1901 s64AAC", evidence="I", per_line=True,
      severity=Severity.ADVICE)  # fmt: skip
def unloader_named(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """CARGO IS TO BE DISCHARGED AT {line.call.port}; NAME THE STEVEDORE OR FIRST DEPOT IN TIME BY A CHANGE"""
    if line.after is None or line.call.discharge != Indicator.YES:
        return None
    return bool(line.call.unloader)


@rule("IAR-11", error=ERROR_IDS["IAR-11"], source=IMPENDING, evidence="I")
def arrivals_after_departure(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """THE LAST OVERSEAS PORT IS LEFT NO EARLIER THAN PORT {facts.before_departure.port} IS REACHED"""
    return None if facts.departed_at is None else facts.before_departure is None


@rule("IAR-12", error=ERROR_IDS["IAR-12"], source=IMPENDING, evidence="I")
def first_port_is_the_earliest(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """FIRST ARRIVAL PORT {document.first_arrival_port} IS NOT THE PORT OF THE EARLIEST ESTIMATED ARRIVAL"""
    ports = [call.port for call in facts.standing]
    if not document.first_arrival_port or not ports:
        return None
    if facts.original and document.first_arrival_port not in ports:
        return None
    return ports[0] == document.first_arrival_port


@rule("IAR-13", error=ERROR_IDS["IAR-13"], source=IMPENDING, evidence="I", per_line=True)
def one_port_at_a_time(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """PORT {line.call.port} HAS THE SAME ESTIMATED ARRIVAL AS ANOTHER PORT"""
    if line.after is None:
        return None
    moments = [call.estimated_at for call in facts.standing if call.number != line.after.number]
    return line.after.estimated_at not in moments


@rule("IAR-14", error=ERROR_IDS["IAR-14"], source=IMPENDING, evidence="I", per_line=True)
def line_action_possible(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """PORT {line.call.port} CANNOT BE AMENDED OR DELETED IF IT IS NOT REPORTED, NOR INSERTED IF IT IS FOR THE DATE"""
    if document.function != MessageFunction.CHANGE or facts.voyage is None:
        return None
    if line.call.action == LineAction.INSERT:
        place = (line.call.port, line.call.estimated_arrival_date)
        return place not in {(call.port, call.day) for call in facts.voyage.standing}
    return line.before is not None


@rule("IAR-15", error=ERROR_IDS["IAR-15"], source=IMPENDING, evidence="I", per_line=True)
def call_changed_once(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """PORT {line.call.port} IS AMENDED OR DELETED MORE THAN ONCE BY THE CHANGE"""
    return None if line.before is None else line.before.number not in facts.repeated


@rule("IAR-16", error=ERROR_IDS["IAR-16"], source=IMPENDING, evidence="I", per_line=True)
def call_not_reached(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """THE ACTUAL ARRIVAL AT {line.call.port} IS REPORTED; THE PORT CANNOT BE AMENDED OR DELETED ANY MORE"""
    if line.before is None or line.call.action is None:
        return None
    return line.before.arrived_at is None


@rule("IAR-17", error=ERROR_IDS["IAR-17"], source=IMPENDING, evidence="I")
def withdrawn_before_arrival(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """THE ACTUAL ARRIVAL AT {facts.arrived.port} IS REPORTED; WITHDRAW THAT REPORT BEFORE THIS ONE"""
    return facts.arrived is None if facts.withdraws and facts.voyage is not None else None


@rule("IAR-18", error=ERROR_IDS["IAR-18"], source=IMPENDING, evidence="I")
def a_port_is_left(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """NO PORT OF CALL WOULD BE LEFT; WITHDRAW THE REPORT INSTEAD"""
    return bool(facts.standing) if document.function == MessageFunction.CHANGE and facts.voyage is not None else None


@rule("IAR-19", error=ERROR_IDS["IAR-19"], source=LIMITS, evidence="D", severity=Severity.ADVICE)
def not_too_early(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """REPORTED EARLY: THE REPORT MAY BE MADE FROM {facts.not_before:%Y-%m-%d %H:%M} UTC"""
    if not facts.original or facts.not_before is None:
        return None
    return facts.request.received_at >= facts.not_before


@rule("IAR-20", error=ERROR_IDS["IAR-20"], source=LIMITS, evidence="D", severity=Severity.ADVICE)
def in_time(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """REPORTED LATE: THE REPORT WAS DUE BY {facts.due_by:%Y-%m-%d %H:%M} UTC"""
    return facts.late_by is None if facts.original and facts.due_by is not None else None


@rule("IAR-21", error=ERROR_IDS["IAR-21"], source="time zones of the ports", evidence="I", per_line=True,
      severity=Severity.ADVICE)  # fmt: skip
def time_of_call_is_plain(line: CallChange, document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """CLOCKS CHANGE AT {line.call.port} ON {line.call.estimated_arrival_date}: THE TIME IS LEFT OUT OR OCCURS TWICE"""
    return facts.plain(line.call.port, line.call.estimated_arrival_date, line.call.estimated_arrival_time)


@rule("IAR-22", error=ERROR_IDS["IAR-22"], source="time zones of the ports", evidence="I", severity=Severity.ADVICE)
def time_of_departure_is_plain(document: ImpendingArrivalReport, facts: ImpendingCase) -> Verdict:
    """CLOCKS CHANGE AT {document.last_overseas_port} WHEN THE SHIP OR FLIGHT LEFT: THE TIME IS LEFT OUT OR OCCURS TWICE"""
    return facts.plain(document.last_overseas_port, document.overseas_departure_date, document.overseas_departure_time)


STORED_RULES: Final[tuple[Rule, ...]] = (*REFERENCE_RULES, withdrawn_before_arrival)
"""The rules on what is stored, which judge a withdrawal too."""

FULL_RULES: Final[tuple[Rule, ...]] = (
    *CONTENT_RULES,
    last_port_known,
    time_of_departure_is_plain,
    port_of_call_known,
    unloader_known,
    unloader_named,
    time_of_call_is_plain,
    line_action_possible,
    call_changed_once,
    call_not_reached,
    one_port_at_a_time,
    a_port_is_left,
    arrivals_after_departure,
    first_port_is_the_earliest,
    legs_by_one_party,
    voyage_not_reported_yet,
    change_changes,
    not_too_early,
    in_time,
)
"""The rules on the content, in the order in which their errors are reported."""
