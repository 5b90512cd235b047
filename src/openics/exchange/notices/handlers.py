"""The due dates of notices, and how each kind is handled."""

from datetime import datetime
from functools import partial
from typing import Final

from psycopg import Connection

from openics.decision.room import DueHandler
from openics.exchange.notices import certificates, gateway, looking, outages
from openics.exchange.notices.settings import NoticeSettings

KINDS: Final = ("notices.gateway", "notices.certificates", "notices.outages")


def handlers(settings: NoticeSettings) -> dict[str, DueHandler]:
    """By kind of due date."""
    look_gateway = partial(gateway.look, settings=settings)
    look_certificates = partial(certificates.look, settings=settings)
    look_outages = partial(outages.look, settings=settings)
    settle_certificates = partial(certificates.settle, settings=settings)
    return {
        "notices.gateway": looking.handler("gateway", gateway.EVERY, look_gateway, gateway.settle),
        "notices.certificates": looking.handler(
            "certificates", certificates.EVERY, look_certificates, settle_certificates
        ),
        "notices.outages": looking.handler("outages", outages.EVERY, look_outages, outages.settle),
    }


def start(connection: Connection, now: datetime) -> None:
    """Begin to look; harmless where it has begun."""
    looking.start(connection, KINDS, now)
