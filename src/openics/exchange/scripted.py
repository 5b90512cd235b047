"""Scripted outcomes: in industry test the beginning of the sender reference chooses how a document is decided and answered.

The decision is the real one, made by the room's own rules with another policy, recorded and answered like any other; only
what the script says differs. Production knows nothing of this: there the handlers are used as they are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, Final

from openics.decision.authority_numbers import authority_number
from openics.decision.findings import Finding, Severity
from openics.decision.outcome import Addressed, Due, Event, Outcome, Request
from openics.decision.room import Cursor, Decide, DueHandler, Handler
from openics.exports.decide import decide_declaration
from openics.exports.due import decide_release
from openics.exports.facts import DeclarationChange
from openics.exports.load import load_due
from openics.exports.policy import POLICY, Policy
from openics.exports.record import record_outcomes
from openics.exports.rules_document import sender_reference_unused
from openics.exports.rules_header import HEADER_RULES
from openics.exports.rules_line import LINE_RULES
from openics.messages.codes import DeclarationFunction
from openics.messages.registry import by_name

RELEASE: Final = "scripted.release"
ANSWER: Final = "scripted.answer"
WITHHELD: Final = "scripted.answer.withheld"
HELD_FOR: Final = timedelta(seconds=30)
LATE_BY: Final = timedelta(seconds=60)
ALL: Final = "every message that is decided"
_DECLARATIONS: Final = "EXD"
_ORIGINALS: Final = "EXD, originals"


@dataclass(frozen=True, slots=True)
class Script:
    """One line of the table: how a sender reference begins, what then happens, and to which messages."""

    prefix: str
    outcome: str
    happens: str
    messages: str

    def concerns(self, request: Request) -> bool:
        """Whether a document plays by this line."""
        document = request.document
        if not (getattr(document, "sender_reference", None) or "").startswith(self.prefix):
            return False
        original = getattr(document, "function", None) == DeclarationFunction.ORIGINAL
        return self.messages == ALL or (document.name == "EXD" and (original or self.messages == _DECLARATIONS))


TABLE: Final = (
    Script(
        "TEST-ACCEPT",
        "accepted",
        "Accepted, whatever the day is and whatever is registered: errors of rules that look at dates, reference data or "
        "registered clients become advices. A document that is wrong in itself is still rejected, and an intended export date "
        "long past still makes it idle",
        _DECLARATIONS,
    ),
    Script(
        "TEST-REJECT",
        "rejected",
        "Rejected: one error more than the rules find, TEST01, on the header",
        _DECLARATIONS,
    ),
    Script(
        "TEST-HOLD",
        "held, then clear",
        f"Accepted as with TEST-ACCEPT and HELD. After {HELD_FOR.seconds} seconds it is released, and its site is sent the "
        "change of status",
        _ORIGINALS,
    ),
    Script(
        "TEST-DUPLICATE",
        "duplicate",
        "Rejected by rule X02, as if the sender reference had been used before",
        _ORIGINALS,
    ),
    Script(
        "TEST-LATE",
        "answered late",
        f"Decided at once by the rules; the answer leaves {LATE_BY.seconds} seconds later. CONTRL comes at once",
        ALL,
    ),
    Script(
        "TEST-SILENT",
        "never answered",
        "Decided by the rules, but never answered. CONTRL comes; what was decided is learned by asking for the status",
        ALL,
    ),
)
"""Everything that can be asked for. Prefixes are in capital letters, as references are; what follows is free."""

_OF_THE_DAY: Final = frozenset(rule.id for rule in (*HEADER_RULES, *LINE_RULES) if rule.needs_facts)
_REFUSED: Final = Finding(
    Severity.ERROR, "TEST01", "REJECTED BECAUSE THE SENDER REFERENCE BEGINS WITH TEST-REJECT", rule="TEST-REJECT"
)


def script_of(request: Request) -> Script | None:
    """The line that a document plays by; none in production, and none for any other reference."""
    return next((each for each in TABLE if each.concerns(request)), None) if request.test else None


def scripted(handlers: Mapping[str, Handler]) -> dict[str, Handler]:
    """The handlers, each playing by the table first; what is loaded and recorded stays the same."""
    return {name: replace(handler, decide=_Playing(handler.decide)) for name, handler in handlers.items()}


@dataclass(frozen=True, slots=True)
class _Playing:
    """A room's decision, with the table before it."""

    decide: Decide

    def __call__(self, request: Request, facts: Any, now: datetime) -> Outcome:
        script = script_of(request)
        return (
            self.decide(request, facts, now)
            if script is None
            else _PLAYS[script.prefix](self.decide, request, facts, now)
        )


def _lenient(decide: Decide, request: Request, facts: Any, now: datetime) -> Outcome:  # noqa: ARG001 - all are called alike
    return decide_declaration(request, facts, now, replace(POLICY, advised=_OF_THE_DAY))


def _reject(decide: Decide, request: Request, facts: Any, now: datetime) -> Outcome:  # noqa: ARG001
    return decide_declaration(request, facts, now, replace(POLICY, further=(_REFUSED,)))


def _hold(decide: Decide, request: Request, facts: Any, now: datetime) -> Outcome:  # noqa: ARG001
    policy = Policy(POLICY.tolerated, _OF_THE_DAY, held="the sender reference begins with TEST-HOLD")
    outcome = decide_declaration(request, facts, now, policy)
    if not isinstance(outcome.change, DeclarationChange):
        return outcome
    release = Due(RELEASE, outcome.subject_kind, outcome.subject_key, now + HELD_FOR)
    return replace(outcome, due=(*outcome.due, release))


def _duplicate(decide: Decide, request: Request, facts: Any, now: datetime) -> Outcome:  # noqa: ARG001
    rule = sender_reference_unused
    edn = authority_number(facts.edn_numbers[request.number])
    text = rule.explain(request.document, SimpleNamespace(namesake=SimpleNamespace(edn=edn)))
    finding = Finding(rule.severity, rule.error, text, rule=rule.id)
    return decide_declaration(request, facts, now, replace(POLICY, further=(finding,)))


def _late(decide: Decide, request: Request, facts: Any, now: datetime) -> Outcome:
    outcome = decide(request, facts, now)
    kept = [
        {
            "site": each.site,
            "name": each.document.name,
            "document": each.document.to_json(),
            "receipt": each.wants_receipt,
        }
        for each in outcome.documents
    ]
    number = str(request.number)
    event = Event(WITHHELD, "MESSAGE", number, {"answers": kept, "channel": request.channel})
    due = Due(ANSWER, "MESSAGE", number, now + LATE_BY)
    return replace(outcome, documents=(), events=(*outcome.events, event), due=(*outcome.due, due))


def _silent(decide: Decide, request: Request, facts: Any, now: datetime) -> Outcome:
    return replace(decide(request, facts, now), documents=())


_PLAYS: Final[dict[str, Callable[[Decide, Request, Any, datetime], Outcome]]] = {
    "TEST-ACCEPT": _lenient,
    "TEST-REJECT": _reject,
    "TEST-HOLD": _hold,
    "TEST-DUPLICATE": _duplicate,
    "TEST-LATE": _late,
    "TEST-SILENT": _silent,
}

_KEPT: Final = """
SELECT subject_key, data::text FROM event
WHERE code = %s AND subject_kind = 'MESSAGE' AND subject_key = ANY(%s)
"""


class Withheld:
    """The answers that were held back, by the message that they answer."""

    def __init__(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        self.answers = answers

    def apply(self, outcome: Outcome) -> None:
        """Nothing that one answer changes for the next."""


def load_withheld(cursor: Cursor, due: Sequence[Due], now: datetime) -> Withheld:  # noqa: ARG001 - as every room
    """The answers that are due now, as they were made when their messages were decided."""
    cursor.execute(_KEPT, (WITHHELD, [each.subject_key for each in due]))
    return Withheld({key: json.loads(data) for key, data in cursor.fetchall()})


def decide_withheld(due: Due, facts: Withheld, now: datetime) -> Outcome:  # noqa: ARG001 - as every room
    """Let the answers to one message go."""
    kept = facts.answers.get(due.subject_key, {})
    mailed = kept.get("channel") not in {"api", "file"}
    documents = tuple(_answer(each, int(due.subject_key), mailed=mailed) for each in kept.get("answers", ()))
    return Outcome(accepted=True, subject_kind="MESSAGE", subject_key=due.subject_key, documents=documents)


def _answer(kept: Mapping[str, Any], number: int, *, mailed: bool) -> Addressed:
    kind = by_name(kept["name"])
    if kind is None:
        raise LookupError(f"there is no message {kept['name']}")
    return Addressed(kept["site"], kind.from_json(kept["document"]), kept["receipt"], number, mailed)


def record_withheld(cursor: Cursor, outcomes: Sequence[Outcome]) -> None:
    """Nothing: the answers are sent by the exchange itself."""


DUE: Final = {
    RELEASE: DueHandler(load_due, decide_release, record_outcomes),
    ANSWER: DueHandler(load_withheld, decide_withheld, record_withheld),
}
"""By kind of due date."""
