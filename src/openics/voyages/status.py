"""The status of a voyage: its conditions, one for each port of call among them, and the status they make.

Time moves a port of call from expected to due, when its estimated arrival passes, and to overdue, when the time limit of
the actual arrival report passes. A report moves it to arrived.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from openics.decision.conditions import Condition, State
from openics.decision.outcome import Due, Event
from openics.messages.codes import TransportMode
from openics.voyages.codes import ConditionName, Phase, Status
from openics.voyages.facts import Call, Craft, StoredVoyage
from openics.voyages.policy import limit_of

SUBJECT: Final = "VOYAGE"
"""The kind of subject of messages, events and due dates of voyages and flights."""
DUE_ARRIVAL: Final = "voyage.arrival"
DUE_KINDS: Final = (DUE_ARRIVAL,)
"""What becomes due: a port of call whose estimated arrival, or time limit for the actual one, passes."""

ACTUAL_REPORTS: Final = {TransportMode.SEA: "SEAAAR", TransportMode.AIR: "AIRAAR"}
"""The report of the actual arrival by mode."""
_OPERATORS: Final = {TransportMode.SEA: "vessel operator or principal agent", TransportMode.AIR: "airline or its agent"}
_EVENTS: Final = {Phase.DUE: "voyage.arrival.due", Phase.OVERDUE: "voyage.arrival.overdue"}


def aged(voyage: StoredVoyage, now: datetime, message: int | None = None) -> StoredVoyage:
    """The voyage as its reports and the time leave it; `message` is the one that changed it, if one did."""
    if voyage.withdrawn:
        return voyage
    calls = tuple(replace(call, phase=phase(call, voyage.craft, now)) for call in voyage.calls)
    known = {condition.name: condition for condition in voyage.conditions}
    given = (*_kept(known, now, message), *(_arrival(call, voyage.craft, now, message) for call in calls))
    standing = [condition for condition, call in _paired(given, calls) if call is None or not call.removed]
    conditions = tuple(_dated(condition, known.get(condition.name)) for condition in standing)
    changed = replace(voyage, calls=calls, conditions=conditions)
    return replace(changed, status=status(changed.standing))


def withdrawn(voyage: StoredVoyage, message: int, now: datetime) -> StoredVoyage:
    """The voyage after its report is taken back: nothing is left to be done."""
    gone = Condition(ConditionName.NOT_WITHDRAWN, State.NOT_MET, "withdrawn by the reporting party", now, message)
    others = (each for each in voyage.conditions if each.name != ConditionName.NOT_WITHDRAWN)
    over = (replace(each, state=State.NOT_APPLICABLE, who="", action="") for each in others)
    return replace(voyage, conditions=(gone, *over), status=Status.WITHDRAWN)


def in_time(late_by: timedelta | None, now: datetime, message: int) -> Condition:
    """How the original stood to its time limit; nobody can mend a late one."""
    if late_by is None:
        return Condition(ConditionName.IN_TIME, State.MET, since=now, message=message)
    hours = late_by.total_seconds() / 3600
    return Condition(ConditionName.IN_TIME, State.NOT_MET, f"{hours:.1f} hours late", now, message)


def phase(call: Call, craft: Craft, now: datetime) -> Phase:
    """How a port of call stands at a time."""
    if call.arrived_at is not None:
        return Phase.ARRIVED
    if now >= deadline(call, craft):
        return Phase.OVERDUE
    return Phase.DUE if now >= call.estimated_at else Phase.EXPECTED


def deadline(call: Call, craft: Craft) -> datetime:
    """Until when the actual arrival is to be reported, if the ship or flight arrives as estimated."""
    return call.estimated_at + limit_of(ACTUAL_REPORTS[craft.mode], call.day)


def status(standing: Iterable[Call]) -> Status:
    """The status that the ports of call make."""
    phases = {call.phase for call in standing}
    if Phase.OVERDUE in phases:
        return Status.OVERDUE
    if phases == {Phase.ARRIVED}:
        return Status.COMPLETED
    return Status.ARRIVED if Phase.ARRIVED in phases else Status.EXPECTED


def due_dates(voyage: StoredVoyage, now: datetime) -> tuple[Due, ...]:
    """When the voyage is to be looked at again: as soon as time moves one of its ports of call."""
    open_calls = [] if voyage.withdrawn else [call for call in voyage.standing if call.arrived_at is None]
    moments = [at for call in open_calls for at in (call.estimated_at, deadline(call, voyage.craft)) if at > now]
    return (Due(DUE_ARRIVAL, SUBJECT, voyage.reference, min(moments, default=None)),)


def status_events(voyage: StoredVoyage, before: StoredVoyage | None) -> tuple[Event, ...]:
    """What a change of the voyage tells: ports of call that time moved, and the new status."""
    phases = {call.number: call.phase for call in before.calls} if before else {}
    moved = tuple(
        Event(_EVENTS[call.phase], SUBJECT, voyage.reference, {"port": call.port, "call": call.number})
        for call in voyage.standing
        if call.phase in _EVENTS and phases.get(call.number) is not call.phase and not voyage.withdrawn
    )
    if before is not None and before.status is voyage.status:
        return moved
    data = {"from": before.status.value if before else None, "to": voyage.status.value}
    return (*moved, Event("voyage.status", SUBJECT, voyage.reference, data))


def _kept(known: dict[str, Condition], now: datetime, message: int | None) -> tuple[Condition, ...]:
    """The conditions that neither time nor an arrival changes."""
    by_default = Condition(ConditionName.NOT_WITHDRAWN, State.MET, since=now, message=message)
    timely = known.get(ConditionName.IN_TIME)
    return (known.get(ConditionName.NOT_WITHDRAWN, by_default), *((timely,) if timely else ()))


def _paired(given: tuple[Condition, ...], calls: tuple[Call, ...]) -> Iterator[tuple[Condition, Call | None]]:
    without: list[Call | None] = [None] * (len(given) - len(calls))
    return zip(given, [*without, *calls], strict=True)


def _arrival(call: Call, craft: Craft, now: datetime, message: int | None) -> Condition:
    name = f"arrival at {call.port} (call {call.number})"
    if call.arrived_at is not None:
        detail = f"arrived {call.arrived_at:%Y-%m-%d %H:%M} UTC, report {call.arrival}"
        return Condition(name, State.MET, detail, now, message)
    expected = f"expected {call.day} {call.line.estimated_arrival_time:%H:%M}, local time"
    if call.phase is Phase.EXPECTED:
        return Condition(name, State.NOT_MET, expected, now, message)
    words = "the report is due" if call.phase is Phase.DUE else "the report is overdue"
    action = f"report the actual arrival ({ACTUAL_REPORTS[craft.mode]}), or change the estimated arrival"
    return Condition(name, State.NOT_MET, f"{expected}; {words}", now, message, _OPERATORS[craft.mode], action)


def _dated(condition: Condition, before: Condition | None) -> Condition:
    """The condition, as old as the state that it is in."""
    if before is None or before.state is not condition.state:
        return condition
    return replace(condition, since=before.since, message=before.message)
