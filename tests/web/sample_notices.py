"""Notices and planned outages of the sample: one of each kind to the trader, one to the other, an outage ahead."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from openics.clients.certificate_rules import SiteCertificate
from openics.clients.models import Client
from openics.continuity.codes import Concern
from openics.continuity.outages import Outage
from openics.exchange import outage_care
from openics.exchange.care import By
from openics.exchange.notices import store, texts
from openics.exchange.notices.steps import Step
from openics.exchange.notices.store import Addressee, Draft, Occasion
from web.sample_sites import FOREIGN, SITE

WEB = "https://ics.customs.example"


def give_notices() -> None:
    """To the trader's site one on its certificate, which is to be done, and one on an outage; to the other one too."""
    now = timezone.now()
    ending = SiteCertificate(SITE, "a" * 64, now - timedelta(days=300), now + timedelta(days=13, hours=5))
    planned = outage(number=7)
    drafts = []
    for site, recipient in ((SITE, "it@meridian.example"), (FOREIGN, "")):
        owner = Client.objects.get(sites=site).client_id
        to = Addressee(owner, recipient, (site,))
        words = texts.planned(planned, to.sites, WEB, changed=False)
        drafts.append(Draft(Occasion("outage", "7", "0", "7-days"), to, words))
    to = Addressee(Client.objects.get(sites=SITE).client_id, "it@meridian.example", (SITE,))
    words = texts.ending(Step("14-days", now), ending, "edi@meridian.example", WEB, now)
    drafts.append(Draft(Occasion("certificate", "a" * 64, "", "14-days"), to, words, needs_action=True))
    with connection.cursor() as cursor:
        store.give(cursor, drafts, now)


def outage(number: int = 0) -> Outage:
    """An outage of the gateway, the day after tomorrow."""
    starts = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    words = "The gateway moves to other machines."
    return Outage(
        number, starts, starts + timedelta(hours=4), (Concern.GATEWAY,), words, (7, 1), starts - timedelta(days=9)
    )


def plan_outages() -> int:
    """An outage ahead; its number."""
    from openics.channels.interactive import outage_board
    from openics.channels.interactive.database import raw_connection

    made, _ = outage_care.announce(raw_connection(), outage(), By("officer@customs.example", "web", timezone.now()))
    outage_board.forget()
    return made.number
