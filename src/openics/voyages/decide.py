"""Deciding on impending arrival reports: SEAIAR and AIRIAR in, SEAIARR and AIRIARR out."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from openics.decision.conditions import Condition
from openics.decision.outcome import Event, Outcome, Request
from openics.messages.codes import MessageFunction, TransportMode
from openics.messages.voyages.arrivals import ImpendingArrivalReport
from openics.voyages.answer import answers
from openics.voyages.case import ImpendingCase
from openics.voyages.codes import Status
from openics.voyages.facts import StoredVersion, StoredVoyage, VoyageChange, VoyageFacts
from openics.voyages.judge import Judged, judge, late_events, reject
from openics.voyages.rules_impending import FULL_RULES, STORED_RULES
from openics.voyages.status import SUBJECT, aged, due_dates, in_time, status_events, withdrawn

_EVENTS: Final[dict[str, str]] = {
    MessageFunction.ORIGINAL: "voyage.reported",
    MessageFunction.WITHDRAW: "voyage.withdrawn",
}


def decide_impending(request: Request, facts: VoyageFacts, now: datetime) -> Outcome:
    """Report, change or withdraw an impending arrival, or say why not."""
    if not isinstance(request.document, ImpendingArrivalReport):
        raise TypeError(f"an impending arrival report is decided here, not {request.document.name}")
    case = ImpendingCase(request, request.document, facts, now)
    judged = judge(case, STORED_RULES, FULL_RULES, case.changes)
    if not judged.accepted:
        return reject(case, judged, case.voyage.reference if case.voyage else "")
    return _accept(case, judged)


def _accept(case: ImpendingCase, judged: Judged) -> Outcome:
    voyage = _voyage(case)
    late = case.late_by.total_seconds() if case.late_by else None
    return Outcome(
        accepted=True,
        findings=judged.findings,
        results=judged.results,
        change=VoyageChange(voyage, _version(case, voyage, judged)),
        subject_kind=SUBJECT,
        subject_key=voyage.reference,
        events=(
            _event(case, voyage),
            *late_events(case, voyage.reference, late),
            *status_events(voyage, case.voyage),
        ),
        due=due_dates(voyage, case.now),
        documents=answers(case, judged.findings, accepted=True),
    )


def _voyage(case: ImpendingCase) -> StoredVoyage:
    """The voyage as the report leaves it."""
    if case.voyage is None:
        voyage = _first(case)
    else:
        voyage = replace(
            case.voyage,
            site=case.request.site,
            channel=case.request.channel,
            version=case.document.version or 0,
            amendments=case.voyage.amendments + 1,
            document=case.full,
            calls=case.calls,
            changed_at=case.now,
        )
    if case.withdraws:
        return withdrawn(voyage, case.request.number, case.now)
    return aged(voyage, case.now, case.request.number)


def _first(case: ImpendingCase) -> StoredVoyage:
    reference, leg = next_reference(case)
    conditions: tuple[Condition, ...] = (in_time(case.late_by, case.now, case.request.number),)
    return StoredVoyage(
        reference=reference,
        craft=case.craft,
        leg=leg,
        day=case.standing[0].day,
        owner=case.request.owner,
        site=case.request.site,
        channel=case.request.channel,
        sender_reference=case.document.sender_reference or "",
        version=case.document.version or 0,
        amendments=0,
        status=Status.EXPECTED,
        conditions=conditions,
        document=case.full,
        calls=case.calls,
        reported_at=case.now,
        changed_at=case.now,
    )


def next_reference(case: ImpendingCase) -> tuple[str, int]:
    """The reference of a new voyage, and its leg: a second report of the same voyage is that of another leg.

    A ship's voyage is `9290452/126S`, its second leg `9290452/126S LEG 2`; a flight has the day of its first estimated
    arrival, `QF/142/2026-11-05`, because its number returns.
    """
    base = str(case.craft)
    if case.craft.mode == TransportMode.AIR:
        base = f"{base}/{case.standing[0].day}"
    reference, leg = base, 1
    while case.facts.voyage(reference) is not None:
        leg += 1
        reference = f"{base} LEG {leg}"
    return reference, leg


def _version(case: ImpendingCase, voyage: StoredVoyage, judged: Judged) -> StoredVersion:
    return StoredVersion(
        version=voyage.version,
        function=case.document.function or "",
        message=case.request.number,
        document=case.document,
        status=voyage.status,
        findings=judged.findings,
    )


def _event(case: ImpendingCase, voyage: StoredVoyage) -> Event:
    code = _EVENTS.get(case.document.function or "", "voyage.changed")
    return Event(code, SUBJECT, voyage.reference, {"version": voyage.version})
