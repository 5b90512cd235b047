"""A site's own people renew its certificate: proof of the key, uses, overlap, roll-over, taking back."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from channels.interactive.conftest import Browse
from channels.interactive.test_sites import text
from openics.channels.interactive import possession
from openics.clients.models import SiteCertificate
from openics.exchange.models import Event
from openics.pki.certificates import fingerprint
from openics.pki.identity import Identity
from openics.pki.possession import prove
from openics.sandbox.authority import Authority
from web.sample import Sample
from web.sample_sites import SITE, certificate

ADDRESS = "edi@meridian.example"
RENEWAL = f"/sites/{SITE}/renewal/"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority.create(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def renewed(authority: Authority) -> Identity:
    return authority.issue("Second device", ADDRESS)


@pytest.fixture
def old(sample: Sample) -> SiteCertificate:
    return certificate(SITE, "a", 20)


@pytest.fixture
def browser(sample: Sample, browse: Browse, authority: Authority, tmp_path: Path, settings: Any) -> Browser:
    authority.install(tmp_path / "trust")
    settings.TRUST_DIRECTORY = tmp_path / "trust"
    settings.GATEWAY_DIRECTORY = tmp_path / "keys"
    return browse(sample.trader)


def challenge(browser: Browser) -> str:
    found = re.search(r'id="challenge">([^<]*)<', browser.get(RENEWAL).content.decode())
    assert found is not None
    return found[1]


def register(browser: Browser, identity: Identity, **more: Any) -> Any:
    asked = challenge(browser)
    given = {"challenge": asked, "proof": prove(asked, identity), "overlap": "days", **more}
    return browser.post(RENEWAL, given, follow=True)


def said(answer: Any) -> str:
    return unescape(text(answer.content))


def rows() -> list[tuple[str, str, bool]]:
    found = SiteCertificate.objects.filter(site_id=SITE).order_by("pk")
    return [(row.fingerprint, row.use, row.removed_at is None) for row in found]


def test_a_renewed_certificate_takes_over_in_two_weeks(
    browser: Browser, old: SiteCertificate, renewed: Identity
) -> None:
    before = timezone.now()
    answer = register(browser, renewed)
    name = fingerprint(renewed.certificate)
    assert answer.redirect_chain == [(f"/sites/{SITE}/", 302)]
    assert f"Certificate {name[:16]} is registered. {'a' * 16} counts until " in said(answer)
    assert rows() == [("a" * 64, "both", False), (name, "both", True)]
    old.refresh_from_db()
    assert old.removed_at is not None
    assert timedelta(days=14) <= old.removed_at - before < timedelta(days=14, minutes=1)
    events = Event.objects.filter(subject_kind="SITE", subject_key=SITE).order_by("id")
    assert list(events.values_list("code", "actor", "channel")) == [
        ("certificate.registered", "clerk@meridian.example", "web"),
        ("certificate.replaced", "clerk@meridian.example", "web"),
    ]
    assert "Nothing was changed" in said(register(browser, renewed))
    assert rows() == [("a" * 64, "both", False), (name, "both", True)]


def test_both_count_until_one_rolls_over_at_a_moment(browser: Browser, old: SiteCertificate, renewed: Identity) -> None:
    register(browser, renewed, overlap="both")
    new = SiteCertificate.objects.get(fingerprint=fingerprint(renewed.certificate))
    assert [each[2] for each in rows()] == [True, True]
    address = reverse("own_certificate_change", args=[SITE, new.pk, "take-over"])
    at = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    answer = browser.post(address, {"moment": at.isoformat()}, follow=True)
    assert f"Certificate {new.fingerprint[:16]} takes over on" in said(answer)
    old.refresh_from_db()
    assert old.removed_at == at
    taken_back = browser.post(reverse("own_certificate_change", args=[SITE, new.pk, "take-back"]), follow=True)
    assert f"Certificate {new.fingerprint[:16]} counts no more." in said(taken_back)
    assert [each[2] for each in rows()] == [True, False]


def test_a_moment_in_canberras_time(browser: Browser, old: SiteCertificate, renewed: Identity) -> None:
    answer = register(browser, renewed, overlap="moment", moment="2099-05-21T04:00")
    assert "counts until Thu 21 May 2099 04:00 AEST." in said(answer)


@pytest.mark.parametrize(
    ("moment", "problem"),
    [
        ("", "Enter the moment from which on only the new certificate counts"),
        ("soon", "'soon' is no time."),
        ("2020-01-01", "Enter a moment that is to come"),
        ("2026-04-05T02:30", "twice on that day"),
    ],
)
def test_moments_that_are_none(
    moment: str, problem: str, browser: Browser, old: SiteCertificate, renewed: Identity
) -> None:
    answer = register(browser, renewed, overlap="moment", moment=moment)
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert len(rows()) == 1


@pytest.mark.parametrize("use", ["signing", "encryption"])
def test_for_one_use_alone(use: str, browser: Browser, old: SiteCertificate, renewed: Identity) -> None:
    register(browser, renewed, use=use)
    assert rows() == [("a" * 64, "both", True), (fingerprint(renewed.certificate), use, True)]


@pytest.mark.parametrize("form", ["pem", "der", "p7b"])
def test_the_certificate_may_come_as_a_file(
    form: str, browser: Browser, old: SiteCertificate, renewed: Identity
) -> None:
    one = renewed.certificate
    content = {
        "pem": one.public_bytes(Encoding.PEM),
        "der": one.public_bytes(Encoding.DER),
        "p7b": pkcs7.serialize_certificates([one], Encoding.DER),
    }[form]
    asked = challenge(browser)
    files = {
        "certificate": SimpleUploadedFile(f"new.{form}", content),
        "proof_file": SimpleUploadedFile("proof.pem", prove(asked, renewed).encode()),
    }
    browser.post(RENEWAL, {"challenge": asked, "overlap": "both", **files})
    assert rows()[1][0] == fingerprint(one)


def refused(answer: Any, problem: str) -> None:
    assert (answer.status_code, problem in said(answer)) == (422, True), said(answer)
    assert rows() == [("a" * 64, "both", True)]
    assert not Event.objects.filter(subject_kind="SITE").exists()


def test_without_the_key_nothing_is_registered(
    browser: Browser, old: SiteCertificate, renewed: Identity, authority: Authority
) -> None:
    other = authority.issue("Third device", ADDRESS)
    file = SimpleUploadedFile("new.pem", renewed.certificate.public_bytes(Encoding.PEM))
    refused(register(browser, other, certificate=file), "The challenge was signed with another certificate")
    refused(browser.post(RENEWAL, {"challenge": challenge(browser)}), "Paste the signed challenge")
    refused(
        register(browser, renewed, proof="-----BEGIN CMS-----"),
        "The proof is not good",
    )
    broken = SimpleUploadedFile("new.pem", b"-----BEGIN CERTIFICATE-----")
    refused(register(browser, renewed, certificate=broken), "The certificate cannot be read")


def test_a_challenge_is_for_one_person_and_site_and_a_day(
    browser: Browser, old: SiteCertificate, renewed: Identity, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = sample.trader.pk
    for asked in (possession.challenge(SITE, me + 1), possession.challenge("AAR399A", me), "openics-challenge:made.up"):
        assert not possession.holds(asked, SITE, me)
    asked = possession.challenge(SITE, me + 1)
    refused(browser.post(RENEWAL, {"challenge": asked, "proof": prove(asked, renewed)}), "more than a day old")
    asked = possession.challenge(SITE, me)
    assert possession.holds(asked, SITE, me)
    monkeypatch.setattr(signing.time, "time", lambda: timezone.now().timestamp() + 86_401)  # type: ignore[attr-defined]
    assert not possession.holds(asked, SITE, me)


def test_certificates_that_customs_would_not_take(
    browser: Browser, old: SiteCertificate, authority: Authority, tmp_path: Path
) -> None:
    refused(register(browser, authority.issue("Device", "edi@elsewhere.example")), "It is for edi@elsewhere.example")
    refused(register(browser, Identity.generate("Device", ADDRESS)), "authority")


def test_the_last_certificate_is_not_taken_back(browser: Browser, old: SiteCertificate) -> None:
    address = reverse("own_certificate_change", args=[SITE, old.pk, "take-back"])
    refused(browser.post(address), "Without it the site has no certificate in force for what it is used for.")


def test_who_may_renew(sample: Sample, browse: Browse, old: SiteCertificate) -> None:
    for address in (
        RENEWAL,
        reverse("own_certificate_change", args=[SITE, old.pk, "take-back"]),
        reverse("own_certificate_change", args=[SITE, old.pk, "take-over"]),
    ):
        for method in ("get", "post"):
            seen = [
                getattr(browse(None), method)(address).status_code,
                getattr(browse(sample.newcomer), method)(address).status_code,
                getattr(browse(sample.stranger), method)(address).status_code,
                getattr(browse(sample.officer, "Case 7"), method)(address).status_code,
            ]
            assert (address, seen) == (address, [302, 302, 404, 403])
    missing = reverse("own_certificate_change", args=[SITE, 10**9, "take-back"])
    assert browse(sample.trader).post(missing).status_code == 404
    assert browse(sample.trader).get(reverse("own_certificate_change", args=[SITE, old.pk, "burn"])).status_code == 404
    assert rows() == [("a" * 64, "both", True)]
