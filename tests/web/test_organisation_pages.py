"""The pages of an organisation in a browser: accessible on a desk and on a phone, and usable without JavaScript."""

from datetime import timedelta
from pathlib import Path

from django.urls import reverse
from django.utils import timezone

from openics.clients.access_codes import Application, Level
from openics.clients.models import AccessGrant, Client, Person
from openics.exchange import delegation_care
from openics.exchange.care import By
from web.conftest import OpenBrowser
from web.sample import Sample
from web.test_accessible import check

OWN, OTHER = "51824753556", "53004085616"


def test_an_organisations_pages(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    now = timezone.now()
    grant, day = (Application.EXPORTS, Level.LODGE), (now + timedelta(days=1)).date()
    by = By(sample.trader.email, "web", now)
    row = delegation_care.give(Client.objects.get(client_id=OWN), OTHER, grant, day, day, by)
    page = visit(sample.trader)
    people = [reverse("person", args=[OWN, each.pk]) for each in (sample.trader, sample.newcomer)]
    asked = [reverse("person_change", args=[OWN, sample.newcomer.pk, change]) for change in ("appoint", "close")]
    forms = [reverse(name, args=[OWN]) for name in ("register_person", "delegate")]
    for address in (*people, *asked, *forms, reverse("organisation", args=[OWN])):
        check(page, assets, address)
    for name, button in (("register_person", "Register"), ("delegate", "Delegate")):
        page.goto(reverse(name, args=[OWN]))
        page.get_by_role("button", name=button).click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        check(page, assets)
    check(page, assets, reverse("delegation_end", args=[OWN, row.pk]))
    officer = visit(sample.officer)
    for address in ("/alerts/", "/alerts/?day=x", "/organisations/", reverse("organisation", args=[OWN]), people[0]):
        check(officer, assets, address)


def test_a_colleague_is_registered_confirmed_and_let_in_without_javascript(visit: OpenBrowser, sample: Sample) -> None:
    page = visit(sample.trader, java_script_enabled=False)
    page.goto("/messages/")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Your organisation").click()
    page.get_by_role("button", name="Register a colleague").click()
    page.get_by_label("Name").fill("Second Clerk")
    page.get_by_label("E-mail address").fill("second@meridian.example")
    page.get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="Second Clerk is registered").wait_for()
    page.get_by_role("link", name="Go on to Meridian Exports").click()
    page.get_by_role("link", name="Second Clerk").click()
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Yes").click()
    page.get_by_role("link", name="Second Clerk").click()
    page.get_by_role("group", name="Export declarations").get_by_label("Save and submit").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("What Second Clerk may do has been changed.").wait_for()
    second = Person.objects.get(email="second@meridian.example")
    assert second.standing == "confirmed"
    assert list(AccessGrant.objects.filter(person=second).values_list("application", "level")) == [
        ("exports", "prepare")
    ]
