"""`POST /edi/requests`: a site lists, fetches and says that it stored what waits for it, by signed requests."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import psycopg
import structlog
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from psycopg import Cursor

from openics.channels.https import answers, bodies
from openics.channels.https.entities import EntityError, media_type
from openics.channels.https.proving import NotProvedError, Prover
from openics.channels.interactive.access import public
from openics.channels.interactive.database import raw_connection
from openics.channels.trust import trusted
from openics.exchange import collection
from openics.pki import site_requests
from openics.pki.errors import PkiError
from openics.pki.site_requests import Held, Listing, SiteRequest, Stored
from openics.pki.statements import LONGEST

TYPES: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
ROOM: Final = bodies.Room(20 * LONGEST)

log = structlog.get_logger()


@csrf_exempt  # nobody is signed in here: the signature of the request is the proof
@public
def requests(request: HttpRequest) -> HttpResponse:
    """Answer one request."""
    if request.method != "POST":
        return answers.only_post(request)
    try:
        answers.ready()
        data = _body(request)
    except EntityError as error:
        return answers.problem(error.status, error.code, error.text, error.fix)
    except PkiError as error:
        log.error("no answer can be signed", error=error.text, fix=error.fix)  # noqa: TRY400 - the text says it all
        return answers.no_key()
    try:
        return _answer(data, timezone.now())
    except (PkiError, NotProvedError) as error:
        log.info("site request refused", code=error.code, peer=request.META.get("REMOTE_ADDR", ""))
        return answers.problem(403, error.code, error.text, error.fix)
    except (psycopg.Error, Error) as error:
        log.warning("site request not answered", error=type(error).__name__)
        return answers.away()


def _body(request: HttpRequest) -> bytes:
    if media_type(request.headers.get("Content-Type", "")) not in TYPES:
        fix = f"Post the signed request as {TYPES[0]}."
        raise EntityError(415, "unsupported-type", "This type is not taken.", fix)
    size = bodies.announced(request, LONGEST)
    with ROOM.taken(size):
        return bodies.read(request, size)


def _answer(data: bytes, now: datetime) -> HttpResponse:
    prover = Prover(trusted(), settings.GATEWAY_ADDRESS, settings.TEST_ENVIRONMENT)
    connection = raw_connection()
    with connection.transaction(), connection.cursor() as cursor:
        asked = prover.prove(cursor, data, now)
    with connection.transaction(), connection.cursor() as cursor:
        return _ACTIONS[asked.action](cursor, asked, now)


def _list(cursor: Cursor, asked: SiteRequest, now: datetime) -> HttpResponse:  # noqa: ARG001 - as the others
    found, more = collection.held(cursor, asked.site, asked.after)
    items = tuple(Held(each.item, each.control_reference, each.digest.hex(), each.size, each.made_at) for each in found)
    return answers.statement(site_requests.LISTING, Listing(asked.site, asked.nonce, items, more))


def _fetch(cursor: Cursor, asked: SiteRequest, now: datetime) -> HttpResponse:
    content = collection.fetch(cursor, asked.site, asked.item, now)
    if content is None:
        return _no_such_mail(asked)
    log.info("mail fetched", outbox=asked.item, site=asked.site, size=len(content))
    return answers.mail(content)


def _store(cursor: Cursor, asked: SiteRequest, now: datetime) -> HttpResponse:
    digest = bytes.fromhex(asked.digest) if site_requests.DIGEST.fullmatch(asked.digest) else b""
    resend_after = settings.EXCHANGE_POLICY.resend_after
    outcome = collection.store(cursor, asked.site, asked.item, digest, now, resend_after)
    if outcome is None:
        return _no_such_mail(asked)
    log.info("mail stored", outbox=asked.item, site=asked.site, outcome=outcome)
    return answers.statement(site_requests.STORED, Stored(asked.site, asked.nonce, asked.item, outcome))


def _no_such_mail(asked: SiteRequest) -> HttpResponse:
    text = f"No mail {asked.item} waits for site {asked.site}."
    return answers.problem(404, "no-such-mail", text, "Ask for the list: what was stored or sent again is not there.")


_ACTIONS: Final[dict[str, Callable[[Cursor, SiteRequest, datetime], HttpResponse]]] = {
    site_requests.LIST: _list,
    site_requests.FETCH: _fetch,
    site_requests.STORE: _store,
}
