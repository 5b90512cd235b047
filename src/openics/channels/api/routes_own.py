"""Tokens, and what belongs to the caller itself: who it is, its sites."""

from ssl import DER_cert_to_PEM_cert
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Router

from openics.channels.api import cursors, forms, schemas, tokens
from openics.channels.api.bodies import TOKEN
from openics.channels.api.frontdoor import Needs, caller_of, read_body
from openics.channels.api.log import refused, seen
from openics.channels.api.problems import ProblemError
from openics.channels.api.routes_submissions import Cursor, Limit
from openics.channels.interactive import site_queries
from openics.clients.models import Site as SiteRow
from openics.information import interest

router = Router()
SITE = "SITE"


@router.post(
    "/token",
    auth=None,
    response={200: schemas.Token, 400: schemas.TokenError, 401: schemas.TokenError},
    openapi_extra=TOKEN,
    tags=["Signing in"],
    summary="Get a token",
    operation_id="token",
)
def token(request: HttpRequest) -> Any:
    """OAuth 2 client credentials (RFC 6749, section 4.4): the program's id and secret, as HTTP Basic or in the form."""
    return tokens.issue(request, _form(request))


@router.delete(
    "/token",
    auth=Needs(),
    response={204: None},
    tags=["Signing in"],
    summary="Give the token back",
    operation_id="end_token",
)
def end_token(request: HttpRequest) -> Any:
    """The token that this request came with counts no more."""
    tokens.revoke(request.headers.get("Authorization", "").partition(" ")[2].strip())
    return HttpResponse(status=204)


def _form(request: HttpRequest) -> bytes:
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != tokens.FORM:
        fix = f"Send {tokens.FORM} as Content-Type"
        detail = f"Content-Type is {kind!r}." if kind else "There is no Content-Type."
        raise ProblemError("unsupported-media-type", detail, place="header.Content-Type", fix=fix)
    return read_body(request, tokens.LARGEST_FORM, least=0)


@router.get(
    "/self",
    auth=Needs(),
    response=schemas.Self,
    tags=["Signing in"],
    summary="Who am I?",
    operation_id="self",
)
def myself(request: HttpRequest) -> Any:
    """Who the API takes you for, and what you may do."""
    caller = caller_of(request)
    return {
        "caller": caller.name,
        "kind": caller.kind,
        "client": caller.client.client_id,
        "name": caller.client.name,
        "scopes": sorted(caller.scopes),
        "sites": list(caller.sites),
        "environment": "test" if settings.TEST_ENVIRONMENT else "production",
        "customs_site": settings.EXCHANGE_POLICY.customs_site,
    }


@router.get(
    "/sites",
    auth=Needs("sites:read"),
    response=schemas.Page[schemas.SiteLine],
    tags=["Sites"],
    summary="List your sites",
    operation_id="sites",
)
def sites(request: HttpRequest, response: HttpResponse, cursor: Cursor, limit: Limit) -> Any:
    """The EDI sites of your client."""
    rows = interest.sites(SiteRow.objects.all(), caller_of(request).viewer)
    found = cursors.listed(rows, ("site_id",), forms.site, cursor=cursor, limit=limit)
    seen(request, "SITES", "list")
    cursors.link(request, response, found)
    return found


@router.get(
    "/sites/{site}",
    auth=Needs("sites:read"),
    response=schemas.Site,
    tags=["Sites"],
    summary="One of your sites",
    operation_id="site",
)
def site(
    request: HttpRequest, site: Annotated[str, Path(min_length=1, max_length=20, description="Like AAA676Y")]
) -> Any:
    """Its addresses and state, its certificates, and how many interchanges wait to leave for it."""
    found = site_queries.site(caller_of(request).viewer, site.upper())
    if found is None:
        raise refused(request, SITE, site.upper())
    seen(request, SITE, found.site_id)
    now = timezone.now()
    held = [_certificate(each) for each in site_queries.certificates(found, now)]
    return {**forms.site(found), "certificates": held, "waiting": site_queries.waiting(found)}


def _certificate(shown: site_queries.Shown) -> dict[str, Any]:
    return {
        "fingerprint": shown.row.fingerprint,
        "use": shown.row.use,
        "standing": shown.standing.value,
        "not_before": shown.row.not_before,
        "not_after": shown.row.not_after,
        "pem": DER_cert_to_PEM_cert(bytes(shown.row.der)),
    }
