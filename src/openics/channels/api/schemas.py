"""The forms of answers, from which their part of the OpenAPI description is made."""

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field

Item = TypeVar("Item")


class Strict(Schema):
    """An object that has these members and no others."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why a request was refused (RFC 9457), with the place, the rule where there is one, and what helps."""

    type: str = Field(description="Address that identifies the kind of problem, and documents it")
    title: str = Field(description="What it is; the same for all of this kind")
    status: int = Field(description="The HTTP status")
    detail: str = Field(description="What was wrong this time")
    place: str | None = Field(None, description="Where: `body.document.lines[0].ahecc`, `query.limit`, `header.Prefer`")
    fix: str = Field(description="What helps")
    rule: str | None = Field(None, description="The published rule that says so")


class TokenError(Schema):
    """Why no token was issued (RFC 6749, section 5.2)."""

    error: str
    error_description: str | None = None


class Token(Strict):
    """A token (RFC 6749, section 5.1)."""

    access_token: str
    token_type: str
    expires_in: int = Field(description="Seconds")
    scope: str = Field(description="The scopes granted, separated by blanks")


class Finding(Strict):
    """An error or an advice: one form for syntax, guide, data dictionary and business rules."""

    severity: str = Field(description="ERROR or ADVICE")
    error: str = Field(description="The published error id, or the syntax error code")
    text: str
    place: str = Field(description="`header`, `line 3`, or segment and element")
    line: int | None = Field(description="Line of the document; 0 is the header")
    item: str
    found: str
    expected: str
    rule: str


class Subject(Strict):
    """What a message is about."""

    kind: str = Field(description="EDN, CLIENT")
    key: str


class MessageLine(Strict):
    """A message as lists show it."""

    id: int
    name: str = Field(description="ICS short name: EXD, EXDR, CONTRL")
    direction: str = Field(description="`in`: from a site; `out`: from customs")
    site: str
    owner: str = Field(description="Client whose message it is")
    sender_reference: str
    version: int | None
    function: str
    state: str = Field(description="accepted, rejected, invalid, parked; sent")
    subject: Subject | None
    interchange: int
    position: int = Field(description="Place in the interchange, from 0")
    reference: str = Field(description="UNH 0062")
    answers: int | None = Field(description="The message that this one answers")
    recorded_at: datetime
    findings: list[Finding]
    location: str


class RuleResult(Strict):
    """What one rule said."""

    rule: str
    applied: bool
    broken: list[int] = Field(description="Lines where it is broken; 0 is the header")


class Message(MessageLine):
    """A message with its document in JSON form and what every rule said."""

    document: dict[str, Any] | None
    rules: list[RuleResult]


class Answer(MessageLine):
    """An answer of customs in both forms."""

    document: dict[str, Any] | None
    edifact: str = Field(description="The whole interchange; its bytes are the characters in ISO 8859-1")


class Interchange(Strict):
    """An interchange; its bytes are at `content`."""

    id: int
    direction: str
    site: str
    control_reference: str
    test: bool
    outcome: str = Field(description="accepted, rejected, duplicate, confirmation; answer")
    submission: int | None
    recorded_at: datetime
    faults: list[Finding]
    location: str
    content: str


class Refusal(Strict):
    """Why something was refused before its messages were read."""

    code: str
    text: str
    fix: str
    rule: str


class Submission(Strict):
    """How a submission stands. `pending`: stored, and to be decided; `done`: every message has its state."""

    id: int
    state: str = Field(description="pending, done, refused, parked")
    channel: str
    received_at: datetime
    finished_at: datetime | None
    repeated: int = Field(description="How often the very same interchange came again")
    refusal: Refusal | None
    interchanges: list[Interchange]
    messages: list[MessageLine]
    location: str
    answers: str


class Condition(Strict):
    """One reason for a status: what is asked, how it stands, since when, by which message, and whose move it is."""

    name: str
    state: str = Field(description="met, not met, not applicable")
    detail: str | None
    since: datetime | None
    message: int | None
    who: str | None
    action: str | None


class NextAction(Strict):
    """Who must act next, how, and for which condition."""

    who: str
    action: str
    because: str


class DeclarationLine(Strict):
    """An export declaration as lists show it."""

    edn: str
    status: str
    meaning: str
    owner: str
    goods_owner: str
    site: str
    sender_reference: str
    version: int
    intended_export_date: date | None
    lodged_at: datetime
    changed_at: datetime
    location: str


class Declaration(DeclarationLine):
    """An export declaration: why it stands as it does, who must act next, and the document in force."""

    conditions: list[Condition]
    next: list[NextAction]
    document: dict[str, Any]


class Version(Strict):
    """One accepted version: what was sent, and what became of it."""

    version: int
    function: str
    message: int
    status: str
    recorded_at: datetime
    findings: list[Finding]
    document: dict[str, Any]


class Event(Strict):
    """Something that happened."""

    code: str
    at: datetime
    channel: str
    message: int | None
    data: dict[str, Any]


class Explanation(Strict):
    """Everything that is known under a reference, and why each stands as it does."""

    reference: str
    declarations: list[Declaration]
    messages: list[MessageLine]


class Certificate(Strict):
    """A certificate of a site."""

    fingerprint: str = Field(description="SHA-256, hexadecimal")
    use: str
    standing: str
    not_before: datetime
    not_after: datetime
    pem: str


class SiteLine(Strict):
    """An EDI site as lists show it."""

    site: str
    edi_address: str
    active: bool
    pause_reason: str
    test: bool
    is_default: bool
    location: str


class Site(SiteLine):
    """An EDI site with its certificates, and how many interchanges wait to leave for it."""

    certificates: list[Certificate]
    waiting: int


class GatewayCertificate(Strict):
    """A certificate of the gateway."""

    name: str
    part: str = Field(description="current, next or leaving")
    fingerprint: str
    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    open_now: bool = Field(description="Whether interchanges may be encrypted to it now")
    pem: str = Field(description="The certificate and its chain")


class ReferenceItem(Strict):
    """A code of the reference data for one period."""

    list: str
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    data: dict[str, Any]


class CodeListLine(Strict):
    """A list of codes."""

    name: str
    title: str
    codes: int | None = Field(description="How many; null where it depends on the day")
    location: str


class Code(Strict):
    """A code of a message's list."""

    code: str
    meaning: str


class CodeList(Strict):
    """A code list of the messages."""

    name: str
    title: str
    codes: list[Code]


class DocumentLine(Strict):
    """A message that customs decides here."""

    name: str
    title: str
    scope: str = Field(description="The scope that lodges it")
    location: str


class Document(DocumentLine):
    """A message with the JSON Schema of its document, and an example in both forms."""

    document_schema: dict[str, Any]
    example: dict[str, Any]
    edifact: str


class Checked(Strict):
    """What is wrong with an interchange or a document, as far as it shows without the facts of the day."""

    ok: bool
    messages: int
    problems: list[dict[str, Any]]


class Self(Strict):
    """Who the API takes you for."""

    caller: str
    kind: str = Field(description="program or certificate")
    client: str
    name: str
    scopes: list[str]
    sites: list[str] = Field(description="The sites that you may submit for")
    environment: str = Field(description="test or production")
    customs_site: str


class Page(Strict, Generic[Item]):
    """A page of a list, newest first."""

    items: list[Item]
    next: str | None = Field(description="The cursor of the next page; null on the last one")


class All(Strict, Generic[Item]):
    """A list as a whole."""

    items: list[Item]
