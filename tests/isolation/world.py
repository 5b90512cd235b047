"""The rows and the people of the isolation test: one organisation, its neighbours, and everybody who may come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.test import Client as Browser
from django.utils import timezone

from openics.channels.interactive import purpose
from openics.clients import people
from openics.clients.access_codes import Application, Duty, Level, Standing
from openics.clients.access_levels import ALL_GRANTS, Grant
from openics.clients.access_rules import Member
from openics.clients.models import AccessDelegation, Client, Person, Site, SiteCertificate
from openics.exchange.models import Message
from openics.exchange.policy import CANBERRA
from openics.exports.models import ExportDeclaration
from web import sample as samples
from web.sample_sites import add_certificates

OWN, OTHER = "51824753556", "53004085616"
DECLARING = (Application.IMPORTS, Application.EXPORTS, Application.CARGO, Application.REGISTER)
LODGES_EXPORTS = (Application.EXPORTS, Level.LODGE)

COLLEAGUES: Final[dict[str, frozenset[Grant]]] = {
    "without grants": frozenset(),
    "read only": frozenset((application, Level.READ) for application in Application),
    "save and submit": frozenset((application, Level.PREPARE) for application in DECLARING),
    "lodge": frozenset((application, Level.LODGE) for application in DECLARING),
    "pay": frozenset({(Application.IMPORTS, Level.PAY)}),
    "amend sites": frozenset({(Application.SITES, Level.AMEND)}),
}
"""Confirmed people of the organisation beside its administrator, with what they are granted."""

DELEGATES: Final[dict[str, tuple[str, Level, int, int, bool]]] = {
    "delegate": ("80000000001", Level.LODGE, 0, 0, False),
    "reading delegate": ("61000000002", Level.READ, -5, 5, False),
    "delegate before": ("61000000010", Level.LODGE, 1, 9, False),
    "delegate after": ("61000000028", Level.LODGE, -9, -1, False),
    "delegate ended": ("61000000036", Level.LODGE, -9, 9, True),
}
"""Administrators of other clients: its id, the level in exports, first and last day from today, whether ended early."""

OFFICERS: Final[dict[str, tuple[frozenset[Duty], bool]]] = {
    "officer without purpose": (frozenset(Duty), False),
    "officer on duty": (frozenset(Duty), True),
    "exports officer": (frozenset({Duty.EXPORTS}), True),
    "officer off duty": (frozenset({Duty.CARGO}), True),
}
ROLES: Final = (
    *("anonymous", "newcomer", "pending", "closed", "administrator", *COLLEAGUES),
    *("stranger", *DELEGATES, *OFFICERS),
)


@dataclass(slots=True)
class World:
    """The sample rows, everybody by role, and the rows that stand in a relation to the organisation."""

    sample: samples.Sample
    people: dict[str, Person | None]
    rows: dict[str, Any]
    browsers: dict[str, Browser]
    """By role, with whoever it is signed in."""


def make() -> World:
    """All of it."""
    sample = samples.make()
    own, other = Client.objects.get(client_id=OWN), Client.objects.get(client_id=OTHER)
    Client.objects.filter(pk=own.pk).update(roles=["IMPORTER", "EXPORTER"])
    own.refresh_from_db()
    everybody: dict[str, Person | None] = {"anonymous": None, "stranger": sample.stranger, "newcomer": sample.newcomer}
    everybody["administrator"] = sample.trader
    everybody["pending"] = _colleague(own, "pending", Standing.PENDING, ())
    everybody["closed"] = _colleague(own, "closed", Standing.CLOSED, ())
    people.write_member(own, Member(sample.trader.email, Standing.CONFIRMED, True, frozenset(ALL_GRANTS)))
    for name, grants in COLLEAGUES.items():
        everybody[name] = _colleague(own, name, Standing.CONFIRMED, grants)
    for name, delegated in DELEGATES.items():
        everybody[name] = _delegate(own, name, *delegated)
    for name, (duties, _) in OFFICERS.items():
        officer = samples.person(f"{name.replace(' ', '.')}@customs.example", name, None, officer=True)
        people.write_duties(officer, duties)
        everybody[name] = officer
    browsers = {role: _browser(role, person) for role, person in everybody.items()}
    return World(sample, everybody, _rows(sample, own, other), browsers)


def _browser(role: str, person: Person | None) -> Browser:
    browser = Browser()
    if person is not None:
        browser.force_login(person)
    if OFFICERS.get(role, (None, False))[1]:
        session = browser.session
        purpose.give(session, "ENQUIRY", "Case 7")
        session.save()
    browser.get("/terms/")  # writes down that the session has begun
    return browser


def _colleague(client: Client, name: str, standing: Standing, grants: Iterable[Grant]) -> Person:
    made = samples.person(f"{name.replace(' ', '.')}@meridian.example", name, client)
    people.write_member(client, Member(made.email, standing, False, frozenset(grants)))
    made.refresh_from_db()
    return made


def _delegate(principal: Client, name: str, client_id: str, level: Level, *when: Any) -> Person:
    first, last, ended = when
    today = timezone.now().astimezone(CANBERRA).date()
    client = Client.objects.create(client_id=client_id, kind="ABN", name=name.upper(), match_key=name)
    AccessDelegation.objects.create(
        principal=principal,
        delegate=client,
        application=Application.EXPORTS.value,
        level=level.value,
        first_day=today + timedelta(days=first),
        last_day=today + timedelta(days=last),
        ended_at=timezone.now() if ended else None,
        given_by="sample",
    )
    return samples.person(f"{name.replace(' ', '.')}@broker.example", name, client)


def _rows(sample: samples.Sample, own: Client, other: Client) -> dict[str, Any]:
    add_certificates()
    site, foreign_site = Site.objects.get(site_id="AAA676Y"), Site.objects.get(site_id="BBB214K")
    carried = samples.message(
        samples.received(site, "26030200000008", samples.START), "EXD", other, sender_reference="GRAIN-8"
    )
    duty = samples.message(
        samples.received(site, "26030200000009", samples.START), "IMD", own, sender_reference="IMP-1"
    )
    paid = samples.answered(duty, "IMDR", site, 9, samples.START, "delivered", {})
    about_goods = ExportDeclaration.objects.get(edn=sample.foreign.edn)
    about_goods.pk, about_goods.sender_reference, about_goods.goods_owner = "AAAAAAAN3", "GRAIN-9", own.client_id
    about_goods.save(force_insert=True)
    today = timezone.now().date()
    strange = Client.objects.get(client_id=DELEGATES["delegate"][0])
    far = AccessDelegation.objects.create(
        principal=other, delegate=strange, application="cargo", level="read", first_day=today, last_day=today
    )
    return {
        "carried": carried,
        "import": duty,
        "paid": paid,
        "about goods": about_goods,
        "certificate": SiteCertificate.objects.filter(site=site).earliest("pk"),
        "foreign certificate": SiteCertificate.objects.get(site=foreign_site),
        "delegation": AccessDelegation.objects.get(principal=own, delegate=strange),
        "foreign delegation": far,
        "foreign answer": Message.objects.get(answers=sample.foreign_message),
    }
