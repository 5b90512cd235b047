"""Who sees and who changes sites: every kind of person, own and foreign sites, and nothing written where nothing may be."""

import pytest
from django.urls import reverse

from channels.interactive.conftest import Browse
from openics.clients.models import Person, Site, SiteCertificate
from openics.exchange.models import Event
from openics.information.models import Disclosure
from web.sample import Sample
from web.sample_sites import FOREIGN, SITE, add_certificates, pause

PURPOSE = "Case 7"


def state() -> list[object]:
    sites = Site.objects.order_by("site_id").values_list("site_id", "active", "pause_reason", "is_default")
    held = SiteCertificate.objects.order_by("id").values_list("fingerprint", "suspended_at", "resumed_at", "revoked_at")
    return [*sites, *held, Event.objects.count()]


@pytest.fixture
def held(sample: Sample) -> list[SiteCertificate]:
    return add_certificates()


def everybody(sample: Sample) -> dict[str, tuple[Person | None, str]]:
    return {
        "anonymous": (None, ""),
        "newcomer": (sample.newcomer, ""),
        "trader": (sample.trader, ""),
        "stranger": (sample.stranger, ""),
        "officer": (sample.officer, ""),
        "officer with purpose": (sample.officer, PURPOSE),
    }


def answers(sample: Sample, browse: Browse, address: str, method: str = "get") -> dict[str, int]:
    data = {"reason": "said so"} if method == "post" else {}
    return {name: getattr(browse(*who), method)(address, data).status_code for name, who in everybody(sample).items()}


def test_looking(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    before = state()
    common = {"anonymous": 302, "newcomer": 302, "officer": 302, "officer with purpose": 200}
    expected = {
        reverse("sites"): {"trader": 200, "stranger": 200},
        reverse("site", args=[SITE]): {"trader": 200, "stranger": 404},
        reverse("site", args=[FOREIGN]): {"trader": 404, "stranger": 200},
        reverse("site", args=["AAA333A"]): {"trader": 404, "stranger": 404, "officer with purpose": 404},
    }
    for address, seen in expected.items():
        assert (address, answers(sample, browse, address)) == (address, common | seen)
        assert set(answers(sample, browse, address, "post").values()) == {302, 405} | (set())
    assert state() == before


def changing(held: list[SiteCertificate]) -> list[str]:
    numbers = {"suspend": held[0].pk, "resume": held[1].pk, "revoke": held[0].pk}
    return [
        *(reverse("site_change", args=[SITE, change]) for change in ("pause", "resume")),
        *(reverse("certificate_change", args=[SITE, number, change]) for change, number in numbers.items()),
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_changing_is_for_officers_with_a_purpose(
    sample: Sample, browse: Browse, held: list[SiteCertificate], method: str
) -> None:
    before = state()
    refused = {"anonymous": 302, "newcomer": 302, "trader": 403, "stranger": 403, "officer": 302}
    for address in changing(held):
        found = {
            name: getattr(browse(*who), method)(address, {"reason": "said so"}).status_code
            for name, who in everybody(sample).items()
            if name in refused
        }
        assert (address, found) == (address, refused)
        assert browse(sample.officer, PURPOSE).get(address).status_code == 200
    assert state() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_there_is_not_changed(
    sample: Sample, browse: Browse, held: list[SiteCertificate], method: str
) -> None:
    before = state()
    foreign = SiteCertificate.objects.get(site_id=FOREIGN)
    officer = browse(sample.officer, PURPOSE)
    for address in (
        reverse("site_change", args=["AAA333A", "pause"]),
        reverse("site_change", args=[SITE, "remove"]),
        reverse("certificate_change", args=[SITE, held[0].pk, "remove"]),
        reverse("certificate_change", args=[SITE, 10**17, "revoke"]),
        reverse("certificate_change", args=[SITE, foreign.pk, "revoke"]),
    ):
        assert (address, getattr(officer, method)(address, {"reason": "x"}).status_code) == (address, 404)
    assert state() == before


def test_a_foreign_site_is_answered_like_a_missing_one(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    found = [client.get(reverse("site", args=[name])) for name in (FOREIGN, "AAA333A")]
    assert [each.status_code for each in found] == [404, 404]
    logged = Disclosure.objects.order_by("id").values_list("subject_kind", "subject_key", "allowed")
    assert list(logged) == [("SITE", FOREIGN, False), ("SITE", "AAA333A", False)]


def test_looks_are_logged_with_their_purpose(sample: Sample, browse: Browse, held: list[SiteCertificate]) -> None:
    client = browse(sample.officer, PURPOSE)
    for address in (reverse("sites") + "?only=paused", reverse("site", args=[SITE]), changing(held)[0]):
        client.get(address)
    logged = Disclosure.objects.order_by("id").values_list("subject_kind", "subject_key", "purpose", "allowed")
    assert list(logged) == [
        ("SITES", "only=paused", f"ENQUIRY: {PURPOSE}", True),
        ("SITE", SITE, f"ENQUIRY: {PURPOSE}", True),
        ("SITE", f"{SITE} pause", f"ENQUIRY: {PURPOSE}", True),
    ]


def test_a_form_from_elsewhere_changes_nothing(sample: Sample, browse: Browse) -> None:
    from django.test import Client

    pause()
    before = state()
    client = Client(enforce_csrf_checks=True)
    client.cookies = browse(sample.officer, PURPOSE).cookies
    assert client.post(reverse("site_change", args=[SITE, "resume"]), {"reason": "x"}).status_code == 403
    assert state() == before
