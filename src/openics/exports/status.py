"""The status of an export declaration: its conditions, and the status they make.

The conditions are the whole memory: each says how it stands, since when, by which message and who must act. Time
changes two of them, officers and manifests change others, and the status follows from all (sources: ABF on idle and
revoked declarations; Customs Act 1901 s114C, s116, s119A).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from openics.decision.conditions import Condition, State
from openics.decision.findings import Finding, Severity
from openics.decision.outcome import Due
from openics.exports.codes import SELF_EXPIRING, ConditionName, Status
from openics.exports.policy import IDLE_DAYS, MENDING_DAYS, REVOKE_DAYS, SELF_EXPIRY_DAYS
from openics.messages.exports.exd import ExportDeclaration

DUE_IDLE: Final = "export.declaration.idle"
DUE_REVOKE: Final = "export.declaration.revoke"
DUE_EXPIRE: Final = "export.declaration.expire"
DUE_KINDS: Final = (DUE_IDLE, DUE_REVOKE, DUE_EXPIRE)
"""What becomes due: going idle, revocation, expiry of goods that no manifest names."""

_REPORTING_PARTY: Final = "reporting party"
_PERMIT_RULE: Final = "E07"
_LONG_PAST: Final = {
    ConditionName.NOT_IDLE: (DUE_IDLE, IDLE_DAYS),
    ConditionName.NOT_REVOKED: (DUE_REVOKE, REVOKE_DAYS),
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When time changes the status of a declaration: in UTC, from the local midnight of the port of loading."""

    at: Mapping[str, datetime]

    @classmethod
    def of(cls, document: ExportDeclaration, zone: ZoneInfo) -> "Deadlines":
        """The deadlines of a declaration; goods that no manifest names expire, all others go idle."""
        if document.intended_export_date is None:
            return cls({})
        expires = document.goods_type in SELF_EXPIRING
        days = {DUE_EXPIRE: SELF_EXPIRY_DAYS} if expires else dict(_LONG_PAST.values())
        return cls({kind: _midnight(document.intended_export_date, after, zone) for kind, after in days.items()})

    def passed(self, kind: str, now: datetime) -> datetime | None:
        """When a deadline passed, if it did."""
        deadline = self.at.get(kind)
        return deadline if deadline is not None and deadline <= now else None


def declared(
    document: ExportDeclaration,
    findings: Sequence[Finding],
    before: Iterable[Condition],
    message: int,
    now: datetime,
) -> tuple[Condition, ...]:
    """The conditions after a version is accepted; what officers and manifests said before still stands."""
    known = {condition.name: condition for condition in before}
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    given = (
        _met(ConditionName.NOT_WITHDRAWN, now, message),
        _in_order([error for error in errors if error.rule != _PERMIT_RULE], now, message),
        _permits([error for error in errors if error.rule == _PERMIT_RULE], document, now, message),
        known.get(ConditionName.NOT_HELD, Condition(ConditionName.NOT_HELD, State.MET, since=now)),
        _exported(known.get(ConditionName.EXPORTED), document, now),
    )
    return tuple(_dated(condition, known.get(condition.name)) for condition in given)


def withdrawn(before: Iterable[Condition], message: int, now: datetime) -> tuple[Condition, ...]:
    """The conditions after a withdrawal: nothing is left to be done."""
    gone = Condition(ConditionName.NOT_WITHDRAWN, State.NOT_MET, "withdrawn by the reporting party", now, message)
    others = (condition for condition in before if condition.name != ConditionName.NOT_WITHDRAWN)
    return (gone, *(replace(condition, state=State.NOT_APPLICABLE, who="", action="") for condition in others))


def held(conditions: Iterable[Condition], why: str, now: datetime) -> tuple[Condition, ...]:
    """The conditions once customs holds the goods; only customs can end that."""
    hold = Condition(ConditionName.NOT_HELD, State.NOT_MET, why, now, who="customs", action="release the goods")
    return tuple(hold if each.name == ConditionName.NOT_HELD else each for each in conditions)


def released(conditions: Iterable[Condition], now: datetime) -> tuple[Condition, ...]:
    """The conditions once customs has released the goods; unchanged where they were not held."""
    free = Condition(ConditionName.NOT_HELD, State.MET, since=now)
    holds = (ConditionName.NOT_HELD, State.NOT_MET)
    return tuple(free if (each.name, each.state) == holds else each for each in conditions)


def aged(conditions: Iterable[Condition], deadlines: Deadlines, now: datetime) -> tuple[Condition, ...]:
    """The conditions as time leaves them: idle, revoked or expired when their deadlines have passed."""
    timed = {ConditionName.NOT_IDLE, ConditionName.NOT_REVOKED}
    known = {condition.name: condition for condition in conditions if condition.name not in timed}
    if _is(known, ConditionName.NOT_WITHDRAWN, State.NOT_MET):
        return tuple(known.values())
    expired = deadlines.passed(DUE_EXPIRE, now)
    if expired and not _is(known, ConditionName.EXPORTED, State.MET):
        known[ConditionName.EXPORTED] = Condition(
            ConditionName.EXPORTED, State.MET, "goods of this type expire by themselves", expired
        )
    exported = _is(known, ConditionName.EXPORTED, State.MET)
    return (*known.values(), *(_in_time(name, deadlines, now, exported=exported) for name in _LONG_PAST))


def status(conditions: Iterable[Condition]) -> Status:
    """The status that the conditions make."""
    known = {condition.name: condition for condition in conditions}
    if _is(known, ConditionName.NOT_WITHDRAWN, State.NOT_MET):
        return Status.WITHDRAWN
    in_error = _is(known, ConditionName.IN_ORDER, State.NOT_MET) or _is(known, ConditionName.PERMITS, State.NOT_MET)
    if _is(known, ConditionName.EXPORTED, State.MET):
        return Status.EXPIRED_ERROR if in_error else Status.EXPIRED
    if _is(known, ConditionName.NOT_HELD, State.NOT_MET):
        return Status.HELD
    if in_error:
        return Status.ERROR
    if _is(known, ConditionName.NOT_REVOKED, State.NOT_MET):
        return Status.REVOKED
    return Status.IDLE if _is(known, ConditionName.NOT_IDLE, State.NOT_MET) else Status.CLEAR


def due_dates(edn: str, standing: Status, deadlines: Deadlines, now: datetime) -> tuple[Due, ...]:
    """What is to be looked at again and when; everything else of the declaration is cancelled."""
    over = standing in (Status.WITHDRAWN, Status.EXPIRED, Status.EXPIRED_ERROR)
    return tuple(
        Due(kind, "EDN", edn, None if over or deadlines.passed(kind, now) else deadlines.at.get(kind))
        for kind in DUE_KINDS
    )


def _midnight(day: date, days: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=days), time.min, zone).astimezone(UTC)


def _is(conditions: Mapping[str, Condition], name: ConditionName, state: State) -> bool:
    return name in conditions and conditions[name].state is state


def _met(name: ConditionName, now: datetime, message: int) -> Condition:
    return Condition(name, State.MET, since=now, message=message)


def _dated(condition: Condition, before: Condition | None) -> Condition:
    """The condition, as old as the state that it is in."""
    if before is None or before.state is not condition.state:
        return condition
    return replace(condition, since=before.since, message=before.message)


def _in_order(errors: list[Finding], now: datetime, message: int) -> Condition:
    if not errors:
        return _met(ConditionName.IN_ORDER, now, message)
    return Condition(
        ConditionName.IN_ORDER,
        State.NOT_MET,
        _summary(errors),
        now,
        message,
        _REPORTING_PARTY,
        "amend or replace the declaration so that no error is left",
    )


def _permits(missing: list[Finding], document: ExportDeclaration, now: datetime, message: int) -> Condition:
    if missing:
        return Condition(
            ConditionName.PERMITS,
            State.NOT_MET,
            _summary(missing),
            now,
            message,
            _REPORTING_PARTY,
            "obtain the permit and quote it in an amendment",
        )
    if any(line.permits for line in document.lines):
        return _met(ConditionName.PERMITS, now, message)
    return Condition(ConditionName.PERMITS, State.NOT_APPLICABLE, since=now, message=message)


def _exported(before: Condition | None, document: ExportDeclaration, now: datetime) -> Condition:
    if before is not None and before.state is State.MET:
        return before
    if document.goods_type in SELF_EXPIRING:
        return Condition(ConditionName.EXPORTED, State.NOT_APPLICABLE, "no manifest names goods of this type", now)
    return Condition(
        ConditionName.EXPORTED,
        State.NOT_MET,
        since=now,
        who="forwarder or carrier",
        action="report the goods on a sub-manifest or main manifest",
    )


def _in_time(name: ConditionName, deadlines: Deadlines, now: datetime, *, exported: bool) -> Condition:
    kind, days = _LONG_PAST[name]
    passed = deadlines.passed(kind, now)
    if exported or kind not in deadlines.at:
        return Condition(name, State.NOT_APPLICABLE)
    if passed is None:
        return Condition(name, State.MET)
    within = f" within {MENDING_DAYS} days" if kind == DUE_REVOKE else ""
    return Condition(
        name,
        State.NOT_MET,
        f"{days} days after the intended export date the goods are not reported as exported",
        passed,
        who=_REPORTING_PARTY,
        action=f"amend the intended export date or withdraw the declaration{within}",
    )


def _summary(findings: list[Finding]) -> str:
    first = findings[0]
    more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
    return f"{first.place}: {first.text}{more}"
