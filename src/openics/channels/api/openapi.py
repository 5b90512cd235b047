"""The OpenAPI 3.1 description: what ninja derives from the functions, with what only we know."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.schema import get_schema

from openics.channels.api.frontdoor import ROOT, Needs
from openics.channels.api.problems import KINDS, MEDIA
from openics.channels.api.scopes import SCOPES, application_of, lodgeable
from openics.messages.schema import json_schema

METHODS: Final = ("get", "post", "delete")
_REFUSALS: Final = ("400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503")
_EVERYWHERE: Final = ("400", "405", "500", "503")
_PROBLEM: Final = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_LIMITS: Final = {
    "RateLimit": {"description": "What is left of this minute", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "How many requests a minute has", "schema": {"type": "string"}},
}
_TAGS: Final = {
    "Signing in": "Tokens for programs; a device certificate serves as well.",
    "Submissions": "Handing in interchanges and documents, and what became of them.",
    "Checks": "What is wrong with an interchange, without submitting it.",
    "Messages": "Every message from and to your sites, over whatever channel.",
    "Interchanges": "The interchanges that the messages came in, with their bytes.",
    "Export declarations": "How they stand, why, and who must act next.",
    "Sites": "Your EDI sites and their certificates.",
    "Reference": "Reference data as at a day, code lists, schemas of documents.",
    "Gateway": "The certificates of the mail gateway.",
}


def described(api: NinjaAPI) -> dict[str, Any]:
    """The whole description as JSON values."""
    return {**_derived(api), "servers": [{"url": settings.PUBLIC_URL}]}


@cache
def _derived(api: NinjaAPI) -> dict[str, Any]:
    found: dict[str, Any] = dict(get_schema(api, path_prefix=ROOT.lstrip("/") + "/"))
    needs = dict(_needs(api))
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            _complete(operation, needs[method, path])
    schemas = found["components"]["schemas"]
    schemas.pop("Input", None)
    schemas["Problem"] = _problem()
    for name, schema in _documents():
        schemas[name] = schema
    found["components"]["securitySchemes"] = _schemes()
    found["tags"] = [{"name": name, "description": text} for name, text in _TAGS.items()]
    return found


def _needs(api: NinjaAPI) -> Iterator[tuple[tuple[str, str], Needs | None]]:
    """What each operation asks of its caller, by method and path."""
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                asked = next((each for each in operation.auth_callbacks if isinstance(each, Needs)), None)
                for method in operation.methods:
                    yield (method.lower(), f"{ROOT}{path}"), asked


def _complete(operation: dict[str, Any], needs: Needs | None) -> None:
    """Add who may, and how it is refused."""
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    if needs is not None:
        scopes = [needs.scope] if needs.scope else []
        operation["security"] = [{"program": scopes}, {"certificate": []}]
        if needs.scope:
            operation["description"] = f"{operation.get('description', '')}\n\nNeeds the scope `{needs.scope}`.".strip()
    else:
        operation["security"] = []
    statuses = [*_EVERYWHERE, *(("401", "403", "429") if needs else ()), *_own(operation)]
    for status in sorted(set(statuses) - answers.keys()):
        titles = [kind.title for kind in KINDS.values() if str(kind.status) == status]
        answers[status] = {"description": "; ".join(titles), "content": _PROBLEM}
    for status, answer in answers.items():
        if needs is not None and status.startswith("2"):
            answer["headers"] = {**_LIMITS, **_headers(operation, status)}
    if "400" in answers:
        answers["400"]["content"] = {**answers["400"].get("content", {}), **_PROBLEM}
    operation["responses"] = dict(sorted(answers.items()))


def _own(operation: dict[str, Any]) -> list[str]:
    """The refusals that only some operations have."""
    statuses = []
    if operation.get("parameters"):
        statuses.append("422")
    if any(each["in"] == "path" for each in operation.get("parameters", ())):
        statuses.append("404")
    if "requestBody" in operation:
        statuses += ["413", "415", "422"]
    if operation["operationId"] == "submit":
        statuses += ["404", "409"]
    return statuses


def _headers(operation: dict[str, Any], status: str) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    if operation["operationId"] == "submit":
        return {
            "Location": {"description": "Where to look how it stands", **text},
            "Idempotency-Replayed": {"description": "`true` when the key had been used for this before", **text},
            "Preference-Applied": {"description": "How long it was waited", **text},
        }
    return {"ETag": {"description": "For If-None-Match", **text}} if status == "200" else {}


def _problem() -> dict[str, Any]:
    from openics.channels.api.schemas import Problem

    return Problem.model_json_schema()


def _documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemas of the documents that may be lodged, and of the bodies that carry them."""
    for name, document in sorted(lodgeable().items()):
        schema = json_schema(document)
        parts = schema.pop("$defs", {})
        schema.pop("$schema")
        for part, inner in parts.items():
            yield f"{name}.{part}", _moved(inner, name)
        yield name, _moved(schema, name)
        yield f"Submit{name}", _submit(name)


def _moved(schema: Any, name: str) -> Any:
    """The schema with its references to where its parts lie here."""
    if isinstance(schema, dict):
        return {key: _reference(key, value, name) for key, value in schema.items()}
    return [_moved(each, name) for each in schema] if isinstance(schema, list) else schema


def _reference(key: str, value: Any, name: str) -> Any:
    if key == "$ref":
        return value.replace("#/$defs/", f"#/components/schemas/{name}.")
    return _moved(value, name)


def _submit(name: str) -> dict[str, Any]:
    return {
        "title": f"Submit{name}",
        "description": f"{name} for one of your sites. Needs the scope `{application_of(name)}:lodge`.",
        "type": "object",
        "properties": {
            "site": {"type": "string", "description": "Which of your sites it is for; not needed if you have one"},
            "message": {"type": "string", "const": name},
            "document": {"$ref": f"#/components/schemas/{name}"},
        },
        "required": ["message", "document"],
        "additionalProperties": False,
    }


def _schemes() -> dict[str, Any]:
    flow = {"tokenUrl": f"{settings.PUBLIC_URL}{ROOT}/token", "scopes": dict(SCOPES)}
    return {
        "program": {"type": "oauth2", "flows": {"clientCredentials": flow}},
        "certificate": {
            "type": "mutualTLS",
            "description": "A device (Type 3) certificate registered to a site: it stands for the owner of that site.",
        },
    }
