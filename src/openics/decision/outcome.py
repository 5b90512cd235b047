"""What a decision is: the pure result that `record` writes and `exchange` sends on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openics.decision.findings import Finding
from openics.decision.rule import RuleResult
from openics.messages.document import Document


@dataclass(frozen=True, slots=True)
class Request:
    """A document to decide on, with who sent it and how.

    `number` is the message's row in the exchange log. `site` is the EDI site to answer, `owner` the client id (ABN or CCID)
    whose document it is, both as registered. `channel` is `mail`, `web`, `api` or `file`.
    """

    number: int
    document: Document
    site: str
    owner: str
    channel: str
    received_at: datetime
    test: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: dotted code (`export.declaration.cleared`), subject, and facts about it."""

    code: str
    subject_kind: str
    subject_key: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """Something to look at again at a time, unless it is cancelled: one for each (kind, subject)."""

    kind: str
    subject_kind: str
    subject_key: str
    at: datetime | None
    """When; None cancels it."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A document to send to a site."""

    site: str
    document: Document
    wants_receipt: bool = True
    answers: int | None = None
    """The message that it answers, where that is not the one being decided."""
    mailed: bool = True
    """Whether it goes to the site's mailbox, where nobody asked for it just now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to one request.

    `change` is the room's own description of what to write (None: nothing), read back only by the room's `record` and
    `facts`. `subject_kind` and `subject_key` name what the message was about, e.g. (`EDN`, `AAAAAAAT4`).
    """

    accepted: bool
    findings: tuple[Finding, ...] = ()
    results: tuple[RuleResult, ...] = ()
    change: Any = None
    subject_kind: str = ""
    subject_key: str = ""
    events: tuple[Event, ...] = ()
    due: tuple[Due, ...] = ()
    documents: tuple[Addressed, ...] = ()
