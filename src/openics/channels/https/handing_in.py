"""`POST /edi/interchanges`: a signed interchange is stored, and a signed receipt says so; never before the commit."""

from datetime import datetime
from hashlib import sha256
from typing import Final

import psycopg
import structlog
from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from openics.channels.https import answers, bodies
from openics.channels.https.entities import Entity, EntityError, check_type, entity
from openics.channels.https.opening import CHANNEL
from openics.channels.interactive.access import public
from openics.channels.interactive.database import raw_connection
from openics.exchange.intake import Accepted, accept_once
from openics.pki.errors import PkiError
from openics.pki.receipts import FORMAT, NONCE, Receipt

NONCE_FIELD: Final = "OpenICS-Nonce"
ROOM: Final = bodies.Room()

log = structlog.get_logger()


@csrf_exempt  # nobody is signed in here: the signature in the body is the proof, whoever carries it
@public
def interchanges(request: HttpRequest) -> HttpResponse:
    """Take one interchange."""
    if request.method != "POST":
        return answers.only_post(request)
    try:
        nonce = _nonce(request)
        check_type(request.headers.get("Content-Type", ""))
        answers.ready()
        size = bodies.announced(request, settings.MAX_MAIL_BYTES)
        with ROOM.taken(size):
            body = bodies.read(request, size)
            return _store(request, entity(_fields(request), body), body, nonce)
    except EntityError as error:
        return answers.problem(error.status, error.code, error.text, error.fix)
    except PkiError as error:
        log.error("no receipt can be signed", error=error.text, fix=error.fix)  # noqa: TRY400 - the text says it all
        return answers.no_key()
    except (psycopg.Error, Error) as error:
        log.warning("hand-in not stored", error=type(error).__name__)
        return answers.away()


def _store(request: HttpRequest, found: Entity, body: bytes, nonce: str) -> HttpResponse:
    peer = request.META.get("REMOTE_ADDR", "")
    stored = accept_once(raw_connection(), channel=CHANNEL, content=found.mail, sender=found.sender, peer=peer)
    log.info("hand-in taken", intake=stored.intake, sender=found.sender, peer=peer, size=len(body), again=stored.again)
    return answers.statement(FORMAT, receipt(stored, body, nonce, timezone.now()), status=202)


def receipt(stored: Accepted, body: bytes, nonce: str, now: datetime) -> Receipt:
    """The receipt for what is stored now."""
    digest = sha256(body).hexdigest()
    return Receipt(digest, len(body), stored.intake, stored.received_at, now, stored.again, stored.site, nonce)


def _nonce(request: HttpRequest) -> str:
    nonce = request.headers.get(NONCE_FIELD, "")
    if nonce and not NONCE.fullmatch(nonce):
        fix = "Give 32 to 64 hexadecimal digits, chosen at random for this request, or leave the field out."
        raise EntityError(400, "bad-nonce", f"The field {NONCE_FIELD} cannot be used.", fix)
    return nonce


def _fields(request: HttpRequest) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}
