"""Decides the documents of a batch: room by room, load → decide in order → record."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from psycopg import Cursor

from openics.decision.outcome import Outcome, Request
from openics.decision.room import Decided, Handler


def decide_all(
    cursor: Cursor, requests: Sequence[Request], handlers: Mapping[str, Handler], now: datetime
) -> dict[int, Outcome]:
    """Decide every request and record what each room changes; the outcomes by message number."""
    outcomes: dict[int, Outcome] = {}
    for group in _rooms(handlers):
        own = [request for request in requests if request.document.name in group]
        if own:
            outcomes.update(_decide_room(cursor, own, group, now))
    return outcomes


def _rooms(handlers: Mapping[str, Handler]) -> list[dict[str, Handler]]:
    """The handlers that share their facts, together."""
    rooms: dict[int, dict[str, Handler]] = {}
    for name, handler in handlers.items():
        rooms.setdefault(id(handler.load), {})[name] = handler
    return list(rooms.values())


def _decide_room(
    cursor: Cursor, requests: Sequence[Request], handlers: Mapping[str, Handler], now: datetime
) -> dict[int, Outcome]:
    first = handlers[requests[0].document.name]
    facts = first.load(cursor, requests, now)
    decided = []
    for request in requests:
        outcome = handlers[request.document.name].decide(request, facts, now)
        facts.apply(request, outcome)
        decided.append(Decided(request, outcome, now))
    for record in {id(handler.record): handler.record for handler in handlers.values()}.values():
        own = [each for each in decided if handlers[each.request.document.name].record is record]
        if own:
            record(cursor, own)
    return {each.request.number: each.outcome for each in decided}
