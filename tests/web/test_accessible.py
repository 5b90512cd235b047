"""Pages on the way of some work: nothing for axe to find, on a desk and on a phone, and no sideways scrolling."""

from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

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


def test_a_site_is_put_on_pause(visit: OpenBrowser, sample: Sample, assets: Path) -> None:
    add_certificates()
    officer = visit(sample.officer)
    officer.goto(reverse("site_change", args=[SITE, "pause"]))
    officer.get_by_role("button", name="Pause it").click()
    officer.get_by_role("heading", name="There is a problem").wait_for()
    check(officer, assets)
    officer.get_by_label("Reason").fill("key lost")
    officer.get_by_role("button", name="Pause it").click()
    officer.get_by_role("heading", name=f"Site {SITE} is paused").wait_for()
    check(officer, assets)
    trader = visit(sample.trader)
    for address in (reverse("sites"), reverse("site", args=[SITE])):
        check(trader, assets, address)
