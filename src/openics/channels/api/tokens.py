"""The token end point: OAuth 2 client credentials (RFC 6749, section 4.4), its protocol by oauthlib."""

from base64 import b64decode
from binascii import Error
from datetime import timedelta
from typing import Any, Final
from urllib.parse import unquote_plus

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from oauthlib.oauth2 import BackendApplicationServer, RequestValidator

from openics.channels.api import secrets
from openics.channels.api.models import AccessToken, ProgramSecret

LIFETIME: Final = 3600
"""Seconds that a token is good for."""
LARGEST_FORM: Final = 8_192
FORM: Final = "application/x-www-form-urlencoded"
_KEPT: Final = timedelta(days=1)
"""How long an expired token is kept, so that logs of that day can be explained."""


class Validator(RequestValidator):  # type: ignore[misc]  # oauthlib has no type hints
    """What oauthlib asks of us: who is it, what may it have, keep the token."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:  # noqa: ARG002 - oauthlib calls it so
        """Whether id and secret belong together and count now; they come in the form, or as HTTP Basic."""
        identifier, secret = _basic(request.headers.get("Authorization", "")) or (
            request.client_id or "",
            request.client_secret or "",
        )
        now = timezone.now()
        found = (
            ProgramSecret.objects.select_related("program__client")
            .filter(Q(ends_at=None) | Q(ends_at__gt=now), digest=secrets.digest(secret))
            .filter(program__identifier=identifier, program__ended_at=None, program__client__status="ACTIVE")
            .first()
        )
        if found is None:
            return False
        request.client, request.secret = found.program, found
        request.client.client_id = found.program.identifier
        return True

    def validate_grant_type(self, client_id: str, grant_type: str, client: Any, request: Any, *_: Any) -> bool:  # noqa: ARG002
        """Only client credentials are offered."""
        return grant_type == "client_credentials"

    def validate_scopes(self, client_id: str, scopes: list[str], client: Any, request: Any, *_: Any) -> bool:  # noqa: ARG002
        """A program may ask for what it was granted, or for less."""
        return set(scopes) <= set(client.scopes)

    def get_default_scopes(self, client_id: str, request: Any, *_: Any) -> list[str]:  # noqa: ARG002
        """Without a wish it gets all that it was granted."""
        return list(request.client.scopes)

    def save_bearer_token(self, token: dict[str, Any], request: Any, *_: Any) -> None:
        """Keep the hash of the token, and forget those of long ago."""
        now = timezone.now()
        AccessToken.objects.filter(secret__program=request.client, expires_at__lt=now - _KEPT).delete()
        AccessToken.objects.create(
            secret=request.secret,
            digest=secrets.digest(token["access_token"]),
            scopes=sorted(request.scopes),
            issued_at=now,
            expires_at=now + timedelta(seconds=LIFETIME),
        )
        ProgramSecret.objects.filter(pk=request.secret.pk).update(used_at=now)


def _basic(header: str) -> tuple[str, str] | None:
    """Id and secret of HTTP Basic; they are form-encoded inside (RFC 6749, section 2.3.1)."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        identifier, _, secret = b64decode(value.strip(), validate=True).decode().partition(":")
    except (Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(identifier), unquote_plus(secret)


_server = BackendApplicationServer(
    Validator(), token_generator=lambda _: secrets.new_token(), token_expires_in=LIFETIME
)


def issue(request: HttpRequest, form: bytes) -> HttpResponse:
    """The answer to a token request, also to one that is refused: RFC 6749 has a form of its own for that."""
    headers = {"Content-Type": FORM}
    if given := request.headers.get("Authorization"):
        headers["Authorization"] = given
    address = f"{settings.PUBLIC_URL}/api/v1/token"
    said, body, status = _server.create_token_response(address, "POST", form.decode("latin-1"), headers)
    return HttpResponse(body, content_type="application/json", status=status, headers=_plain(said))


def _plain(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Content-Type"}


def revoke(token: str) -> None:
    """Make a token worthless; one that is not known is no error (RFC 7009)."""
    AccessToken.objects.filter(digest=secrets.digest(token), revoked_at=None).update(revoked_at=timezone.now())
