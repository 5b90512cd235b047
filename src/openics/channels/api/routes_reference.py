"""What everybody needs to know: reference data as at a day, code lists, documents that can be lodged, gateway keys."""

# ruff: noqa: ARG001 - every operation takes the request

import re
from datetime import date
from typing import Annotated, Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import BeforeValidator

from openics.channels.api import cursors, forms, schemas
from openics.channels.api.frontdoor import ROOT, Needs
from openics.channels.api.problems import not_found
from openics.channels.api.routes_submissions import Cursor, Limit
from openics.channels.api.scopes import application_of, lodgeable
from openics.channels.interactive.guidance import gateway
from openics.handbook.declared import code_lists
from openics.messages.document import Document
from openics.messages.examples import examples_of
from openics.messages.interchange import to_json
from openics.messages.schema import json_schema
from openics.pki.certificates import fingerprint
from openics.pki.errors import PkiError
from openics.reference.codes import CodeList
from openics.reference.facts import CANBERRA
from openics.reference.models import ReferenceItem

router = Router(tags=["Reference"])
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTS: Final = "|".join(each.value for each in CodeList)

ListName = Annotated[str, Path(pattern=f"^({_LISTS})$", description=f"One of {_LISTS.replace('|', ', ')}")]


def _iso(text: object) -> object:
    """A day as CCYY-MM-DD; a number is none, though it could be read as seconds since 1970."""
    if isinstance(text, str) and not _DAY.fullmatch(text):
        raise ValueError("a day is written CCYY-MM-DD")
    return text


On = Annotated[
    date | None, BeforeValidator(_iso), Query(None, description="The day (CCYY-MM-DD); today in Canberra if not given")
]


@router.get(
    "/reference",
    auth=Needs(),
    response=schemas.All[schemas.CodeListLine],
    summary="Lists of the reference data",
    operation_id="reference_lists",
)
def reference_lists(request: HttpRequest) -> Any:
    """The lists whose codes have a valid period: tariff, ports, countries, establishments."""
    lines = [
        {"name": each.value, "title": _title(each), "codes": None, "location": f"{ROOT}/reference/{each.value}"}
        for each in CodeList
    ]
    return {"items": lines}


def _title(code_list: CodeList) -> str:
    return code_list.name.replace("_", " ").capitalize() if code_list is not CodeList.AHECC else "AHECC"


def _in_force(name: str, on: date | None) -> QuerySet[ReferenceItem]:
    day = on or timezone.now().astimezone(CANBERRA).date()
    rows = ReferenceItem.objects.filter(code_list=name, superseded_at=None, valid_from__lte=day)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=day))


@router.get(
    "/reference/{name}",
    auth=Needs(),
    response=schemas.Page[schemas.ReferenceItem],
    summary="The codes of a list as at a day",
    operation_id="reference_list",
)
def reference_list(
    request: HttpRequest,
    response: HttpResponse,
    name: ListName,
    on: On,
    search: Annotated[str, Query("", max_length=60, description="The code's beginning, or words of its name")],
    cursor: Cursor,
    limit: Limit,
) -> Any:
    """The codes in force on the day, in falling order."""
    rows = _in_force(name, on)
    if search:
        rows = rows.filter(Q(code__startswith=search.upper()) | Q(name__icontains=search))
    found = cursors.listed(rows, ("code", "id"), forms.item, cursor=cursor, limit=limit)
    cursors.link(request, response, found)
    return found


@router.get(
    "/reference/{name}/{code}",
    auth=Needs(),
    response=schemas.ReferenceItem,
    summary="One code as at a day",
    operation_id="reference_code",
)
def reference_code(
    request: HttpRequest, name: ListName, code: Annotated[str, Path(max_length=35, description="The code")], on: On
) -> Any:
    """The entry of the code in force on the day."""
    found = _in_force(name, on).filter(code=code).order_by("valid_from").last()
    if found is None:
        raise not_found(f"code {code} in {name} on that day")
    return forms.item(found)


@router.get(
    "/codes",
    auth=Needs(),
    response=schemas.All[schemas.CodeListLine],
    summary="Code lists of the messages",
    operation_id="code_lists",
)
def lists(request: HttpRequest) -> Any:
    """The lists of codes that stand in messages, each with its number of codes."""
    lines = [
        {"name": name, "title": each.heading(), "codes": len(each.meanings()), "location": f"{ROOT}/codes/{name}"}
        for name, each in code_lists().items()
    ]
    return {"items": lines}


@router.get(
    "/codes/{name}",
    auth=Needs(),
    response=schemas.CodeList,
    summary="One code list of the messages",
    operation_id="code_list",
)
def one_list(request: HttpRequest, name: Annotated[str, Path(max_length=60, description="Like CargoType")]) -> Any:
    """Its codes with their meanings."""
    found = code_lists().get(name)
    if found is None:
        raise not_found(f"code list {name}")
    known = [{"code": code, "meaning": meaning} for code, meaning in found.meanings().items()]
    return {"name": name, "title": found.heading(), "codes": known}


@router.get(
    "/documents",
    auth=Needs(),
    response=schemas.All[schemas.DocumentLine],
    summary="Documents that can be lodged",
    operation_id="documents",
)
def documents(request: HttpRequest) -> Any:
    """The messages that are decided here, each with the scope that lodges it."""
    return {"items": [_line(name, each) for name, each in sorted(lodgeable().items())]}


def _line(name: str, document: type[Document]) -> dict[str, Any]:
    return {
        "name": name,
        "title": " ".join((document.__doc__ or "").split()),
        "scope": f"{application_of(name)}:lodge",
        "location": f"{ROOT}/documents/{name}",
    }


@router.get(
    "/documents/{name}",
    auth=Needs(),
    response=schemas.Document,
    summary="The schema of a document, with an example",
    operation_id="document",
)
def document(request: HttpRequest, name: Annotated[str, Path(max_length=8, description="Like EXD")]) -> Any:
    """The JSON Schema (2020-12) of the document, and an example as JSON and as EDIFACT."""
    known = lodgeable().get(name)
    if known is None:
        raise not_found(f"document {name}")
    example = examples_of(known)["typical"]
    form = to_json(example)["messages"][0]["document"]
    return {
        **_line(name, known),
        "document_schema": json_schema(known),
        "example": form,
        "edifact": example.decode("latin-1"),
    }


@router.get(
    "/gateway/certificates",
    auth=None,
    response=schemas.All[schemas.GatewayCertificate],
    tags=["Gateway"],
    summary="The gateway's certificates",
    operation_id="gateway_certificates",
)
def gateway_certificates(request: HttpRequest) -> Any:
    """The certificates that the mail gateway signs with and opens, now and next. Nobody needs to be known for this."""
    try:
        found = list(gateway.published(settings.GATEWAY_DIRECTORY, timezone.now()))
    except PkiError:
        found = []
    return {"items": [_gateway(each) for each in found]}


def _gateway(each: gateway.GatewayCertificate) -> dict[str, Any]:
    certificate = each.key.certificate
    return {
        "name": each.name,
        "part": each.part.value,
        "fingerprint": fingerprint(certificate),
        "subject": each.subject,
        "issuer": each.issuer,
        "not_before": certificate.not_valid_before_utc,
        "not_after": certificate.not_valid_after_utc,
        "open_now": each.open_now,
        "pem": each.pem.decode(),
    }
