"""What a site's CONTRL does to what was sent to it: confirms it, parks it as refused, or is noted and changes nothing.

A CONTRL is matched by the identity of the interchange's owner (customs) and by its control reference. It is never answered,
neither when it fits nor when it does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from psycopg import Cursor

from openics.decision.findings import Finding, Severity
from openics.decision.outcome import Event
from openics.edifact.faults import SyntaxCode
from openics.exchange.policy import Policy
from openics.exchange.sql import as_text
from openics.messages.codes import SyntaxAction
from openics.messages.gateway.contrl import ElementReport, MessageReport, SegmentReport, SyntaxReport

LONGEST_REASON: Final = 500
MOST_PLACES: Final = 5
CONFIRMED, REFUSED, IGNORED, REPEATED = "confirmed", "refused", "ignored", "repeated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a CONTRL did (`confirmed`, `refused`, `ignored`; `repeated` for one that says what is known), and in words."""

    effect: str
    words: str = ""
    site: str = ""
    control_reference: str = ""

    @property
    def finding(self) -> Finding | None:
        """The words as the message's log shows them; None when there is nothing to say."""
        return Finding(Severity.ADVICE, "CONTRL", self.words) if self.words else None

    @property
    def event(self) -> Event | None:
        """What to note in the site's history; None for a plain confirmation and for what is known."""
        code = {REFUSED: "exchange.refused-by-site", IGNORED: "exchange.confirmation-ignored"}.get(self.effect)
        data = {"control_reference": self.control_reference, "reason": self.words}
        return Event(code, "SITE", self.site, data) if code else None


def confirm(cursor: Cursor, site: str, report: SyntaxReport, policy: Policy, now: datetime) -> Verdict:
    """Apply one CONTRL of a site to the outbox."""
    reference = as_text(report.control_reference or "")
    if problem := _not_ours(site, report, policy):
        return Verdict(IGNORED, problem, site, reference)
    cursor.execute(
        "SELECT o.id, o.state, o.error FROM outbox_item o JOIN interchange i ON i.id = o.interchange_id "
        "WHERE i.direction = 'out' AND i.site = %s AND i.test = %s AND i.control_reference = %s FOR UPDATE OF o",
        (site, policy.test, reference),
    )
    row = cursor.fetchone()
    if row is None:
        return Verdict(IGNORED, f"No interchange {reference} was sent to {site}; nothing was changed.", site, reference)
    effect, words = _judged(report, row[1], row[2])
    if effect == CONFIRMED:
        _confirm(cursor, row[0], words, now)
    elif effect == REFUSED:
        cursor.execute("UPDATE outbox_item SET state = 'parked', error = %s WHERE id = %s", (words, row[0]))
    return Verdict(effect, words, site, reference)


def _not_ours(site: str, report: SyntaxReport, policy: Policy) -> str:
    """What it says that does not fit anything sent to this site, in words."""
    owner = report.owner or report.sender
    if owner != policy.customs_site:
        return f"It names the interchange owner {owner!r}, not {policy.customs_site!r}; nothing was changed."
    if report.recipient != site:
        return f"It names the recipient {report.recipient!r}, not {site!r}, which sent it; nothing was changed."
    return ""


def _judged(report: SyntaxReport, state: str, error: str) -> tuple[str, str]:
    if report.action == SyntaxAction.REJECTED and report.error == SyntaxCode.DUPLICATE:
        words = "the site has it already (its software answered with error 26, duplicate detected)"
        return (REPEATED if state == "confirmed" else CONFIRMED), words
    if not _rejects(report):
        return (REPEATED, "") if state == "confirmed" else (CONFIRMED, "")
    words = f"refused by the site's software: {reason(report)}"[:LONGEST_REASON]
    if state == "confirmed":
        return IGNORED, f"{words}; it had confirmed it before, so nothing was changed"
    return (REPEATED if (state, error) == ("parked", words) else REFUSED), words


def _rejects(report: SyntaxReport) -> bool:
    """Whether it refuses the interchange, or the message in it."""
    return report.action == SyntaxAction.REJECTED or any(
        each.action == SyntaxAction.REJECTED for each in report.messages
    )


def _confirm(cursor: Cursor, item: int, note: str, now: datetime) -> None:
    cursor.execute(
        "UPDATE outbox_item SET state = 'confirmed', confirmed_at = coalesce(confirmed_at, %s), error = %s WHERE id = %s",
        (now, note, item),
    )


def reason(report: SyntaxReport) -> str:
    """What the site's software objects to, and where: `13 missing (UNB, element 5)`."""
    places = list(_places(report))
    more = f"; and {len(places) - MOST_PLACES} more" if len(places) > MOST_PLACES else ""
    return "; ".join(places[:MOST_PLACES]) + more if places else "it gives no reason"


def _places(report: SyntaxReport) -> Iterator[str]:
    if report.error is not None:
        yield _said(report.error, _service(report))
    for message in report.messages:
        if message.action == SyntaxAction.REJECTED:
            yield from _in_message(message)


def _in_message(message: MessageReport) -> Iterator[str]:
    where = f"message {message.reference}"
    if not message.segments:
        yield _said(message.error, ", ".join([where, *_service(message).split(", ")]).rstrip(", "))
    for segment in message.segments:
        yield from _in_segment(segment, where)


def _in_segment(segment: SegmentReport, where: str) -> Iterator[str]:
    where = f"{where}, segment {segment.position}"
    if not segment.elements:
        yield _said(segment.error, where)
    for element in segment.elements:
        yield _said(element.error, f"{where}{_element(element)}")


def _service(part: SyntaxReport | MessageReport) -> str:
    return f"{part.service_segment}{_element(part)}" if part.service_segment else ""


def _element(part: SyntaxReport | MessageReport | ElementReport) -> str:
    element = f", element {part.element}" if part.element else ""
    return f"{element}, component {part.component}" if part.component else element


def _said(error: int | None, where: str) -> str:
    known: dict[int, Any] = {int(code): code for code in SyntaxCode}
    name = "no reason given" if error is None else f"{error} {known[error].meaning}" if error in known else str(error)
    return f"{name} ({where})" if where else name
