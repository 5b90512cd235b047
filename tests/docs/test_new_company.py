"""A company that has never dealt with customs: from the home page to its first accepted declaration, over the pages alone.

It applies, an officer checks its identity, its first person signs in, adds a site, gets a certificate whose key never
leaves its machine, and lodges by mail. Nobody touches a database. Pictures of the way are kept.
"""

import re
import time
from pathlib import Path
from typing import Final

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from docs.test_commands import ROOT
from openics.sandbox.environment import sign_ins
from system.conftest import Make, make_system  # noqa: F401 - a fixture
from system.instances import System, wait_for
from web.conftest import WIDE, assets, chromium  # noqa: F401 - fixtures

pytestmark = [pytest.mark.xdist_group("system"), pytest.mark.timeout(600)]

PICTURES = ROOT / "build" / "screenshots" / "new-company"
OFFICER: Final = "officer@customs.example"
ABN, MAIL, EDI = "83914571673", "clerk@newcomer.example", "edi@newcomer.example"
DETAILS: Final = {
    "name": "NEWCOMER EXPORTS PTY LTD",
    "street": "1 EXAMPLE STREET",
    "city": "EXAMPLETOWN",
    "country": "AU",
    "telephone": "0400 000 000",
    "telephone_prefix": "+61",
    "mail": "office@newcomer.example",
}
PERSON: Final = {"person_name": "Export clerk", "person_title": "Clerk", "person_mail": MAIL}


class Company:
    """Two browsers, one terminal, and the pictures taken on the way."""

    def __init__(self, system: System, browser: Browser) -> None:
        self.system = system
        self.own, self.customs = (browser.new_page(viewport=WIDE, locale="en-AU") for _ in range(2))  # type: ignore[arg-type]
        for page in (self.own, self.customs):
            page.set_default_timeout(60_000)
        self.home = system.home / "newcomer"
        self.secret = ""
        self.pictures: list[str] = []

    def go(self, page: Page, path: str) -> None:
        page.goto(self.system.web_url + path)

    def take(self, page: Page, name: str) -> None:
        self.pictures.append(f"{len(self.pictures) + 1:02d}-{name}.png")
        page.screenshot(path=PICTURES / self.pictures[-1], full_page=True)

    def client(self, *arguments: str) -> str:
        """A command of the trader's side, on the company's own machine."""
        done = self.system.openics("client", arguments[0], "--home", str(self.home), *arguments[1:])
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def code(self) -> str:
        """The one-time code of the moment, not one that is about to end."""
        if time.time() % 30 > 26:
            time.sleep(5)
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30))


def fill(page: Page, fields: dict[str, str]) -> None:
    for name, value in fields.items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Continue").click()


def give_password(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in with password").click()


def apply(company: Company) -> tuple[str, str]:
    """From the home page to an application; returns reference and secret code."""
    page = company.own
    company.go(page, "/")
    page.get_by_role("main").get_by_role("link", name="Register for Customs Interactive").first.click()
    company.take(page, "register")
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("A holder of an ABN").check()
    fill(page, {"abn": ABN})
    fill(page, DETAILS)
    page.get_by_label("Exporter", exact=True).check()
    fill(page, {})
    fill(page, PERSON)
    page.get_by_label("I agree").check()
    company.take(page, "check")
    page.get_by_role("button", name="Send the application").click()
    reference, code = page.locator("#reference").inner_text(), page.locator("#code").inner_text()
    company.take(page, "applied")
    return reference, code


def approve(company: Company, reference: str) -> None:
    """An officer signs in, says what for, sights documents worth 100 points, and approves."""
    page = company.customs
    password = {person.email: person.password for person in sign_ins(company.system.home)}[OFFICER]
    company.go(page, "/account/sign-in/")
    give_password(page, OFFICER, password)
    page.get_by_label("Code from your app").fill(company.system.openics("user", "code", OFFICER).stdout.strip())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="What do you need to look at records for?")).to_be_visible()
    page.get_by_role("radio").first.check()
    page.get_by_label("Case number or reason").fill(f"Application {reference}")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Messages")
    company.go(page, f"/applications/{reference}/")
    for place, (kind, tail) in enumerate((("PASSPORT", "X12"), ("DRIVER", "4321"))):
        page.locator(f"#document_{place}_kind").select_option(kind)
        page.locator(f"#document_{place}_tail").fill(tail)
        page.locator(f"#document_{place}_expiry").fill("2035-01-01")
    company.take(page, "identity")
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name=f"Application {reference} is approved").wait_for()


def first_sign_in(company: Company, reference: str, code: str) -> None:
    """Collect the first password, sign in, and set up a second factor."""
    page = company.own
    company.go(page, "/register/status/")
    page.get_by_label("Reference").fill(reference)
    page.get_by_label("Secret code").fill(code)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Show the first password").click()
    password = page.locator("#password").inner_text()
    page.get_by_role("main").get_by_role("button", name="Sign in").or_(
        page.get_by_role("main").get_by_role("link", name="Sign in")
    ).first.click()
    give_password(page, MAIL, password)
    page.get_by_role("button", name="Set up one-time codes").click()
    company.secret = page.locator("dd.ics-code").inner_text()
    page.get_by_label("Code from the app").fill(company.code())
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Messages", level=1)).to_be_visible()
    company.take(page, "signed-in")


def add_site(company: Company) -> str:
    """A site of the company's own; returns its id."""
    page = company.own
    company.go(page, "/sites/new/")
    page.get_by_label("EDI address").fill(EDI)
    company.take(page, "new-site")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url(re.compile(r"/sites/[A-Z0-9]{7}/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def get_certificate(company: Company, site: str) -> None:
    """A key on the company's machine, its request to the test authority, the certificate registered to the site."""
    port = str(company.system.smtp_port)
    company.client(
        *("init", "--site", site, "--address", EDI, "--gateway-address", "ccf@customs.example"),
        *("--organisation", DETAILS["name"], "--smtp-port", port),
    )
    company.client("key")
    (request,) = company.home.rglob("*.csr")
    page = company.own
    company.go(page, "/sandbox/certificates/")
    with page.expect_download() as download:
        page.get_by_role("link", name="the authority's root certificate").click()
    root = company.system.home / "root.pem"
    download.value.save_as(root)
    company.client("trust", "--anchor", str(root))
    page.get_by_role("radio", name=site).check()
    page.get_by_label("Signing request (PEM)").fill(request.read_text())
    company.take(page, "request")
    page.get_by_role("button", name="Issue the certificate").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the certificate").or_(
            page.get_by_role("link", name="Download the certificate")
        ).first.click()
    path = company.system.home / "certificate.pem"
    download.value.save_as(path)
    page.get_by_role("button", name=f"Register it to site {site}").click()
    company.client("install", str(path))
    company.go(page, "/certificates/gateway/")
    with page.expect_download() as download:
        page.get_by_role("link", name="PEM").first.click()
    gateway = company.system.home / "gateway.pem"
    download.value.save_as(gateway)
    company.client("trust", str(gateway))
    company.go(page, f"/sites/{site}/")
    company.take(page, "site")


def lodge(company: Company, directory: Path) -> None:
    """The published declaration with today's facts, under the company's own names."""
    from datetime import UTC, datetime

    from openics.edifact.writer import write_interchange
    from openics.messages.writing import write_message
    from openics.sandbox.story import current_declaration
    from openics.trader.home import TraderHome
    from openics.trader.sending import new_header

    now = datetime.now(UTC)
    declaration = current_declaration("OUR-FIRST", now).replace(goods_owner=ABN)
    header = new_header(TraderHome.open(company.home), now)
    path = directory / "first.edi"
    path.write_bytes(write_interchange(header, [write_message(declaration, "1")]))
    company.client("send", str(path))
    mailbox = company.system.home / "mailboxes" / EDI
    wait_for("both answers are there", lambda: len(list(mailbox.glob("new/*"))) == 2, 60)
    said = company.client("listen", "--maildir", str(mailbox), "--once")
    assert "EXDR OUR-FIRST" in said


def test_a_new_company_goes_live_without_anybody_touching_a_database(
    make_system: Make,  # noqa: F811 - a fixture
    chromium: Browser,  # noqa: F811 - a fixture
    tmp_path: Path,
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    system = make_system()
    system.start()
    company = Company(system, chromium)
    reference, code = apply(company)
    approve(company, reference)
    first_sign_in(company, reference, code)
    site = add_site(company)
    get_certificate(company, site)
    lodge(company, tmp_path)
    page = company.own
    company.go(page, "/messages/")
    page.get_by_role("row", name="OUR-FIRST").get_by_role("link", name="EXD from").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Export declaration OUR-FIRST Accepted")
    company.take(page, "accepted")
    company.go(page, "/declarations/")
    page.get_by_role("row", name="OUR-FIRST").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("is clear")
    company.take(page, "declaration")
    assert sorted(path.name for path in PICTURES.iterdir()) == company.pictures
