"""Deciding on actual arrival reports: SEAAAR and AIRAAR in, SEAAARR and AIRAARR out."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from openics.decision.outcome import Event, Outcome, Request
from openics.messages.codes import MessageFunction
from openics.messages.voyages.arrivals import ActualArrivalReport
from openics.voyages.answer import answers
from openics.voyages.case import ActualCase
from openics.voyages.facts import Call, StoredArrival, StoredVersion, StoredVoyage, VoyageChange, VoyageFacts
from openics.voyages.judge import Judged, judge, late_events, reject
from openics.voyages.rules_actual import FULL_RULES, STORED_RULES
from openics.voyages.status import SUBJECT, aged, due_dates, status_events

_EVENTS: Final[dict[str, str]] = {
    MessageFunction.ORIGINAL: "voyage.arrived",
    MessageFunction.WITHDRAW: "voyage.arrival.withdrawn",
}


def decide_actual(request: Request, facts: VoyageFacts, now: datetime) -> Outcome:
    """Report, change or withdraw an actual arrival at one port, or say why not."""
    if not isinstance(request.document, ActualArrivalReport):
        raise TypeError(f"an actual arrival report is decided here, not {request.document.name}")
    case = ActualCase(request, request.document, facts, now)
    judged = judge(case, STORED_RULES, FULL_RULES, ())
    if not judged.accepted or case.meant is None:
        return reject(case, judged, _subject(case))
    return _accept(case, judged, *case.meant)


def _subject(case: ActualCase) -> str:
    """The voyage that a rejected report is about, if it is the sender's."""
    return case.own_legs[0].reference if case.own_legs else ""


def _accept(case: ActualCase, judged: Judged, before: StoredVoyage, call: Call) -> Outcome:
    arrival = _arrival(case, before, call)
    voyage = _arrived(case, before, arrival)
    version = StoredVersion(
        version=arrival.version,
        function=case.document.function or "",
        message=case.request.number,
        document=case.document,
        status=voyage.status,
        findings=judged.findings,
    )
    late = case.late_by.total_seconds() if case.late_by else None
    return Outcome(
        accepted=True,
        findings=judged.findings,
        results=judged.results,
        change=VoyageChange(voyage, version, arrival),
        subject_kind=SUBJECT,
        subject_key=voyage.reference,
        events=(
            _event(case, arrival, call),
            *late_events(case, voyage.reference, late),
            *status_events(voyage, before),
        ),
        due=due_dates(voyage, case.now),
        documents=answers(case, judged.findings, accepted=True),
    )


def _arrival(case: ActualCase, voyage: StoredVoyage, call: Call) -> StoredArrival:
    before = case.before
    document = before.document if before is not None and case.withdraws else case.document
    arrived_at = before.arrived_at if before is not None and case.withdraws else case.arrived_at
    return StoredArrival(
        owner=case.request.owner,
        name=case.document.name,
        sender_reference=case.document.sender_reference or "",
        voyage=voyage.reference,
        call=call.number,
        site=case.request.site,
        channel=case.request.channel,
        version=case.document.version or 0,
        amendments=before.amendments + 1 if before else 0,
        withdrawn=case.withdraws,
        document=document,
        arrived_at=arrived_at or case.now,
        reported_at=before.reported_at if before else case.now,
        changed_at=case.now,
    )


def _arrived(case: ActualCase, before: StoredVoyage, arrival: StoredArrival) -> StoredVoyage:
    """The voyage with the arrival at its port of call, or without it again."""
    arrived_at = None if arrival.withdrawn else arrival.arrived_at
    reference = "" if arrival.withdrawn else arrival.sender_reference
    calls = tuple(
        replace(call, arrived_at=arrived_at, arrival=reference) if call.number == arrival.call else call
        for call in before.calls
    )
    return aged(replace(before, calls=calls, changed_at=case.now), case.now, case.request.number)


def _event(case: ActualCase, arrival: StoredArrival, call: Call) -> Event:
    code = _EVENTS.get(case.document.function or "", "voyage.arrival.changed")
    data = {"port": call.port, "call": call.number, "arrived_at": arrival.arrived_at.isoformat()}
    return Event(code, SUBJECT, arrival.voyage, data)
