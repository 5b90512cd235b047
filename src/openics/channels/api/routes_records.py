"""Messages, interchanges and export declarations, and why each stands as it does."""

from typing import Annotated, Any, Final

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from openics.channels.api import cursors, forms, queries, schemas
from openics.channels.api.bodies import BYTES
from openics.channels.api.frontdoor import Needs, caller_of
from openics.channels.api.log import refused, seen
from openics.channels.api.routes_submissions import Cursor, Limit, Number
from openics.channels.interactive import queries as pages
from openics.exports.codes import Status
from openics.exports.models import ExportDeclaration
from openics.information import interest

router = Router()
MESSAGE, INTERCHANGE, EDN = "MESSAGE", "INTERCHANGE", "EDN"
STATUSES: Final = "|".join(each.value for each in Status)

Filter = Annotated[str, Query("", max_length=35)]
Edn = Annotated[str, Path(min_length=1, max_length=20, description="Export declaration number, like AAAAAAAT4")]


@router.get(
    "/messages",
    auth=Needs(),
    response=schemas.Page[schemas.MessageLine],
    tags=["Messages"],
    summary="List messages",
    operation_id="messages",
)
def messages(  # noqa: PLR0913, PLR0917 - filters
    request: HttpRequest,
    response: HttpResponse,
    name: Annotated[str, Query("", max_length=8, description="ICS short name: EXD, EXDR")],
    direction: Annotated[str, Query("", pattern="^(in|out)?$", description="`in`: from you; `out`: to you")],
    state: Annotated[str, Query("", pattern="^(accepted|rejected|invalid|parked|sent)?$", description="Its state")],
    site: Annotated[str, Query("", max_length=7, description="One of your sites")],
    sender_reference: Annotated[str, Query("", max_length=35, description="Your reference, exactly")],
    subject: Annotated[str, Query("", max_length=35, description="What it is about: an EDN or a client id")],
    cursor: Cursor,
    limit: Limit,
) -> Any:
    """The messages of your client and your sites, newest first."""
    caller = caller_of(request)
    wanted = {
        "name": name.upper(),
        "direction": direction,
        "state": state,
        "site": site.upper(),
        "sender_reference": sender_reference,
    }
    rows = queries.messages(caller).filter(**{field: value for field, value in wanted.items() if value})
    if subject:
        rows = rows.filter(Q(subject_key=subject.upper()) | Q(answers__subject_key=subject.upper()))
    found = cursors.listed(rows, ("id",), forms.message_line, cursor=cursor, limit=limit)
    seen(request, "MESSAGES", "list")
    cursors.link(request, response, found)
    return found


@router.get(
    "/messages/{number}",
    auth=Needs(),
    response=schemas.Message,
    tags=["Messages"],
    summary="One message",
    operation_id="message",
)
def message(request: HttpRequest, number: Number) -> Any:
    """The message with its document in JSON form, what was found, and what every rule said."""
    found = queries.message(caller_of(request), number)
    if found is None:
        raise refused(request, MESSAGE, number)
    seen(request, MESSAGE, number)
    return forms.message(found)


@router.get(
    "/messages/{number}/answers",
    auth=Needs(),
    response=schemas.All[schemas.Answer],
    tags=["Messages"],
    summary="The answers to a message",
    operation_id="message_answers",
)
def answers(request: HttpRequest, number: Number) -> Any:
    """What customs sent in answer to it, each as JSON and as EDIFACT."""
    caller = caller_of(request)
    found = queries.message(caller, number)
    if found is None:
        raise refused(request, MESSAGE, number)
    seen(request, MESSAGE, number)
    return {"items": [forms.answer(each) for each in queries.answers(caller, found)]}


@router.get(
    "/interchanges",
    auth=Needs(),
    response=schemas.Page[schemas.Interchange],
    tags=["Interchanges"],
    summary="List interchanges",
    operation_id="interchanges",
)
def interchanges(
    request: HttpRequest,
    response: HttpResponse,
    direction: Annotated[str, Query("", pattern="^(in|out)?$", description="`in`: from you; `out`: to you")],
    control_reference: Annotated[str, Query("", max_length=14, description="UNB 0020, exactly")],
    cursor: Cursor,
    limit: Limit,
) -> Any:
    """The interchanges from and to your sites, over whatever channel, newest first."""
    wanted = {"direction": direction, "control_reference": control_reference}
    rows = queries.interchanges(caller_of(request)).filter(**{name: value for name, value in wanted.items() if value})
    found = cursors.listed(rows, ("id",), forms.interchange, cursor=cursor, limit=limit)
    seen(request, "INTERCHANGES", "list")
    cursors.link(request, response, found)
    return found


@router.get(
    "/interchanges/{number}",
    auth=Needs(),
    response=schemas.Interchange,
    tags=["Interchanges"],
    summary="One interchange",
    operation_id="interchange",
)
def interchange(request: HttpRequest, number: Number) -> Any:
    """What became of it, and what was wrong with it as a whole."""
    found = queries.interchange(caller_of(request), number)
    if found is None:
        raise refused(request, INTERCHANGE, number)
    seen(request, INTERCHANGE, number)
    return forms.interchange(found)


@router.get(
    "/interchanges/{number}/content",
    auth=Needs(),
    response={200: None},
    openapi_extra=BYTES,
    tags=["Interchanges"],
    summary="The bytes of an interchange",
    operation_id="interchange_content",
)
def content(request: HttpRequest, number: Number) -> Any:
    """The interchange exactly as it was received or sent."""
    found = queries.interchange(caller_of(request), number)
    if found is None:
        raise refused(request, INTERCHANGE, number)
    seen(request, INTERCHANGE, number)
    return HttpResponse(bytes(found.content), content_type="application/EDIFACT")


@router.get(
    "/declarations",
    auth=Needs("exports:read"),
    response=schemas.Page[schemas.DeclarationLine],
    tags=["Export declarations"],
    summary="List export declarations",
    operation_id="declarations",
)
def declarations(
    request: HttpRequest,
    response: HttpResponse,
    status: Annotated[str, Query("", pattern=f"^({STATUSES})?$", description="Only those with this status")],
    sender_reference: Annotated[str, Query("", max_length=35, description="Your reference, exactly")],
    cursor: Cursor,
    limit: Limit,
) -> Any:
    """The declarations that your client lodged, or whose goods it owns, last lodged first."""
    wanted = {"status": status, "sender_reference": sender_reference}
    rows = interest.declarations(caller_of(request).viewer).defer("document", "conditions")
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    found = cursors.listed(rows, ("lodged_at", "edn"), forms.declaration_line, cursor=cursor, limit=limit)
    seen(request, "DECLARATIONS", "list")
    cursors.link(request, response, found)
    return found


def _declaration(request: HttpRequest, edn: str) -> ExportDeclaration:
    """A declaration that the caller may see, the look logged; raises ProblemError."""
    found = pages.declaration(caller_of(request).viewer, edn.upper())
    if found is None:
        raise refused(request, EDN, edn.upper())
    seen(request, EDN, found.edn)
    return found


@router.get(
    "/declarations/{edn}",
    auth=Needs("exports:read"),
    response=schemas.Declaration,
    tags=["Export declarations"],
    summary="One export declaration",
    operation_id="declaration",
)
def declaration(request: HttpRequest, edn: Edn) -> Any:
    """Its status, the conditions that make it, who must act next, and the document in force."""
    return forms.declaration(_declaration(request, edn))


@router.get(
    "/declarations/{edn}/versions",
    auth=Needs("exports:read"),
    response=schemas.All[schemas.Version],
    tags=["Export declarations"],
    summary="The versions of a declaration",
    operation_id="declaration_versions",
)
def versions(request: HttpRequest, edn: Edn) -> Any:
    """Every accepted version as it was sent, newest first."""
    return {"items": [forms.version(each) for each in pages.versions(_declaration(request, edn))]}


@router.get(
    "/declarations/{edn}/messages",
    auth=Needs("exports:read"),
    response=schemas.All[schemas.MessageLine],
    tags=["Export declarations"],
    summary="The messages about a declaration",
    operation_id="declaration_messages",
)
def about(request: HttpRequest, edn: Edn) -> Any:
    """What was sent about it, and what customs answered, newest first."""
    found = _declaration(request, edn)
    return {"items": [forms.message_line(each) for each in queries.messages_about(caller_of(request), found)]}


@router.get(
    "/declarations/{edn}/events",
    auth=Needs("exports:read"),
    response=schemas.All[schemas.Event],
    tags=["Export declarations"],
    summary="What happened to a declaration",
    operation_id="declaration_events",
)
def events(request: HttpRequest, edn: Edn) -> Any:
    """Its history, newest first."""
    found = _declaration(request, edn)
    return {"items": [forms.event(each) for each in pages.timeline(caller_of(request).viewer, found)]}


@router.get(
    "/explanations/{reference}",
    auth=Needs(),
    response=schemas.Explanation,
    tags=["Export declarations"],
    summary="Why does it stand as it does?",
    operation_id="explain",
)
def explain(
    request: HttpRequest,
    reference: Annotated[
        str, Path(min_length=1, max_length=35, description="Your sender reference, an EDN, or a client id")
    ],
) -> Any:
    """Everything that you may see under a reference: declarations with their conditions, messages with their findings."""
    caller = caller_of(request)
    declared, sent = queries.declarations_named(caller, reference), queries.messages_named(caller, reference)
    if not declared and not sent:
        raise refused(request, "REFERENCE", reference)
    seen(request, "REFERENCE", reference)
    return {
        "reference": reference,
        "declarations": [forms.declaration(each) for each in declared],
        "messages": [forms.message_line(each) for each in sent],
    }
