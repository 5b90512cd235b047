"""The API put together: operations, errors, and what every request passes."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError

from openics.channels.api import openapi, routes_own, routes_records, routes_reference, routes_submissions
from openics.channels.api.frontdoor import guarded, refused
from openics.channels.api.problems import ProblemError, not_found, response

DESCRIPTION: Final = """Report goods to customs, and read how they stand, from your own software. What comes here takes the same
way as mail: it is stored, then acknowledged, decided in order, and explained. Errors are problem details (RFC 9457) that say
where, why, and what helps."""
VERSION: Final = "1.0"

api: Final = NinjaAPI(
    title="OpenICS API",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for _routes in (routes_own, routes_submissions, routes_records, routes_reference):
    api.add_router("", _routes.router)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 - as every handler is called
    """The first thing that is wrong with a parameter, and all of them in `errors`."""
    errors = [{"place": _place(each["loc"]), "detail": each["msg"]} for each in error.errors]
    first = errors[0]
    return response(ProblemError("invalid-parameter", f"{first['detail']}.", place=first["place"], errors=errors))


def _place(location: Any) -> str:
    return ".".join(str(each) for each in location)


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    return refused(request, error)


def openapi_document(request: HttpRequest) -> HttpResponseBase:
    """The description of all this."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    answer = JsonResponse(openapi.described(api))
    answer["Cache-Control"] = "public, max-age=300"
    return answer


def unknown(request: HttpRequest, **_: str) -> HttpResponseBase:  # noqa: ARG001 - as every view is called
    """Whatever else is asked for under the API's address."""
    raise not_found("operation at this address")


def _guarded(pattern: URLPattern) -> URLPattern:
    known = frozenset(_parameters(pattern.name or ""))
    return URLPattern(pattern.pattern, guarded(pattern.callback, known), pattern.default_args, f"api_{pattern.name}")


def _parameters(name: str) -> Iterator[str]:
    """The query parameters of the operations of the route that has one of this name."""
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            if name in {operation.view_func.__name__ for operation in view.operations}:
                for operation in view.operations:
                    yield from _query(operation)


def _query(operation: Any) -> Iterator[str]:
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            yield from (field.alias or name for name, field in model.model_fields.items())


urlpatterns: Final = [
    *(_guarded(each) for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"),
    path("openapi.json", guarded(openapi_document, ()), name="api_openapi"),
    re_path(r"^(?P<rest>.*)$", guarded(unknown, ()), name="api_unknown"),
]
