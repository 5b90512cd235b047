"""The story of one exporter: every step goes over real mail, and every step is checked."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from openics.edifact.reader import read_interchange
from openics.messages.clients.clntdup import ClientDuplicates
from openics.messages.clients.clreg import Address, ClientRegistration, Contact
from openics.messages.clients.clregr import ClientRegistrationResponse
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.exports.exdr import ExportDeclarationResponse
from openics.messages.exports.streq import StatusRequest
from openics.messages.exports.streqr import StatusRequestResponse
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.reading import read_message
from openics.sandbox.counterpart import Counterpart
from openics.trader.records import Sent
from openics.trader.sending import keep
from openics.trader.transport import post

Kind = TypeVar("Kind", bound=Document)
EXPORTER, STRANGER = "AAA676Y", "AAR399A"
DUPLICATE = 26
REFUSAL_SECONDS = 20.0
QUIET_SECONDS = 1.5
"""How long a mailbox must stay empty before nothing is taken to have been answered."""


class StepError(Exception):
    """A step did not hold; the text says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a step says when it held: a sentence, and the page to look at."""

    text: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done, and the function that does and checks it."""

    title: str
    act: Callable[[], Told]


Query = Callable[[str, tuple[object, ...]], list[tuple[object, ...]]]
"""Asks the instance's database, as an operator could."""


@dataclass(slots=True)
class Story:
    """The story on one instance; `steps` are played in order, each building on those before."""

    instance: Path
    query: Query
    exporter: Counterpart = field(init=False)
    stranger: Counterpart = field(init=False)
    edn: str = ""
    sent: list[Sent] = field(default_factory=list)
    declaration: ExportDeclaration = field(init=False)
    lodged: bytes = b""

    def __post_init__(self) -> None:
        self.exporter = Counterpart.open(self.instance, EXPORTER)
        self.stranger = Counterpart.open(self.instance, STRANGER)

    def steps(self) -> Iterator[Step]:
        """The steps in order."""
        yield Step("Register an overseas supplier (CLREG)", self.register_supplier)
        yield Step("Register the same supplier again", self.register_again)
        yield Step("Lodge the published export declaration as it stands (EXD)", self.lodge_published)
        yield Step("Lodge it with today's facts", self.lodge)
        yield Step("Ask for its status (STREQ)", self.ask_status)
        yield Step("Send the same interchange again", self.repeat)
        yield Step("Send one with a wrong line", self.send_wrong_line)
        yield Step("Send a mail that was tampered with", self.tamper)
        yield Step("Sign with another site's key", self.impersonate)
        yield Step("Change the declaration (function 4)", self.change)
        yield Step("Withdraw it (function 50)", self.withdraw)
        yield Step("Ask for its status again", self.ask_withdrawn)

    def register_supplier(self) -> Told:
        """CLREG → CONTRL, CLREGR with a new CCID."""
        registration = supplier(self._reference("SUPPLIER"))
        self._accepted(self._send(registration))
        answer = self._answer(ClientRegistrationResponse, "CLREGR", registration)
        _expect("errors", answer.error_count, 0)
        _expect("the advice that a CCID was made", "CL0378" in {entry.error for entry in answer.entries}, True)
        text = next((entry.text or "" for entry in answer.entries if entry.error == "CL0378"), "")
        return Told(f"CONTRL accepted; CLREGR: {text}", "/messages/")

    def register_again(self) -> Told:
        """The same name and address → CLREGR rejected and CLNTDUP."""
        registration = supplier(self._reference("SUPPLIER-AGAIN"))
        self._accepted(self._send(registration))
        duplicates = self._answer(ClientDuplicates, "CLNTDUP", registration)
        _expect("matches", duplicates.match_count, 1)
        return Told(f"refused: CLNTDUP names the client that is there already, {duplicates.matches[0].client_id}")

    def lodge_published(self) -> Told:
        """The sample of the published test script: its date lies in the past and its AHECC code has ended."""
        published = published_declaration()
        declaration = published.replace(sender_reference=self._reference("PUBLISHED"))
        self._accepted(self._send(declaration))
        answer = self._answer(ExportDeclarationResponse, "EXDR", declaration)
        _expect("an EDN", answer.declaration_number, None)
        errors = [entry for entry in answer.entries if entry.severity == "ERROR"]
        _expect("whether there are errors", bool(errors), True)
        return Told(f"rejected without an EDN, {len(errors)} errors: {errors[0].text}")

    def lodge(self) -> Told:
        """EXD → CONTRL, EXDR with an EDN."""
        self.declaration = current_declaration(self._reference("EXPORT"), datetime.now(UTC))
        self.lodged = self.exporter.interchange(self.declaration)
        sent = self.exporter.send(self.lodged)
        self.sent.append(sent)
        self._accepted(sent)
        answer = self._answer(ExportDeclarationResponse, "EXDR", self.declaration)
        _expect("the status", answer.status_type, "CLEAR")
        self.edn = answer.declaration_number or ""
        _expect("the length of the EDN", len(self.edn), 9)
        return Told(
            f"CONTRL accepted; EXDR: EDN {self.edn} is {answer.status_description}", f"/declarations/{self.edn}/"
        )

    def ask_status(self) -> Told:
        """STREQ → STREQR."""
        return Told(f"STREQR: {self._status('STATUS', 'CLEAR')}")

    def repeat(self) -> Told:
        """The same interchange, signed anew → CONTRL error 26, nothing stored twice."""
        before = self._count("SELECT count(*) FROM export_declaration_version WHERE declaration_id = %s", self.edn)
        sent = self.exporter.send(self.lodged, again=True)
        report = _as(SyntaxReport, self.exporter.contrl(sent, DUPLICATE))
        after = self._count("SELECT count(*) FROM export_declaration_version WHERE declaration_id = %s", self.edn)
        _expect("versions of the declaration", after, before)
        return Told(f"CONTRL action {report.action}, error {report.error}; still {after} version")

    def send_wrong_line(self) -> Told:
        """A value that is no number → CONTRL that names segment, element and component."""
        declaration = self.declaration.replace(sender_reference=self._reference("WRONG"))
        content = self.exporter.interchange(declaration).replace(b"MOA+63:5000'", b"MOA+63:5OOO'")
        sent = self.exporter.send(content, check=False)
        self.sent.append(sent)
        report = _as(SyntaxReport, self.exporter.contrl(sent))
        _expect("the action", report.action, "4")
        segment = report.messages[0].segments[0]
        element = segment.elements[0]
        place = f"segment {segment.position}, element {element.element}, component {element.component}"
        tag = read_interchange(content).messages[0].segments[(segment.position or 1) - 1][:3]
        _expect("the segment at fault", tag, "MOA")
        return Told(f"CONTRL rejected: error {element.error} at {place} ({tag})")

    def tamper(self) -> Told:
        """One changed byte → no answer; the evidence is kept."""
        declaration = self.declaration.replace(sender_reference=self._reference("TAMPERED"))
        mail = bytearray(self._sealed(self.exporter, declaration))
        middle = len(mail) * 3 // 4
        while chr(mail[middle]) not in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            middle += 1
        mail[middle] = ord("A") if mail[middle] != ord("A") else ord("B")
        return Told(f"refused ({self._refused(bytes(mail))}), no answer; the mail is kept as evidence", "/gateway/")

    def impersonate(self) -> Told:
        """Another site's signature under our address → no answer."""
        declaration = self.declaration.replace(sender_reference=self._reference("FORGED"))
        mail = self._sealed(self.stranger, declaration)
        forged = mail.replace(self.stranger.home.config.address.encode(), self.exporter.home.config.address.encode())
        return Told(f"refused ({self._refused(forged)}), no answer; the mail is kept as evidence", "/gateway/")

    def change(self) -> Told:
        """Function 4, one line amended → EXDR, the same EDN."""
        line = self.declaration.lines[0]
        amended = line.replace(action="A", description="CHEDDAR CHEESE, MATURED")
        self.declaration = self.declaration.replace(
            version=2, function="4", declaration_number=self.edn, lines=(amended,)
        )
        self._accepted(self._send(self.declaration))
        answer = self._answer(ExportDeclarationResponse, "EXDR", self.declaration)
        _expect("the EDN", answer.declaration_number, self.edn)
        _expect("the status", answer.status_type, "CLEAR")
        return Told(f"EXDR: EDN {self.edn} stays clear as version 2", f"/declarations/{self.edn}/")

    def withdraw(self) -> Told:
        """Function 50 → EXDR withdrawn."""
        withdrawal = self.declaration.replace(version=3, function="50")
        self._accepted(self._send(withdrawal))
        answer = self._answer(ExportDeclarationResponse, "EXDR", withdrawal)
        _expect("the status", answer.status_type, "WITHDRAWN")
        return Told(f"EXDR: EDN {self.edn} is withdrawn", f"/declarations/{self.edn}/")

    def ask_withdrawn(self) -> Told:
        """STREQ → STREQR says that it is withdrawn."""
        return Told(f"STREQR: {self._status('STATUS-AGAIN', 'WITHDRAWN')}")

    def _reference(self, word: str) -> str:
        return f"STORY-{word}"

    def _send(self, document: Document) -> Sent:
        sent = self.exporter.send_document(document)
        self.sent.append(sent)
        return sent

    def _accepted(self, sent: Sent) -> None:
        report = _as(SyntaxReport, self.exporter.contrl(sent))
        _expect("the action of CONTRL", report.action, "7")

    def _answer(self, kind: type[Kind], name: str, document: Document) -> Kind:
        reference, version = getattr(document, "sender_reference", ""), getattr(document, "version", 1)
        return _as(kind, self.exporter.answer(name, reference, version))

    def _status(self, word: str, expected: str) -> str:
        request = StatusRequest(
            sender_reference=self._reference(word), version=1, function="13", authority_number=self.edn
        )
        self._accepted(self._send(request))
        answer = self._answer(StatusRequestResponse, "STREQR", request)
        _expect("the status", answer.status_type, expected)
        return f"EDN {self.edn} is {answer.status_description}"

    def _sealed(self, counterpart: Counterpart, document: Document) -> bytes:
        sent = keep(counterpart.home, counterpart.interchange(document), datetime.now(UTC))
        return (counterpart.home.sent / f"{sent.key}.eml").read_bytes()

    def _refused(self, mail: bytes) -> str:
        """Send raw bytes as the exporter, and see that they are refused, kept, and not answered."""
        self.exporter.collect()
        answers = len(self.exporter.received)
        last = self._count("SELECT coalesce(max(id), 0) FROM intake")
        post(self.exporter.home.config, mail)
        rows = self._wait_rows(
            "SELECT i.state, i.refusal ->> 'code', e.content FROM intake i JOIN evidence e ON e.id = i.evidence_id "
            "WHERE i.id > %s AND i.state <> 'pending'",
            last,
        )
        state, code, content = rows[0]
        _expect("the state of the mail", state, "refused")
        _expect("whether the bytes are kept", len(bytes(content)) > 0, True)  # type: ignore[call-overload]
        _quiet(self.exporter)
        _expect("answers to it", len(self.exporter.received), answers)
        return str(code)

    def _wait_rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        end = time.monotonic() + REFUSAL_SECONDS
        while not (rows := self.query(statement, values)):
            if time.monotonic() > end:
                raise StepError("the mail was not handled in time")
            time.sleep(0.05)
        return rows

    def _count(self, statement: str, *values: object) -> int:
        (row,) = self.query(statement, values)
        return int(str(row[0]))


def supplier(reference: str) -> ClientRegistration:
    """An overseas supplier without an ABN."""
    return ClientRegistration(
        sender_reference=reference,
        version=1,
        function="9",
        client_name="EXAMPLE CHEESE IMPORTERS LLC",
        client_kind="ORG",
        contact_name="TRADE DESK",
        contact_title="EXPORT",
        contacts=(Contact(kind="EA", value="TRADE@CHEESE.EXAMPLE"),),
        addresses=(
            Address(
                kind="BA", street="1 EXAMPLE STREET", city="LOS ANGELES", postcode="90001", state="CA", country="US"
            ),
        ),
        roles=("SUPPLIER",),
    )


def published_declaration() -> ExportDeclaration:
    """The export declaration of the published test script (ts-edifact examples, Apache-2.0)."""
    content = (files("openics.sandbox") / "samples" / "exd.edi").read_bytes()
    return _as(ExportDeclaration, read_message(read_interchange(content).messages[0]).document)


def current_declaration(reference: str, now: datetime) -> ExportDeclaration:
    """The published declaration with today's facts: a date to come, goods and a code that are in force."""
    published = published_declaration()
    line = published.lines[0].replace(
        ahecc="04069010", description="CHEDDAR CHEESE", origin_code="AU-VI", origin_country=None, permits=()
    )
    return published.replace(
        sender_reference=reference,
        intended_export_date=(now + timedelta(days=14)).date(),
        customable_excisable="N",
        prescribed_goods="N",
        warehouse_establishment=None,
        consignee_city="LOS ANGELES",
        lines=(line,),
    )


def _quiet(counterpart: Counterpart) -> None:
    end = time.monotonic() + QUIET_SECONDS
    while time.monotonic() < end:
        counterpart.collect()
        time.sleep(0.1)


def _expect(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise StepError(f"{what}: expected {expected!r}, got {found!r}")


def _as(kind: type[Kind], document: object) -> Kind:
    if not isinstance(document, kind):
        raise StepError(f"expected {kind.__name__}, got {type(document).__name__}")
    return document
