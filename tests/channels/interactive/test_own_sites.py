"""What people change of their own sites: addresses, default, pause, having switched, another site."""

from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from channels.interactive.conftest import Browse
from channels.interactive.test_sites import text
from openics.channels.interactive.database import raw_connection
from openics.clients.models import Site
from openics.exchange import site_care
from openics.exchange.care import By
from openics.exchange.models import Event, Evidence, GatewayKeyConfirmation, Intake
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import gateway_key
from openics.pki.identity import Identity
from web.sample import Sample
from web.sample_sites import FOREIGN, SITE

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
HOME = f"/sites/{SITE}/"


def said(answer: Any) -> str:
    return unescape(text(answer.content))


def events() -> list[tuple[str, str]]:
    return list(Event.objects.filter(subject_kind="SITE").order_by("id").values_list("code", "actor"))


def test_addresses(sample: Sample, browse: Browse) -> None:
    browser = browse(sample.trader)
    given = {"administrator": "New@meridian.example", "text_address": "text@meridian.example", "plain_text": "yes"}
    assert "The addresses are changed." in said(browser.post(f"{HOME}addresses/", given, follow=True))
    site = Site.objects.get(site_id=SITE)
    assert (site.administrator_address, site.text_address, site.plain_text) == (
        *("new@meridian.example", "text@meridian.example", True),
    )
    assert "Nothing was changed." in said(browser.post(f"{HOME}addresses/", given, follow=True))
    assert events() == [("site.contacts-changed", sample.trader.email)]
    assert sample.trader.email in said(browser.get(HOME))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"administrator": "nobody"}, "This is no e-mail address."),
        ({"text_address": "a b@c.example"}, "This is no e-mail address."),
        ({"plain_text": "yes"}, "Plain text is asked for, but there is no address for it."),
    ],
)
def test_addresses_that_are_none(given: dict[str, str], problem: str, sample: Sample, browse: Browse) -> None:
    answer = browse(sample.trader).post(f"{HOME}addresses/", given)
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert Site.objects.get(site_id=SITE).administrator_address == "it@meridian.example"
    assert events() == []


def test_pausing_ones_own_site(sample: Sample, browse: Browse) -> None:
    browser = browse(sample.trader)
    assert browser.post(f"{HOME}own/pause/", {"reason": ""}).status_code == 422
    assert f"Site {SITE} is paused." in said(browser.post(f"{HOME}own/pause/", {"reason": "holiday"}, follow=True))
    site = Site.objects.get(site_id=SITE)
    assert (site.active, site.pause_reason, site.paused_by_owner) == (False, "holiday", True)
    assert f"Site {SITE} is active." in said(browser.post(f"{HOME}own/resume/", follow=True))
    site.refresh_from_db()
    assert (site.active, site.paused_by_owner) == (True, False)


def test_a_pause_by_customs_is_ended_by_customs(sample: Sample, browse: Browse) -> None:
    browser = browse(sample.trader)
    browser.post(f"{HOME}own/pause/", {"reason": "holiday"})
    assert site_care.pause(raw_connection(), SITE, "audit", By("officer", "web", NOW))
    answer = browser.post(f"{HOME}own/resume/")
    assert (answer.status_code, "Customs has paused it." in said(answer)) == (422, True)
    site = Site.objects.get(site_id=SITE)
    assert (site.active, site.pause_reason, site.paused_by_owner) == (False, "audit", False)
    assert "Resume this site" not in said(browser.get(HOME))


def test_the_default_site(sample: Sample, browse: Browse) -> None:
    browser = browse(sample.trader)
    assert f"Site {SITE} is your default site." in said(browser.post(f"{HOME}own/default/", follow=True))
    assert Site.objects.get(site_id=SITE).is_default
    assert "Nothing was changed." in said(browser.post(f"{HOME}own/default/", follow=True))


def test_another_site(sample: Sample, browse: Browse) -> None:
    browser = browse(sample.trader)
    given = {"address": "edi2@meridian.example", "administrator": "it@meridian.example"}
    answer = browser.post("/sites/new/", given, follow=True)
    made = Site.objects.get(edi_address="edi2@meridian.example")
    assert f"Site {made.site_id} is registered. Register its certificate next." in said(answer)
    assert (made.owner, made.test, made.active) == (sample.trader.client, True, True)
    again = said(browser.post("/sites/new/", given, follow=True))
    assert f"Site {made.site_id} is registered already." in again
    for address, problem in (("edi@southerngrain.example", f"belongs to site {FOREIGN}"), ("x", "no e-mail address")):
        refused = browser.post("/sites/new/", {**given, "address": address})
        assert (refused.status_code, problem in said(refused)) == (422, True)
    assert Site.objects.count() == 3


@pytest.fixture
def roll_over(tmp_path: Path, settings: Any) -> str:
    """A new certificate of the gateway may be encrypted to; its fingerprint."""
    old, new = (Identity.generate("CCF", "ccf@customs.example", at=NOW - 200 * DAY) for _ in range(2))
    gateway_key("gateway-1", old, NOW - 190 * DAY).save(tmp_path)
    gateway_key("gateway-2", new, NOW + 5 * DAY).save(tmp_path)
    settings.GATEWAY_DIRECTORY = tmp_path
    return fingerprint(new.certificate)


def test_we_have_switched(sample: Sample, browse: Browse, roll_over: str) -> None:
    browser = browse(sample.trader)
    page = said(browser.get(HOME))
    assert ("Nothing was sent yet that tells" in page, "We have switched" in page) == (True, True)
    answer = said(browser.post(f"{HOME}switched/", follow=True))
    assert "Thank you. Customs knows that this site has switched." in answer
    assert "Your people said on" in answer
    assert "We have switched" not in answer
    browser.post(f"{HOME}switched/")
    found = GatewayKeyConfirmation.objects.values_list("site", "gateway_key", "actor")
    assert list(found) == [(SITE, roll_over, sample.trader.email)]
    assert events() == [("site.switched", sample.trader.email)]
    officer = said(browse(sample.officer, "Case 7").get("/gateway/keys/"))
    assert "Said it switched" in officer


@pytest.mark.parametrize(("new", "words"), [(True, "Done: your last mail"), (False, "Not yet: the last mail")])
def test_what_its_mail_says(new: bool, words: str, sample: Sample, browse: Browse, roll_over: str) -> None:
    kept = Evidence.objects.create(direction="in", channel="mail", digest=b"1", content=b"mail")
    key = roll_over if new else "0" * 64
    Intake.objects.create(evidence=kept, channel="mail", lane=1, state="done", site=SITE, gateway_key=key)
    page = said(browse(sample.trader).get(HOME))
    assert (words in page, "We have switched" in page) == (True, not new)


def test_nothing_to_switch_to(sample: Sample, browse: Browse, settings: Any, tmp_path: Path) -> None:
    settings.GATEWAY_DIRECTORY = tmp_path
    browser = browse(sample.trader)
    assert "The gateway's new certificate" not in said(browser.get(HOME))
    assert "Nothing to say" in said(browser.post(f"{HOME}switched/", follow=True))
    assert GatewayKeyConfirmation.objects.count() == 0


def test_who_may(sample: Sample, browse: Browse) -> None:
    before = (list(Site.objects.order_by("pk").values()), events())
    for address in (
        *(f"{HOME}{each}" for each in ("addresses/", "own/pause/", "own/default/", "switched/")),
        "/sites/new/",
    ):
        given = {"reason": "x", "administrator": "x@x.example", "address": "y@x.example"}
        seen = {
            "anonymous": browse(None).post(address, given).status_code,
            "newcomer": browse(sample.newcomer).post(address, given).status_code,
            "officer": browse(sample.officer, "Case 7").post(address, given).status_code,
        }
        assert (address, seen) == (address, {"anonymous": 302, "newcomer": 302, "officer": 403})
        if address != "/sites/new/":
            assert browse(sample.stranger).post(address, given).status_code == 404
    assert browse(sample.trader).get(f"{HOME}own/burn/").status_code == 404
    assert browse(sample.trader).get(f"{HOME}switched/").status_code == 405
    assert (list(Site.objects.order_by("pk").values()), events()) == before
