"""Rows that single pages are about, made when first asked for; each function gives the address of the page."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from channels.interactive.test_clients import CCID
from channels.interactive.test_registration import apply
from openics.channels.api import programs
from openics.channels.interactive.database import raw_connection
from openics.channels.sign_in import drafts as drafts_kept
from openics.channels.sign_in import invitations
from openics.channels.sign_in.models import PersonCertificate
from openics.clients.access_codes import Application, Level
from openics.clients.models import Client, Person
from openics.exchange import delegation_care, webhook_care
from openics.exchange.care import By
from openics.exchange.models import Notice
from openics.reference.loader import load_samples
from web.sample_notices import give_notices, plan_outages
from web.sample_sites import SITE

OWN, OTHER = "51824753556", "53004085616"
CLIENTS: Final = (OWN, CCID)
"""The trader's client, and one with entries of every kind."""


def _by(person: Person) -> By:
    return By(person.email, "web", timezone.now())


def _client(person: Person) -> Client:
    assert person.client is not None
    return person.client


def without_password(person: Person) -> str:
    """Somebody who comes from an invitation has no password yet."""
    person.set_unusable_password()
    person.save()
    return reverse("account_set_password")


def own_certificate(person: Person) -> str:
    """A certificate of one's own, and the question before it is removed."""
    now = timezone.now()
    row = PersonCertificate.objects.create(
        person=person,
        fingerprint="a" * 64,
        der=b"",
        subject="CN=EXPORT CLERK,O=EXAMPLE EXPORTS PTY LTD",
        issuer="CN=Test Authority",
        not_before=now,
        not_after=now + timedelta(days=30),
        confirmed_at=now,
    )
    return reverse("my_certificate_remove", args=[row.pk])


def invitation(person: Person) -> str:
    """A link by which somebody begins."""
    by = By("operator", "console", timezone.now())
    return reverse("invitation", args=[invitations.invite(person, by, recovery=False)])


def drafts(person: Person) -> tuple[str, str]:
    """The list of drafts, and one of them."""
    typed = {"do": "decode", "interchange": "UNB+UNOC:3'"}
    found = drafts_kept.save(person.pk, reverse("workshop"), typed, timezone.now())
    assert found is not None
    return reverse("drafts"), reverse("draft", args=[found.pk])


def notices() -> str:
    """The newest notice to the trader's site."""
    give_notices()
    return reverse("notice", args=[Notice.objects.filter(site=SITE).latest("id").pk])


def outage() -> str:
    """An outage ahead."""
    return reverse("outage", args=[plan_outages()])


def delegation(person: Person) -> str:
    """A delegation to the other client for tomorrow, and the question before it is ended."""
    day = (timezone.now() + timedelta(days=1)).date()
    grant = (Application.EXPORTS, Level.LODGE)
    row = delegation_care.give(_client(person), OTHER, grant, day, day, _by(person))
    return reverse("delegation_end", args=[OWN, row.pk])


def application() -> str:
    """The reference of an application that waits for the check of identity."""
    with connection.cursor() as cursor:
        load_samples(cursor, datetime(2026, 3, 1, tzinfo=UTC))
    return apply()[0]


def program(person: Person, change: str = "end") -> str:
    """A program, and the question before it is changed."""
    made = programs.make(_client(person), f"Night batch {change}", ["exports:read"], _by(person), person)
    return reverse("program_change", args=[made.program.identifier, change])


def webhook(person: Person) -> str:
    """A webhook that has not been called yet."""
    wanted = webhook_care.Wanted(_client(person).client_id, "https://hooks.exports.example/customs", ["export."])
    return reverse("webhook", args=[webhook_care.register(raw_connection(), wanted, _by(person))])
