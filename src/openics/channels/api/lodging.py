"""From the body of a submission to its bytes in the inbox: what is checked at the door, and what it needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from psycopg import Connection

from openics.channels.api import idempotency
from openics.channels.api.caller import Caller, insufficient
from openics.channels.api.problems import ProblemError
from openics.channels.api.scopes import application_of, lodgeable
from openics.edifact.envelope import Header
from openics.edifact.reader import read_header, read_interchange
from openics.edifact.writer import UnwritableError, write_interchange
from openics.exchange import submission
from openics.messages.document import Document
from openics.messages.json_form import JsonFormError
from openics.messages.reading import message_name
from openics.messages.writing import write_message

EDIFACT: Final = "application/edifact"
JSON: Final = "application/json"
CHANNEL: Final = "api"
_MEMBERS: Final = ("site", "message", "document")


@dataclass(frozen=True, slots=True)
class Letter:
    """A submission that may be taken in: for which site, as which bytes or which document."""

    site: str
    interchange: bytes = b""
    document: Document | None = None


def media_type(header: str) -> str:
    """The media type of a Content-Type header; raises ProblemError unless it is one that is taken."""
    kind = header.partition(";")[0].strip().lower()
    if kind not in {EDIFACT, JSON}:
        said = f"Content-Type is {header!r}." if header else "There is no Content-Type."
        raise ProblemError("unsupported-media-type", said, place="header.Content-Type")
    return kind


def read(caller: Caller, media: str, body: bytes) -> Letter:
    """What was sent, if the caller may send it. Raises ProblemError with place and cause."""
    letter = _interchange(body) if media == EDIFACT else _document(caller, body)
    if letter.site not in caller.sites:
        own = ", ".join(caller.sites) or "none"
        place = "UNB 0004" if media == EDIFACT else "body.site"
        raise ProblemError(
            "foreign-site",
            f"{letter.site} is not a site that you may submit for; yours: {own}.",
            place=place,
            rule="E7",
        )
    for name in _names(letter):
        _may_lodge(caller, name)
    return letter


def take(
    connection: Connection, caller: Caller, letter: Letter, key: str, request: tuple[str, bytes]
) -> tuple[int, bool]:
    """Store it, durable when this returns; the intake number, and whether this key had stored it before."""
    if letter.document is None:
        known = {"site": letter.site, "channel": CHANNEL, "person": caller.name}
        return idempotency.once(
            connection,
            caller.name,
            key,
            request,
            lambda: submission.submit(connection, letter.interchange, **known),
        )
    document = letter.document
    return idempotency.once(
        connection,
        caller.name,
        key,
        request,
        lambda: submission.submit_document(
            connection,
            document,
            site=letter.site,
            channel=CHANNEL,
            person=caller.name,
            policy=settings.EXCHANGE_POLICY,
            now=timezone.now(),
        ),
    )


def _interchange(body: bytes) -> Letter:
    most = settings.API_LARGEST_INTERCHANGE
    if len(body) > most:
        detail = f"The interchange has {len(body):,} bytes; the largest that is taken has {most:,}."
        raise ProblemError("too-large", detail, rule="E5")
    header = read_header(body)
    if header is None:
        detail = "No interchange header (UNB) can be read at its beginning."
        raise ProblemError("not-an-interchange", detail, place="byte 0", rule="E2")
    return Letter(header.sender, interchange=body)


def _names(letter: Letter) -> set[str]:
    """The ICS short names in it."""
    if letter.document is not None:
        return {letter.document.name}
    return {message_name(raw) or "" for raw in read_interchange(letter.interchange).messages} or {""}


def _may_lodge(caller: Caller, name: str) -> None:
    """Refuse what the scopes do not reach. Receipts, and what nobody knows, need any scope to lodge at all."""
    application = application_of(name)
    scope = f"{application}:lodge"
    if application and scope not in caller.scopes:
        raise insufficient(scope)
    if not application and not any(each.endswith(":lodge") for each in caller.scopes):
        raise insufficient("exports:lodge")


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; raises ProblemError."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "body"
        raise ProblemError("not-json", f"This is not JSON: {error}.", place=place) from None
    if not isinstance(data, dict):
        raise ProblemError("not-json", "The body is JSON, but no object.", place="body")
    return data


def _document(caller: Caller, body: bytes) -> Letter:
    data = submitted(body)
    return Letter(_site(caller, data), document=document_of(data))


def submitted(body: bytes) -> dict[str, Any]:
    """The members of a submission in JSON; raises ProblemError for one that it does not have."""
    data = json_object(body)
    unknown = sorted(data.keys() - set(_MEMBERS))
    if unknown:
        detail = f"A submission has no member {unknown[0]}."
        fix = "It has `message`, `document`, and `site` if you have several"
        raise ProblemError("invalid-document", detail, place=f"body.{unknown[0]}", fix=fix)
    if not isinstance(data.get("site", ""), str):
        raise ProblemError("invalid-document", "The site is no text.", place="body.site")
    return data


def _site(caller: Caller, data: Mapping[str, Any]) -> str:
    """The site that is named, or the only one there is."""
    named = data.get("site")
    if named is None and len(caller.sites) == 1:
        return caller.sites[0]
    if not isinstance(named, str):
        fix = f"Name one of {', '.join(caller.sites)}" if caller.sites else "Have an EDI site registered first"
        raise ProblemError("invalid-document", "It does not say for which site.", place="body.site", fix=fix)
    return named


def document_of(data: Mapping[str, Any]) -> Document:
    """The document in a JSON body, as one that can be written. Raises ProblemError with place and cause."""
    name = data.get("message")
    known = lodgeable().get(name) if isinstance(name, str) else None
    if known is None:
        taken = ", ".join(sorted(lodgeable()))
        raise ProblemError(
            "unknown-message", f"The message is {name!r}; these are decided here: {taken}.", place="body.message"
        )
    try:
        document = known.from_json(data.get("document") or {})
        enveloped(document)
    except JsonFormError as error:
        place = str(error).partition(" ")[0]
        where = f"body.document.{place}" if place != known.__name__ else "body.document"
        raise ProblemError("invalid-document", f"{error}.", place=where, fix=_schema(known)) from None
    except (UnwritableError, ValueError, OverflowError) as error:
        raise ProblemError("invalid-document", f"{error}.", place="body.document", fix=_schema(known)) from None
    return document


def enveloped(document: Document) -> bytes:
    """The document in an interchange to nobody. Raises UnwritableError or ValueError when it cannot be written."""
    policy = settings.EXCHANGE_POLICY
    header = Header(
        sender=policy.customs_site,
        recipient=policy.customs_site,
        date="000101",
        time="0000",
        control_reference="1",
        test=policy.test,
    )
    return write_interchange(header, [write_message(document, "1")])


def _schema(document: type[Document]) -> str:
    return f"Follow the schema at /api/v1/documents/{document.name}"
