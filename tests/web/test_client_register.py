"""The client register and registering for the first time in a real browser, from application to first password."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from channels.interactive.test_clients import CCID, OWN, register  # noqa: F401 - a fixture
from channels.interactive.test_registration import DETAILS, PERSON
from openics.clients.models import Person
from web.conftest import OpenBrowser
from web.sample import Sample
from web.test_accessible import check


def test_an_officers_pages(visit: OpenBrowser, sample: Sample, assets: Path, register: None) -> None:  # noqa: F811
    page = visit(sample.officer)
    for address in (
        *(reverse("clients"), reverse("clients") + "?search=nothing", reverse("client", args=[CCID])),
        *(reverse("client_entry_add", args=[CCID, kind]) for kind in ("BROKER", "ROLE", "ESTABLISHMENT")),
        *(reverse("client_entries", args=["BROKER"]), reverse("client_merge", args=[CCID])),
        *(reverse("client_merge", args=[CCID]) + f"?other={OWN}", reverse("client_standing", args=[CCID])),
        reverse("applications"),
    ):
        check(page, assets, address)


def test_an_amendment(visit: OpenBrowser, sample: Sample, assets: Path, register: None) -> None:  # noqa: F811
    page = visit(sample.officer)
    page.goto(reverse("client_amend", args=[CCID]))
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_role("button", name="Check the amendment").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page, assets)
    page.get_by_label("Name", exact=True).fill("QUAY TRADING LIMITED")
    page.get_by_role("button", name="Check the amendment").click()
    page.get_by_role("heading", name="Confirm the amendment").wait_for()
    check(page, assets)
    page.get_by_label("Reason").fill("renamed")
    page.get_by_role("button", name="Amend the record").click()
    page.get_by_role("heading", name="QUAY TRADING LIMITED is active").wait_for()
    check(page, assets, reverse("client_history", args=[CCID]))


def fill(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Continue").click()


def ask(page: Page, reference: str, code: str) -> None:
    page.goto(reverse("register_status"))
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Secret code").fill(code)
    page.get_by_role("button", name="Show").click()


def test_from_application_to_first_password(
    visit: OpenBrowser,
    sample: Sample,
    assets: Path,
    register: None,  # noqa: F811
) -> None:
    page, officer = visit(java_script_enabled=False), visit(sample.officer)
    page.goto(reverse("register"))
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("A holder of an ABN").check()
    fill(page, {"abn": "83914571673"})
    fill(page, DETAILS)
    page.get_by_label("Importer").check()
    fill(page, {})
    fill(page, PERSON)
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send the application").click()
    reference, code = page.locator("#reference").inner_text(), page.locator("#code").inner_text()
    ask(page, reference, code)
    page.get_by_role("heading", name="It waits for the check of identity").wait_for()
    officer.goto(reverse("application", args=[reference]))
    check(officer, assets)
    for place, (kind, tail) in enumerate((("PASSPORT", "X12"), ("DRIVER", "4321"))):
        officer.locator(f"#document_{place}_kind").select_option(kind)
        officer.locator(f"#document_{place}_tail").fill(tail)
        officer.locator(f"#document_{place}_expiry").fill("2035-01-01")
    officer.get_by_role("button", name="Approve").click()
    officer.get_by_role("heading", name=f"Application {reference} is approved").wait_for()
    check(officer, assets)
    ask(page, reference, code)
    page.get_by_role("button", name="Show the first password").click()
    password = page.locator("#password").inner_text()
    assert Person.objects.get(email="clerk@importer.example").check_password(password)


def test_the_public_steps(visit: OpenBrowser, assets: Path, register: None) -> None:  # noqa: F811
    page: Any = visit()
    check(page, assets, reverse("register"))
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page, assets)
    page.get_by_label("An organisation without an ABN").check()
    for fields in ({}, DETAILS, {}, PERSON):
        if page.url.endswith("/roles/"):
            page.get_by_label("Supplier").check()
        check(page, assets)
        fill(page, fields)
    check(page, assets)
    check(page, assets, reverse("register_status"))
