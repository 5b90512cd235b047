"""What every request to the API passes, going in and coming out: bounds, HEAD, problems, counts, ETag, caching."""

from collections.abc import Callable, Collection
from functools import wraps
from hashlib import sha256
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from openics.channels.api.caller import Caller, identify
from openics.channels.api.limits import count
from openics.channels.api.problems import ProblemError, response
from openics.channels.interactive.access import public

ROOT: Final = "/api/v1"
OVERHEAD: Final = 4
"""How many times as long as its interchange a document may be in JSON."""

log = structlog.get_logger()


class Needs:
    """What an operation asks of its caller: to be known, and to have a scope (empty: any scope, or none)."""

    def __init__(self, scope: str = "") -> None:
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        """Who calls, counted and let in; raises ProblemError otherwise."""
        caller = identify(request)
        request.api_allowance = count(caller.name)  # type: ignore[attr-defined]
        caller.needs(self.scope)
        return caller


def caller_of(request: HttpRequest) -> Caller:
    """Who was let in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


def largest() -> int:
    """Bytes of the largest body that is read."""
    return int(settings.API_LARGEST_INTERCHANGE) * OVERHEAD


def guarded(view: Callable[..., HttpResponseBase], known: Collection[str]) -> Callable[..., HttpResponseBase]:
    """A view of the API with all of this around it; `known` are the query parameters that it has."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked
        try:
            _bound(request, known)
            answer = view(request, *args, **kwargs)
        except ProblemError as problem:
            answer = response(problem)
        finished = _finished(request, answer)
        request.method = asked
        return finished

    entered.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here acts on a cookie
    return public(entered)


def _bound(request: HttpRequest, known: Collection[str]) -> None:
    """Refuse what is too large before it is read, and what no operation can mean."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()):
        raise ProblemError("malformed-request", "Content-Length is not a number.")
    if int(length) > largest():
        detail = f"The body has {int(length):,} bytes; the largest that is read has {largest():,}."
        raise ProblemError("too-large", detail, rule="E5")
    if "\0" in request.path or any("\0" in text for _, values in request.GET.lists() for text in values):
        raise ProblemError("malformed-request", "The address holds a NUL character.", place="address")
    unknown = sorted(request.GET.keys() - set(known))
    if unknown and request.method == "GET":
        fix = f"Parameters here are {', '.join(sorted(known))}" if known else "There are no parameters here"
        detail = f"There is no parameter {unknown[0]}."
        raise ProblemError("invalid-parameter", detail, place=f"query.{unknown[0]}", fix=fix)


def _finished(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code == 405 and answer.get("Content-Type", "") != "application/problem+json":
        allow = ", ".join(sorted({*answer["Allow"].split(", "), *(("HEAD",) if "GET" in answer["Allow"] else ())}))
        detail = f"{request.method} is not offered here."
        answer = response(ProblemError("method-not-allowed", detail, headers={"Allow": allow}))
    allowance = getattr(request, "api_allowance", None)
    if allowance is not None:
        for name, text in allowance.headers.items():
            answer[name] = text
    patch_vary_headers(answer, ["Authorization"])
    if not isinstance(answer, HttpResponse) or request.method != "GET" or answer.status_code != 200:
        answer.setdefault("Cache-Control", "no-store")
        return answer
    return _tagged(request, answer)


def _tagged(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or 304 when the caller has it already."""
    tag = f'"{sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = tag
    answer.setdefault("Cache-Control", "private, no-cache")
    asked = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    if tag not in asked and "*" not in asked:
        return answer
    unchanged = HttpResponse(status=304)
    for name in ("ETag", "Cache-Control", "Vary", "RateLimit", "RateLimit-Policy", "Link"):
        if name in answer:
            unchanged[name] = answer[name]
    return unchanged


def read_body(request: HttpRequest, most: int, least: int = 1) -> bytes:
    """The body, if it has from `least` to `most` bytes; raises ProblemError otherwise."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > most:
        detail = f"The body has {length:,} bytes; the largest that is taken here has {most:,}."
        raise ProblemError("too-large", detail, rule="E5")
    content = request.read(most + 1)
    if len(content) > most:
        raise ProblemError("too-large", f"The body has more than {most:,} bytes.", rule="E5")
    if len(content) < least:
        raise ProblemError("malformed-request", "The body is empty.", place="body")
    return content


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to an error that an operation raised: a problem, an unavailable database, or a fault of ours."""
    if isinstance(error, ProblemError):
        return response(error)
    if isinstance(error, BadRequest | RequestDataTooBig):
        return response(ProblemError("malformed-request", "The body cannot be read.", place="body"))
    if isinstance(error, OperationalError):
        log.warning("database not available to the API", error=str(error))
        detail = "The database does not take this now; nothing was done."
        return response(ProblemError("unavailable", detail, headers={"Retry-After": "5"}))
    log.exception("API request failed", path=request.path)
    return response(ProblemError("internal-error", "The request was not carried out."))
