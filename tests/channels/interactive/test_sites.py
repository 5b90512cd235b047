"""The pages of sites: what they list and show, and what an officer changes on them."""

import re

import pytest
from django.urls import reverse

from channels.interactive.conftest import Browse
from openics.clients.models import Site, SiteCertificate
from openics.exchange.models import Event, Message
from web.sample import Sample
from web.sample_sites import FOREIGN, SITE, add_certificates, certificate, pause


@pytest.fixture
def held(sample: Sample) -> list[SiteCertificate]:
    return add_certificates()


def text(content: bytes) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", content.decode()).split())


def listed(browse: Browse, sample: Sample, query: str = "", *, trader: bool = False) -> list[str]:
    client = browse(sample.trader) if trader else browse(sample.officer, "Case 7")
    return re.findall(r'id="site-(\w+)"', client.get(reverse("sites") + query).content.decode())


def test_the_list(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    assert listed(browse, sample) == [FOREIGN, SITE]
    assert listed(browse, sample, trader=True) == [SITE]
    assert listed(browse, sample, f"?search={SITE.lower()}") == [SITE]
    assert listed(browse, sample, "?search=51824753556") == [SITE]
    assert listed(browse, sample, "?search=EDI@meridian.example") == [SITE]
    assert listed(browse, sample, "?search=%00nothing") == []
    assert listed(browse, sample, "?only=nothing") == [FOREIGN, SITE]


def test_filters(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    assert listed(browse, sample, "?only=paused") == []
    assert listed(browse, sample, "?only=expiring") == [SITE]
    assert listed(browse, sample, "?only=never") == []
    pause(FOREIGN)
    Message.objects.filter(site=SITE, direction="in").update(direction="out")
    certificate(SITE, "d", 300)
    assert listed(browse, sample, "?only=paused") == [FOREIGN]
    assert listed(browse, sample, "?only=paused", trader=True) == []
    assert listed(browse, sample, "?only=expiring") == []
    assert listed(browse, sample, "?only=never") == [SITE]


def test_names_in_the_navigation(sample: Sample, browse: Browse) -> None:
    assert "Your sites" in text(browse(sample.trader).get(reverse("sites")).content)
    assert "Your sites" not in text(browse(sample.officer, "Case 7").get(reverse("sites")).content)


def test_a_site_with_its_certificates(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    content = browse(sample.trader).get(reverse("site", args=[SITE])).content
    page = text(content)
    for said in (
        f"Site {SITE} is active",
        f"{'a' * 16} In force",
        "13 days left, not renewed",
        f"{'b' * 16} Suspended laptop lost",
        f"{'c' * 16} Revoked key stolen",
        "Nothing has been recorded yet.",
    ):
        assert said in page
    assert "Revoke certificate" not in page
    assert reverse("site_change", args=[SITE, "pause"]) not in content.decode()


def test_a_site_without_certificate(sample: Sample, browse: Browse) -> None:
    page = text(browse(sample.officer, "Case 7").get(reverse("site", args=[SITE])).content)
    assert "It has no certificate. Mail from it is refused" in page


def test_pausing_and_resuming(sample: Sample, browse: Browse) -> None:
    officer = browse(sample.officer, "Case 7")
    address = reverse("site_change", args=[SITE, "pause"])
    asked = text(officer.get(address).content)
    assert f"Pause site {SITE}?" in asked
    done = officer.post(address, {"reason": "key lost"}, follow=True)
    page = text(done.content)
    assert (done.status_code, done.redirect_chain) == (200, [(reverse("site", args=[SITE]), 302)])
    for said in (f"Site {SITE} is paused.", "Reason: key lost", "Site paused: key lost", sample.officer.email):
        assert said in page
    assert "Nothing was changed: site AAA676Y is paused already." in text(
        officer.post(address, {"reason": "again"}, follow=True).content
    )
    told = text(browse(sample.trader).get(reverse("site", args=[SITE])).content)
    assert ("key lost" in told, sample.officer.email in told) == (True, False)
    officer.post(reverse("site_change", args=[SITE, "resume"]), {"reason": "key found"})
    found = Event.objects.filter(subject_kind="SITE").order_by("id").values_list("code", "actor", "channel", "data")
    assert list(found) == [
        ("site.paused", sample.officer.email, "web", {"reason": "key lost"}),
        ("site.resumed", sample.officer.email, "web", {"reason": "key found"}),
    ]
    assert Site.objects.get(site_id=SITE).active


def test_a_reason_is_asked_for(sample: Sample, browse: Browse) -> None:
    officer = browse(sample.officer, "Case 7")
    address = reverse("site_change", args=[SITE, "pause"])
    for reason, said in (("  ", "Enter a reason; the site is told it"), ("x" * 301, "at most 300 are kept.")):
        answer = officer.post(address, {"reason": reason})
        assert (answer.status_code, said in text(answer.content)) == (422, True)
    assert Site.objects.get(site_id=SITE).active
    assert not Event.objects.filter(subject_kind="SITE").exists()


def test_certificates_are_stopped_and_resumed(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    officer = browse(sample.officer, "Case 7")
    one, suspended, revoked = held

    def change(row: SiteCertificate, what: str) -> str:
        address = reverse("certificate_change", args=[SITE, row.pk, what])
        return text(officer.post(address, {"reason": "said so"}, follow=True).content)

    assert f"Certificate {'a' * 16} is suspended." in change(one, "suspend")
    assert f"Certificate {'b' * 16} is not suspended." in change(suspended, "resume")
    assert f"Certificate {'a' * 16} is revoked." in change(one, "revoke")
    assert f"Nothing was changed: certificate {'c' * 16} is revoked already." in change(revoked, "revoke")
    assert "which cannot be undone. Register a new certificate with a new key." in change(one, "resume")
    one.refresh_from_db()
    suspended.refresh_from_db()
    assert (one.revoked_at is not None, one.reason, suspended.resumed_at is not None) == (True, "said so", True)
    assert list(Event.objects.filter(subject_kind="SITE").order_by("id").values_list("code", flat=True)) == [
        *("certificate.suspended", "certificate.resumed", "certificate.revoked"),
    ]


def test_revoking_is_warned_of(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    page = browse(sample.officer, "Case 7").get(reverse("certificate_change", args=[SITE, held[0].pk, "revoke"]))
    assert "This cannot be undone." in text(page.content)
