"""Everything that can be wrong with a request, as problem details (RFC 9457). One table; the documentation shows it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse

MEDIA: Final = "application/problem+json"
PAGE: Final = "/api/"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: the HTTP status, what it is, and what helps unless something more exact is said."""

    status: int
    title: str
    fix: str


KINDS: Final[Mapping[str, Kind]] = {
    "malformed-request": Kind(400, "The request cannot be read", "Follow the description of this operation"),
    "not-an-interchange": Kind(
        400, "The body is not an interchange", "Send one UN/EDIFACT interchange that starts with UNA or UNB"
    ),
    "not-json": Kind(400, "The body is not JSON", "Send one JSON object in UTF-8"),
    "unauthenticated": Kind(
        401, "The request does not say who sends it", "Send `Authorization: Bearer` with a token from /api/v1/token"
    ),
    "invalid-token": Kind(
        401, "The token is not valid, or not any more", "Get a new token from /api/v1/token and send the request again"
    ),
    "invalid-certificate": Kind(
        401,
        "The client certificate does not stand for a site",
        "Use a certificate in force that is registered to a site",
    ),
    "insufficient-scope": Kind(
        403, "The program may not do this", "Have the scope granted on the page Programs, then get a new token"
    ),
    "foreign-site": Kind(403, "The site is not one that you may submit for", "Submit for a site of your own"),
    "not-found": Kind(
        404,
        "There is no such thing, or you may not see it",
        "Check the address; lists show what you may see",
    ),
    "method-not-allowed": Kind(405, "The method is not offered here", "Use one of the methods in the header Allow"),
    "key-reused": Kind(
        409, "The idempotency key was used for another request", "Send a new key with each new submission"
    ),
    "too-large": Kind(413, "The body is too large", "Send the messages in several smaller interchanges"),
    "unsupported-media-type": Kind(
        415, "The media type is not taken here", "Send application/EDIFACT or application/json as Content-Type"
    ),
    "invalid-parameter": Kind(422, "A parameter has a value that it cannot have", "Follow the description of it"),
    "invalid-document": Kind(
        422, "The document does not have the form of its message", "Follow the schema at /api/v1/documents/{name}"
    ),
    "unknown-message": Kind(
        422, "The message is not one that is decided here", "/api/v1/documents lists those that are"
    ),
    "too-many-requests": Kind(429, "Too many requests in this minute", "Wait as long as Retry-After says"),
    "internal-error": Kind(
        500,
        "Something failed on our side",
        "Send the request again; with the same Idempotency-Key nothing happens twice",
    ),
    "unavailable": Kind(503, "The system cannot take this now", "Send the request again in a moment"),
}
"""By the name that ends the problem's `type`."""


class ProblemError(Exception):
    """A request is refused: which kind, why exactly, where, and what helps. `headers` go with the answer."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        place: str = "",
        fix: str = "",
        rule: str = "",
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.place, self.fix, self.rule = kind, detail, place, fix, rule
        self.headers = dict(headers or {})
        self.members = members


def type_of(kind: str) -> str:
    """The address that identifies a kind of problem, which documents it too."""
    return f"{settings.PUBLIC_URL}{PAGE}#problem-{kind}"


def body(problem: ProblemError) -> dict[str, Any]:
    """The members of a problem, those that say nothing left out."""
    kind = KINDS[problem.kind]
    members = {
        "type": type_of(problem.kind),
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail,
        "place": problem.place,
        "fix": problem.fix or kind.fix,
        "rule": problem.rule,
        **problem.members,
    }
    return {name: value for name, value in members.items() if value not in ("", None)}


def response(problem: ProblemError) -> HttpResponse:
    """The answer to a request that is refused."""
    content = json.dumps(body(problem), ensure_ascii=False).encode()
    return HttpResponse(content, MEDIA, KINDS[problem.kind].status, headers=problem.headers)


def not_found(what: str) -> ProblemError:
    """The same answer for what is not there and for what is somebody else's."""
    return ProblemError("not-found", f"There is no {what} that you may see.")
