"""Every page: nothing for axe to find, on a desk and on a phone, and no sideways scrolling at 320 pixels."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from openics.pki.gateway_keys import gateway_key
from openics.sandbox.authority import Authority
from web.conftest import NARROW, WIDE, OpenBrowser
from web.sample import PASSWORD, Sample
from web.sample_sites import SITE, add_certificates

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, engine: Path) -> list[tuple[str, list[str]]]:
    """What axe finds: rule and the elements concerned. The engine comes in past the page's own policy."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": engine.read_text()})
    found: dict[str, Any] = page.evaluate("standards => axe.run(document, {runOnly: standards})", STANDARDS)
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    wider: int = page.evaluate("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)")
    return wider


def check(page: Page, engine: Path, address: str | None = None) -> None:
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if address is not None:
            page.goto(address)
        assert (address or page.url, size["width"], violations(page, engine), overflow(page)) == (
            *(address or page.url, size["width"], [], 0),
        )


def test_public_pages(visit: OpenBrowser, assets: Path) -> None:
    page = visit()
    for address in ("/", reverse("account_login"), "/nowhere"):
        check(page, assets, address)


@pytest.mark.parametrize(
    "address",
    [
        *("/start/", "/start/?task=lodge", "/start/?task=lodge&role=importer&volume=many&software=own"),
        *("/start/?task=look", "/certificates/", "/certificates/gateway/", "/terms/", "/terms/?q=bill", "/continuity/"),
        *("/information/", "/status/", "/reference-data/"),
    ],
)
def test_pages_that_help_to_begin(
    address: str, visit: OpenBrowser, assets: Path, tmp_path: Path, settings: Any
) -> None:
    identity = Authority.create(tmp_path).issue("CCF E-mail Gateway", "ccf@customs.example", "Customs")
    gateway_key("gateway", identity, datetime.now(UTC)).save(tmp_path)
    settings.GATEWAY_DIRECTORY = tmp_path
    check(visit(), assets, address)


def test_the_reference(visit: OpenBrowser, assets: Path) -> None:
    page = visit()
    for path in ("", "messages/", "messages/EXD", "codes/GoodsType", "errors/contrl-13", "rules/", "search/?q=port"):
        check(page, assets, reverse("reference") + path)


def test_the_workshop(visit: OpenBrowser, assets: Path, corpus: Path) -> None:
    page = visit()
    check(page, assets, reverse("workshop"))
    page.get_by_label("EDIFACT", exact=True).fill((corpus / "exd.edi").read_text().replace("20030128", "20030150"))
    page.get_by_role("button", name="Decode").click()
    page.get_by_role("heading", name="Interchange 200401270001").wait_for()
    check(page, assets)
    page.goto(reverse("workshop") + "?example=EXD")
    page.get_by_role("button", name="Edit as JSON").click()
    check(page, assets)
    page.goto(reverse("workshop") + "?example=EXD")
    page.get_by_role("button", name="Edit as a form").click()
    page.get_by_role("heading", name="Export declaration EXD").wait_for()
    check(page, assets)


def test_a_traders_pages(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page = visit(sample.trader)
    addresses = [
        *(reverse("messages"), reverse("messages") + "?search=nothing", reverse("messages") + "?day=x"),
        *(
            reverse("message", args=[each.pk])
            for each in (sample.accepted, sample.rejected, sample.invalid, sample.answer)
        ),
        *(reverse("declarations"), reverse("outbox"), reverse("interchange", args=[sample.duplicate.pk])),
        *(reverse("declaration", args=[each.edn]) for each in (sample.declaration, sample.in_error)),
        *(reverse("withdrawal", args=["AAAAAAAT4"]), reverse("received", args=[sample.duplicate.intake_id])),
        *(reverse("gateway"), reverse("declaration", args=["AAAAAAAK9"])),
    ]
    for address in addresses:
        check(page, assets, address)


def test_an_officers_pages(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page = visit(sample.officer)
    for address in (
        *(reverse("purpose"), reverse("messages"), reverse("gateway"), reverse("gateway") + "?state=parked"),
        *(reverse("received", args=[sample.refused.pk]), reverse("declaration", args=["AAAAAAAK9"]), reverse("outbox")),
    ):
        check(page, assets, address)


def test_pages_of_signing_in(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page = visit()
    page.goto(reverse("account_login"))
    page.get_by_label("E-mail address").fill(sample.trader.email)
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in with password").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page, assets)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in with password").click()
    page.get_by_role("heading", name="Enter your one-time code").wait_for()
    check(page, assets)


@pytest.mark.parametrize("who", ["trader", "newcomer"])
def test_sign_in_settings(who: str, visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    page = visit(getattr(sample, who))
    names = ["mfa_index", "mfa_list_webauthn", "account_change_password", "mfa_add_webauthn"]
    if who == "newcomer":
        names.append("mfa_activate_totp")
    for name in names:
        check(page, assets, reverse(name))


def test_sites(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    ending, suspended, _ = add_certificates()
    pages = [reverse("sites"), reverse("sites") + "?only=never&search=x", reverse("site", args=[SITE])]
    changes = [(suspended, "resume"), (ending, "revoke")]
    asked = [reverse("certificate_change", args=[SITE, row.pk, change]) for row, change in changes]
    officer = visit(sample.officer)
    for address in (*pages, *asked, reverse("site_change", args=[SITE, "pause"])):
        check(officer, assets, address)
    officer.get_by_role("button", name="Pause it").click()
    officer.get_by_role("heading", name="There is a problem").wait_for()
    check(officer, assets)
    officer.get_by_label("Reason").fill("key lost")
    officer.get_by_role("button", name="Pause it").click()
    officer.get_by_role("heading", name=f"Site {SITE} is paused").wait_for()
    check(officer, assets)
    trader = visit(sample.trader)
    for address in pages:
        check(trader, assets, address)
