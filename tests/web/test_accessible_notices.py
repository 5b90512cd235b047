"""Pages of notices, planned outages and own sites: nothing for axe to find, and no sideways scrolling at 320 pixels."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from openics.exchange.models import Notice
from openics.pki.gateway_keys import gateway_key
from openics.sandbox.authority import Authority
from web.conftest import OpenBrowser
from web.sample import Sample
from web.sample_notices import give_notices, plan_outages
from web.sample_sites import SITE, add_certificates, certificate
from web.test_accessible import check


@pytest.fixture
def rows(sample: Sample, tmp_path: Path, settings: Any) -> int:
    """A roll-over under way, certificates, notices, and an outage ahead; the number of a certificate."""
    now = datetime.now(UTC)
    authority = Authority.create(tmp_path / "authority")
    old, new = (
        authority.issue("CCF E-mail Gateway", "ccf@customs.example", "Customs", now - timedelta(days=days))
        for days in (100, 20)
    )
    gateway_key("gateway-1", old, now - timedelta(days=100)).save(tmp_path / "keys")
    gateway_key("gateway-2", new, now + timedelta(days=5)).save(tmp_path / "keys")
    settings.GATEWAY_DIRECTORY = tmp_path / "keys"
    ending, *_ = add_certificates()
    certificate(SITE, "d", 700)
    give_notices()
    plan_outages()
    return ending.pk


def test_a_traders_pages(visit: OpenBrowser, sample: Sample, assets: Path, rows: int) -> None:
    page = visit(sample.trader)
    notice = Notice.objects.filter(site=SITE).latest("id").pk
    addresses = [
        *(reverse("notices"), reverse("notices") + "?only=open", reverse("notice", args=[notice])),
        *(reverse(name, args=[SITE]) for name in ("site", "site_renewal", "site_addresses")),
        reverse("own_site_change", args=[SITE, "pause"]),
        *(reverse("own_certificate_change", args=[SITE, rows, change]) for change in ("take-over", "take-back")),
        *(reverse("site_new"), reverse("status"), reverse("gateway_certificates")),
    ]
    for address in addresses:
        check(page, assets, address)


def test_mistakes(visit: OpenBrowser, sample: Sample, assets: Path, rows: int) -> None:
    page = visit(sample.trader)
    for address, button in (
        (reverse("site_renewal", args=[SITE]), "Register it"),
        (reverse("site_new"), "Add it"),
        (reverse("own_site_change", args=[SITE, "pause"]), "Pause it"),
        (reverse("own_certificate_change", args=[SITE, rows, "take-over"]), "Roll over to it"),
    ):
        page.goto(address)
        page.get_by_role("button", name=button).click()
        page.get_by_role("heading", name="There is a problem").wait_for()
        check(page, assets)
        page.locator(".govuk-error-summary a").click()
        assert page.evaluate("document.activeElement.id") != ""


def test_an_officers_pages(visit: OpenBrowser, sample: Sample, assets: Path, rows: int) -> None:
    page = visit(sample.officer)
    for address in ("/notices/", "/outages/", "/sites/renewals/", "/gateway/keys/"):
        check(page, assets, address)
    page.goto("/outages/")
    page.get_by_role("button", name="Announce it").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    check(page, assets)
    page.goto("/outages/")
    page.locator("tbody a").first.click()
    page.get_by_role("heading", name="Change it").wait_for()
    check(page, assets)
