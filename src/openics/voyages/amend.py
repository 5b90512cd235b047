"""Puts an impending arrival report together with the stored one: the ports of call in force if it is accepted.

A change repeats the header and acts on the stored ports, each line by its action (rules L03, L04); the message has no
line numbers, so that a line means the call at its port, or, of several there, the one on its date (inferred).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from openics.messages.codes import LineAction, MessageFunction
from openics.messages.voyages.arrivals import ImpendingArrivalReport, PortCall
from openics.voyages.codes import Phase
from openics.voyages.facts import Call, in_order
from openics.voyages.local_time import instant

Zone = Callable[[str | None, date], ZoneInfo]


@dataclass(frozen=True, slots=True)
class CallChange:
    """A port line as sent, with its position, the stored call that it means, and the call that it leads to."""

    number: int
    call: PortCall
    before: Call | None
    after: Call | None


def matching(line: PortCall, calls: Iterable[Call]) -> Call | None:
    """The stored call that a line means: the only one at its port, else the only one there on its date."""
    there = [call for call in calls if not call.removed and call.port == line.port]
    if len(there) == 1:
        return there[0]
    dated = [call for call in there if call.day == line.estimated_arrival_date]
    return dated[0] if len(dated) == 1 else None


def changes(sent: ImpendingArrivalReport, stored: Sequence[Call], zone: Zone) -> tuple[CallChange, ...]:
    """What each port line of a report does; a line without a date or a time leads to no call."""
    if sent.function == MessageFunction.WITHDRAW:
        return ()
    following = max((call.number for call in stored), default=0) + 1
    made = []
    for position, line in enumerate(sent.calls, start=1):
        change = _change(position, line, stored, following, zone)
        if change.before is None and change.after is not None:
            following += 1
        made.append(change)
    return tuple(made)


def calls_in_force(made: Iterable[CallChange], stored: Sequence[Call]) -> tuple[Call, ...]:
    """The ports of call after the changes; one that is deleted stays, marked as removed."""
    calls = {call.number: call for call in stored}
    for change in made:
        if change.after is not None:
            calls[change.after.number] = change.after
        elif change.before is not None and change.call.action == LineAction.DELETE:
            calls[change.before.number] = replace(change.before, removed=True)
    return tuple(call for _, call in sorted(calls.items()))


def document_in_force(
    sent: ImpendingArrivalReport, stored: ImpendingArrivalReport | None, calls: Iterable[Call]
) -> ImpendingArrivalReport:
    """The full report: the header as sent, that of the stored report on a withdrawal, and the ports in force."""
    header = stored if stored is not None and sent.function == MessageFunction.WITHDRAW else sent
    return header.replace(calls=tuple(call.line.replace(action=LineAction.INSERT.value) for call in in_order(calls)))


def _change(position: int, line: PortCall, stored: Sequence[Call], following: int, zone: Zone) -> CallChange:
    inserted = line.action == LineAction.INSERT
    before = None if inserted else matching(line, stored)
    acts = inserted or (before is not None and line.action == LineAction.AMEND)
    after = _call(line, before.number if before else following, zone) if acts else None
    return CallChange(position, line, before, after)


def _call(line: PortCall, number: int, zone: Zone) -> Call | None:
    day, clock = line.estimated_arrival_date, line.estimated_arrival_time
    if day is None or clock is None:
        return None
    kept = line.replace(action=LineAction.INSERT.value)
    return Call(number, kept, instant(day, clock, zone(line.port, day)), Phase.EXPECTED)
