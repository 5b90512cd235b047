"""The way of a message as a line of steps, each with its state, time and a word of explanation (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from openics.channels.interactive.words import CHANNELS, message_name
from openics.exchange.models import Intake, Interchange, Message, OutboxItem

SYNTAX_CHECK = "Syntax and guide"
"""The check that the exchange adds behind those of the channel."""


class StepState(StrEnum):
    """How far a step is."""

    DONE = "done"
    FAILED = "failed"
    CURRENT = "current"
    PENDING = "pending"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, state, when, in one or two words how it went, and more on it."""

    name: str
    state: StepState
    word: str = ""
    at: datetime | None = None
    detail: str = ""


def received_steps(
    intake: Intake | None, interchange: Interchange | None, message: Message | None, answers: Sequence[Message]
) -> list[Step]:
    """The way of something received: received → signature → syntax → decided → answered → delivered → confirmed."""
    items = outbox_of(answers)
    return [
        _received(intake, interchange),
        _signature(intake, interchange),
        _syntax(intake, interchange, message),
        _decided(interchange, message),
        _answered(interchange, message, answers),
        _delivered(answers, items),
        _confirmed(items),
    ]


def sent_steps(message: Message, item: OutboxItem | None) -> list[Step]:
    """The way of an answer: made → signed and encrypted → delivered → confirmed."""
    made = Step("Made", StepState.DONE, "recorded", message.recorded_at)
    if item is None:
        detail = "the answer was read where the message was submitted"
        skipped = [Step(name, StepState.SKIPPED, "not by mail") for name in ("Delivered", "Confirmed")]
        return [made, Step("Signed and encrypted", StepState.SKIPPED, "not by mail", detail=detail), *skipped]
    return [made, _sealed(item), _delivered([message], [item]), _confirmed([item])]


def outbox_of(messages: Iterable[Message]) -> list[OutboxItem]:
    """The outgoing mails that carry the messages; what was not mailed has none."""
    items = (getattr(message.interchange, "outbox_item", None) for message in messages)
    return [item for item in items if item is not None]


def _received(intake: Intake | None, interchange: Interchange | None) -> Step:
    if intake is None:
        return Step("Received", StepState.DONE, "recorded", interchange.recorded_at if interchange else None)
    by = CHANNELS.get(intake.channel, intake.channel)
    again = f"; the same bytes came {intake.redeliveries} more times" if intake.redeliveries else ""
    return Step("Received", StepState.DONE, "stored", intake.received_at, f"by {by} from {intake.sender}{again}")


def _signature(intake: Intake | None, interchange: Interchange | None) -> Step:
    name = "Signature"
    if intake is None:
        return Step(name, StepState.SKIPPED, "not needed")
    if intake.state == Intake.State.PENDING:
        return Step(name, StepState.CURRENT, "in the queue")
    checks = [check for check in intake.checks if check.get("name") != SYNTAX_CHECK]
    failed = [check for check in checks if not check.get("passed")]
    if failed:
        return Step(name, StepState.FAILED, "refused", intake.finished_at, _said(failed[0]))
    if intake.state == Intake.State.PARKED and interchange is None:
        return Step(name, StepState.FAILED, "parked", intake.finished_at, (intake.refusal or {}).get("text", ""))
    refusal = intake.refusal if not _reached_syntax(intake, interchange) else None
    if refusal:
        return Step(name, StepState.FAILED, "refused", intake.finished_at, refusal.get("text", ""))
    return Step(
        name,
        StepState.DONE,
        "proved",
        intake.finished_at,
        f"{len(checks)} {'check' if len(checks) == 1 else 'checks'} passed; site {intake.site}",
    )


def _reached_syntax(intake: Intake, interchange: Interchange | None) -> bool:
    return interchange is not None or any(check.get("name") == SYNTAX_CHECK for check in intake.checks)


def _said(check: Mapping[str, Any]) -> str:
    return f"{check.get('name')}: {check.get('detail')}" if check.get("detail") else str(check.get("name"))


def _syntax(intake: Intake | None, interchange: Interchange | None, message: Message | None) -> Step:
    name = "Syntax"
    if interchange is None:
        failed = [check for check in (intake.checks if intake else []) if not check.get("passed")]
        unreadable = [check for check in failed if check.get("name") == SYNTAX_CHECK]
        if unreadable and intake:
            return Step(
                name, StepState.FAILED, "not readable", intake.finished_at, str(unreadable[0].get("detail", ""))
            )
        pending = intake is not None and intake.state == Intake.State.PENDING
        return Step(name, StepState.PENDING if pending else StepState.SKIPPED, "" if pending else "not reached")
    faults = _own_faults(interchange, message)
    if faults:
        word = "duplicate" if interchange.outcome == "duplicate" else "not readable"
        return Step(name, StepState.FAILED, word, interchange.recorded_at, str(faults[0].get("text", "")))
    return Step(name, StepState.DONE, "follows the guide", interchange.recorded_at)


def _own_faults(interchange: Interchange, message: Message | None) -> list[dict[str, Any]]:
    """The faults of the message where there is one, else of the whole interchange."""
    if message is None:
        return list(interchange.faults)
    return list(message.findings) if message.state == Message.State.INVALID else []


def _decided(interchange: Interchange | None, message: Message | None) -> Step:
    name = "Decided"
    if message is None:
        return Step(name, StepState.SKIPPED if interchange else StepState.PENDING, "not reached" if interchange else "")
    if message.name == "CONTRL":
        return Step(name, StepState.SKIPPED, "nothing to decide")
    if message.state == Message.State.ACCEPTED:
        advices = len(message.findings)
        detail = f"with {advices} advice{'s' if advices > 1 else ''}" if advices else ""
        return Step(name, StepState.DONE, "accepted", message.recorded_at, detail)
    if message.state == Message.State.REJECTED:
        errors = sum(1 for each in message.findings if each.get("severity") == "ERROR")
        return Step(name, StepState.FAILED, "rejected", message.recorded_at, f"{errors} error{'s' * (errors != 1)}")
    if message.state == Message.State.PARKED:
        return Step(name, StepState.FAILED, "parked", message.recorded_at, "an internal error; operators were told")
    return Step(name, StepState.SKIPPED, "not reached")


def _answered(interchange: Interchange | None, message: Message | None, answers: Sequence[Message]) -> Step:
    name = "Answered"
    if answers:
        names = ", ".join(dict.fromkeys(message_name(answer.name) for answer in answers))
        return Step(name, StepState.DONE, f"{len(answers)} sent", min(each.recorded_at for each in answers), names)
    if message is not None and message.name == "CONTRL":
        return Step(name, StepState.SKIPPED, "never answered", detail="a syntax report is never answered")
    return Step(name, StepState.SKIPPED if interchange else StepState.PENDING, "no answer" if interchange else "")


def _sealed(item: OutboxItem) -> Step:
    name = "Signed and encrypted"
    if item.state == OutboxItem.State.WAITING:
        return Step(name, StepState.CURRENT, "waiting")
    if item.evidence is None:
        return Step(name, StepState.FAILED, "parked", detail=item.error)
    return Step(name, StepState.DONE, "sealed", item.evidence.recorded_at, f"to {item.recipient}")


def _delivered(answers: Sequence[Message], items: Sequence[OutboxItem]) -> Step:
    name = "Delivered"
    if not items:
        return Step(name, StepState.SKIPPED if answers else StepState.PENDING, "not by mail" if answers else "")
    state = OutboxItem.State
    delivered = [item for item in items if item.state in {state.DELIVERED, state.CONFIRMED} or item.sends]
    if len(delivered) == len(items):
        again = max(item.sends for item in items)
        detail = f"sent {again} times" if again > 1 else ""
        return Step(name, StepState.DONE, "taken by the mail server", _latest(i.delivered_at for i in items), detail)
    open_items = [item for item in items if item not in delivered]
    if all(item.state == state.HELD for item in open_items):
        return Step(name, StepState.CURRENT, "waits to be fetched by the site")
    if any(item.state == state.PARKED for item in open_items):
        return Step(
            name, StepState.FAILED, "parked", detail=next(i.error for i in open_items if i.state == state.PARKED)
        )
    error = next((item.error for item in open_items if item.error), "")
    word = "tried again soon" if error else "on its way"
    return Step(
        name, StepState.CURRENT, word, detail=error or f"{len(delivered)} of {len(items)} taken by the mail server"
    )


def _confirmed(items: Sequence[OutboxItem]) -> Step:
    name = "Confirmed"
    wanted = [item for item in items if item.wants_confirmation]
    if not wanted:
        return Step(name, StepState.SKIPPED if items else StepState.PENDING, "not asked for" if items else "")
    state = OutboxItem.State
    confirmed = [item for item in wanted if item.state == state.CONFIRMED]
    if len(confirmed) == len(wanted):
        objection = next((item.error for item in wanted if item.error), "")
        return Step(name, StepState.DONE, "by the site", _latest(item.confirmed_at for item in wanted), objection)
    if any(item.state == state.PARKED for item in wanted):
        refused = next((item.error for item in wanted if item.state == state.PARKED and item.error), "parked")
        return Step(name, StepState.FAILED, "not confirmed", detail=f"{refused}; it can be sent again below")
    if all(item.state in {state.DELIVERED, state.CONFIRMED} for item in wanted):
        return Step(
            name, StepState.CURRENT, "waiting for the site", detail=f"{len(confirmed)} of {len(wanted)} confirmed"
        )
    return Step(name, StepState.PENDING)


def _latest(times: Iterable[datetime | None]) -> datetime | None:
    return max((time for time in times if time is not None), default=None)
