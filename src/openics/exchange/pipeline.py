"""One batch through the house: open, examine, decide, answer, record. All of it happens, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from opentelemetry import trace
from psycopg import Cursor

from openics.decision.cleanup import clean, legal
from openics.decision.locks import lock_keys
from openics.decision.outcome import Event, Outcome, Request
from openics.decision.room import Handler
from openics.edifact.raw import RawMessage
from openics.edifact.segments import split_components, split_elements
from openics.exchange import confirming, recording, refusals, rendering
from openics.exchange.deciding import decide_all
from openics.exchange.examine import LONGEST_REFERENCE, Examined, Reference, compare, parse
from openics.exchange.opening import Check, Opened, Opener, Received, Refused
from openics.exchange.plain_text import text_row
from openics.exchange.policy import Policy
from openics.exchange.recording import EventRow, IntakeRow, InterchangeRow, MessageRow, OutboxRow, Rows
from openics.exchange.rendering import Answer
from openics.exchange.sites import Site, load_sites, take_control_references
from openics.exchange.sql import reserve
from openics.messages.gateway.contrl import SyntaxReport, report
from openics.messages.gateway.erm import report_data_faults
from openics.messages.reading import Reading

MAILED_CHANNELS = frozenset({"mail", "https", "web"})
"""Channels whose answers go to the site's mailbox; the others read their answers where they asked."""

MOST_REPORTED = 50
"""Entries of one answer, at most."""

_tracer = trace.get_tracer("openics.exchange")


@dataclass(slots=True)
class Batch:
    """A batch on its way: what was examined, the requests made of it, the answers and rows it leads to."""

    now: datetime
    examined: list[Examined] = field(default_factory=list)
    sites: Mapping[str, Site] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    confirmations: list[tuple[MessageRow, SyntaxReport]] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What is needed to handle a batch: how each channel opens what it receives, who decides, and the policy."""

    openers: Mapping[str, Opener]
    handlers: Mapping[str, Handler]
    policy: Policy

    def process(self, cursor: Cursor, received: Sequence[Received], now: datetime) -> None:
        """Handle a batch inside the caller's transaction; any exception means that nothing of it may be kept."""
        batch = Batch(now)
        with _tracer.start_as_current_span("open", attributes={"openics.batch": len(received)}):
            opened = self._open(cursor, batch, received)
        with _tracer.start_as_current_span("examine"):
            self._examine(cursor, batch, opened)
        with _tracer.start_as_current_span("decide"):
            self._decide(cursor, batch)
        with _tracer.start_as_current_span("record"):
            self._send(cursor, batch)
            self._confirm(cursor, batch)
            recording.write(cursor, batch.rows, now)

    def _open(self, cursor: Cursor, batch: Batch, received: Sequence[Received]) -> list[tuple[Received, Opened]]:
        opened = []
        for channel in dict.fromkeys(each.channel for each in received):
            opener = self.openers[channel]
            own = [each for each in received if each.channel == channel]
            facts = opener.load(cursor, own, batch.now)
            for each in own:
                result = opener.open(each, facts, batch.now)
                if isinstance(result, Opened):
                    opened.append((each, result))
                    if result.ciphers is not None:
                        batch.rows.ciphers[result.site] = result.ciphers
                else:
                    self._refuse(cursor, batch, each, result)
        return opened

    def _refuse(self, cursor: Cursor, batch: Batch, received: Received, refused: Refused) -> None:
        reason = {"code": refused.code, "text": refused.text, "fix": refused.fix, "rule": refused.rule}
        checks = _checks(refused.checks)
        row = IntakeRow(received.intake, "refused", refused.notify, checks, reason, refused.gateway_key)
        batch.rows.intakes.append(row)
        code, _, _, rule = refused.outside
        data = {"code": code, "rule": rule}
        event = Event("exchange.refused", "INTAKE", str(received.intake), data)
        batch.rows.events.append(EventRow(event, refused.notify or "unknown", received.channel, None))
        self._notify(cursor, batch, received, refused)

    def _notify(self, cursor: Cursor, batch: Batch, received: Received, refused: Refused) -> None:
        written = sum(
            1 for each in batch.rows.outbox if each.site == refused.notify and each.notice and not each.is_text
        )
        row = refusals.notice(cursor, received, refused, batch.now, self.policy.notices_per_hour - written)
        if row is not None:
            batch.rows.outbox.append(row)

    def _examine(self, cursor: Cursor, batch: Batch, opened: Sequence[tuple[Received, Opened]]) -> None:
        batch.examined = [parse(received, each, self.policy) for received, each in opened]
        headers = [each.header for each in batch.examined if each.header is not None]
        batch.sites = load_sites(cursor, {site for header in headers for site in (header.sender, header.owner)})
        used = _used_references(cursor, batch.examined)
        for each in batch.examined:
            compare(each, batch.sites, used, self.handlers, self.policy)
            if each.reference is not None:
                used.add(each.reference)
        readable = [each for each in batch.examined if each.header is not None]
        interchanges = reserve(cursor, "interchange", len(readable))
        messages = iter(reserve(cursor, "message", sum(len(each.readings) for each in readable)))
        for each in batch.examined:
            if each.header is None:
                self._log_unreadable(cursor, batch, each)
        for number, each in zip(interchanges, readable, strict=True):
            self._log_interchange(batch, each, number, list(islice(messages, len(each.readings))))

    def _log_unreadable(self, cursor: Cursor, batch: Batch, each: Examined) -> None:
        opened = each.opened
        text = each.faults[0].text if each.faults else "the attachment holds no interchange"
        fix = "Send one UN/EDIFACT interchange that starts with UNA or UNB"
        notify = "" if opened.automatic else opened.site
        self._notify(cursor, batch, each.received, Refused("not-edifact", text, fix, "E2", notify))
        reason = {"code": "not-edifact", "text": text, "fix": fix, "rule": "E2"}
        checks = _checks([*opened.checks, *_syntax_checks(each)])
        row = IntakeRow(each.received.intake, "refused", opened.site, checks, reason, opened.gateway_key)
        batch.rows.intakes.append(row)

    def _log_interchange(self, batch: Batch, each: Examined, number: int, numbers: Sequence[int]) -> None:
        header = each.header
        if header is None:
            return
        checks = _checks([*each.opened.checks, *_syntax_checks(each)])
        opened = each.opened
        handled = IntakeRow(each.received.intake, "done", opened.site, checks, gateway_key=opened.gateway_key)
        batch.rows.intakes.append(handled)
        faults = [recording.fault_as_json(fault) for fault in (*each.faults, *each.message_faults)]
        batch.rows.interchanges.append(
            InterchangeRow(
                number,
                "in",
                each.received.intake,
                each.opened.site,
                header.control_reference[:LONGEST_REFERENCE],
                header.test,
                each.outcome,
                each.reference is not None and not each.duplicate,
                each.opened.interchange,
                faults,
            )
        )
        self._acknowledge(batch, each, numbers[0] if len(numbers) == 1 else None)
        owner = batch.sites.get(header.owner or header.sender)
        client = owner.owner if owner else ""
        site = each.opened.site
        for message, (raw, reading) in zip(numbers, each.read, strict=True):
            name = (reading.name or raw.type)[:8]
            row = MessageRow(message, number, "in", raw.index, raw.reference[:14], name, site, client, "invalid")
            self._log_message(batch, each, row, reading, raw)

    def _acknowledge(self, batch: Batch, each: Examined, message: int | None) -> None:
        faults = [*each.faults, *each.message_faults]
        asked = each.header is not None and each.header.acknowledgement_request
        if each.only_confirms or not (faults or asked):
            return
        document = report(each.interchange, faults)
        if document is None:
            return
        document = legal(document)  # it repeats what was received, writable or not
        mailed = each.received.channel in MAILED_CHANNELS
        batch.answers.append(Answer(each.opened.site, document, message, wants_receipt=False, mailed=mailed))

    def _log_message(self, batch: Batch, each: Examined, row: MessageRow, reading: Reading, raw: RawMessage) -> None:
        batch.rows.messages.append(row)
        document = reading.document
        row.document = document
        row.sender_reference = (getattr(document, "sender_reference", None) or _claimed_reference(raw))[:35]
        row.version = getattr(document, "version", None)
        row.function = getattr(document, "function", None) or ""
        if reading.faults:
            row.findings = [recording.fault_as_json(fault) for fault in reading.faults]
        elif reading.data_faults and document is not None:
            row.findings = [recording.fault_as_json(fault) for fault in reading.data_faults]
            place = raw.index + 1
            answer = report_data_faults(
                document,
                reading.data_faults[:MOST_REPORTED],
                reference=f"CCF_{row.site}_{place}_{row.name}_{place}",
                site=row.site,
                now=batch.now.replace(microsecond=0),
            )
            mailed = each.received.channel in MAILED_CHANNELS
            batch.answers.append(Answer(row.site, answer, row.id, wants_receipt=True, mailed=mailed))
        elif document is not None and document.name in self.handlers:
            received = each.received
            batch.requests.append(
                Request(
                    row.id,
                    clean(document),
                    row.site,
                    row.owner,
                    received.channel,
                    received.received_at,
                    self.policy.test,
                )
            )
        elif document is not None:
            row.state = "accepted"
            if isinstance(document, SyntaxReport):
                batch.confirmations.append((row, document))

    def _decide(self, cursor: Cursor, batch: Batch) -> None:
        outcomes = decide_all(cursor, batch.requests, self.handlers, batch.now)
        rows = {row.id: row for row in batch.rows.messages}
        for request in batch.requests:
            outcome = outcomes[request.number]
            recording.decided(rows[request.number], request, outcome)
            self._follow(batch, request, outcome)

    def _follow(self, batch: Batch, request: Request, outcome: Outcome) -> None:
        for each in outcome.documents:
            mailed = each.site != request.site or request.channel in MAILED_CHANNELS
            batch.answers.append(Answer(each.site, each.document, request.number, each.wants_receipt, mailed))
        batch.rows.events.extend(
            EventRow(event, request.owner, request.channel, request.number) for event in outcome.events
        )
        batch.rows.due.extend(outcome.due)

    def _send(self, cursor: Cursor, batch: Batch) -> None:
        send(cursor, batch.rows, batch.answers, self.policy, batch.now)

    def _confirm(self, cursor: Cursor, batch: Batch) -> None:
        for row, document in batch.confirmations:
            verdict = confirming.confirm(cursor, row.site, document, self.policy, batch.now)
            if verdict.finding is not None:
                row.findings = [verdict.finding.to_json()]
            if verdict.event is not None:
                batch.rows.events.append(EventRow(verdict.event, row.site, "", row.id))


def send(cursor: Cursor, rows: Rows, answers: Sequence[Answer], policy: Policy, now: datetime) -> None:
    """Number and render the answers, and add their rows."""
    references = take_control_references(cursor, [answer.site for answer in answers])
    sites = load_sites(cursor, {answer.site for answer in answers})  # after the lock: none of them moves any more
    interchanges = reserve(cursor, "interchange", len(answers))
    messages = reserve(cursor, "message", len(answers))
    for answer, interchange, message in zip(answers, interchanges, messages, strict=True):
        number = references[answer.site].pop(0)
        content = rendering.render(answer, number, now, policy)
        reference = rendering.control_reference(number)
        rows.interchanges.append(
            InterchangeRow(interchange, "out", None, answer.site, reference, policy.test, "answer", True, content, [])
        )
        rows.messages.append(_sent(answer, message, interchange, sites[answer.site]))
        if answer.mailed:
            subject = rendering.subject(answer.site, number, policy)
            recipient = sites[answer.site].address
            rows.outbox.append(OutboxRow(answer.site, recipient, subject, answer.wants_receipt, interchange))
            text = text_row(sites[answer.site], answer.document.name, reference, content, policy)
            rows.outbox.extend([text] if text is not None else [])


def _sent(answer: Answer, number: int, interchange: int, site: Site) -> MessageRow:
    document = answer.document
    return MessageRow(
        number,
        interchange,
        "out",
        0,
        rendering.MESSAGE_REFERENCE,
        document.name,
        answer.site,
        site.owner,
        "sent",
        document,
        sender_reference=(getattr(document, "sender_reference", None) or "")[:35],
        version=getattr(document, "sender_reference_version", None),
        function=getattr(document, "function", None) or "",
        answers=answer.answers,
    )


def _claimed_reference(raw: RawMessage) -> str:
    """The sender reference (BGM 1004) of a message that cannot be read otherwise, so that its sender finds it."""
    segment = raw.segments[1] if len(raw.segments) > 1 else ""
    elements = split_elements(segment, raw.separators)
    if elements[0] != "BGM" or len(elements) < 3:
        return ""
    return split_components(elements[2], raw.separators)[0].strip()


def _used_references(cursor: Cursor, examined: Iterable[Examined]) -> set[Reference]:
    """Which of the references are used up. Another batch that brings one of them waits until this one is recorded."""
    wanted = [each.reference for each in examined if each.reference is not None]
    lock_keys(cursor, "interchange", (f"{site}:{test}:{reference}" for site, test, reference in wanted))
    cursor.execute(
        "SELECT i.site, i.test, i.control_reference FROM interchange i "
        "JOIN unnest(%s::text[], %s::boolean[], %s::text[]) AS wanted (site, test, reference) "
        "ON i.site = wanted.site AND i.test = wanted.test AND i.control_reference = wanted.reference "
        "WHERE i.direction = 'in' AND i.counted",
        ([site for site, _, _ in wanted], [test for _, test, _ in wanted], [reference for _, _, reference in wanted]),
    )
    return {(site, test, reference) for site, test, reference in cursor.fetchall()}


def _checks(checks: Iterable[Check]) -> list[dict[str, object]]:
    return [check.to_json() for check in checks]


def _syntax_checks(each: Examined) -> list[Check]:
    faults = [*each.faults, *each.message_faults]
    count = len(each.interchange.messages)
    well = "1 message follows its guide" if count == 1 else f"{count} messages follow their guides"
    detail = faults[0].text if faults else well
    return [Check("Syntax and guide", not faults, detail, faults[0].rule or "" if faults else "")]
