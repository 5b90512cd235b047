"""What the HTTPS gateway answers: statements that its key signs, mails, and problems in words (RFC 9457)."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from openics.pki import statements
from openics.pki.gateway_keys import GatewayKeys

STATEMENT: Final = "application/pkcs7-mime; smime-type=signed-data"
PROBLEM: Final = "application/problem+json"
RETRY_SECONDS: Final = 60
_NOT_STORED: Final = "Nothing was taken. Post the same bytes again later; they are taken once."


@cache
def _keys(directory: Path) -> GatewayKeys:
    return GatewayKeys.load(directory)


def ready() -> None:
    """Raise PkiError `no-gateway-key` or `bad-key` on a machine that has no key to sign answers with."""
    _keys(settings.GATEWAY_DIRECTORY).signing(timezone.now())


def statement(kind: str, record: Any, status: int = 200) -> HttpResponse:
    """A record signed with the gateway's key."""
    signed = statements.sign(kind, record, _keys(settings.GATEWAY_DIRECTORY).signing(timezone.now()))
    return _uncached(HttpResponse(signed, STATEMENT, status))


def mail(content: bytes) -> HttpResponse:
    """A mail as it was sealed."""
    return _uncached(HttpResponse(content, "message/rfc822"))


def problem(status: int, code: str, text: str, fix: str, rule: str = "") -> HttpResponse:
    """Why nothing was done, and what helps."""
    members = {"type": "about:blank", "status": status, "code": code, "title": text, "detail": fix}
    answer = HttpResponse(json.dumps(members | ({"rule": rule} if rule else {})), PROBLEM, status)
    if status == 503:
        answer["Retry-After"] = str(RETRY_SECONDS)
    return _uncached(answer)


def only_post(_request: HttpRequest) -> HttpResponse:
    """The answer to any other method."""
    answer = problem(405, "wrong-method", "Only POST is understood here.", "Post the signed message.")
    answer["Allow"] = "POST"
    return answer


def away() -> HttpResponse:
    """The database cannot be used."""
    return problem(503, "away", "The gateway cannot store anything at the moment.", _NOT_STORED)


def no_key() -> HttpResponse:
    """This machine has no key to sign answers with; why, is for the operator's log alone."""
    return problem(503, "no-gateway-key", "This machine takes no interchanges.", _NOT_STORED)


def _uncached(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
