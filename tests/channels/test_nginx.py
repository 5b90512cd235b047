"""Signing in with a certificate through Debian's nginx with the configuration that we write, before waitress."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import cache

from channels.front import SECRET, Answer, Browser, free_port, heading, need_nginx, nginx, web
from openics.channels.sign_in.models import PersonCertificate
from openics.ops.nginx import Front, write
from openics.ops.settings import Settings
from openics.pki.certificates import der, fingerprint
from person_certificates import NAME, POLICY, Held, authority, of_person, of_server
from web.sample import Sample, code_of, make

TEXT = "Your browser presented this certificate, and proved to have its key."
NONE = "Your browser did not present a certificate."


@dataclass
class Site:
    """The proxy's port, the server's own, and where things lie."""

    https: int
    back_end: int
    here: Path
    sample: Sample

    def browser(self, held: Held | None = None, headers: list[tuple[str, str]] | None = None) -> Browser:
        """Somebody outside, with a certificate or without."""
        path = held.save(self.here / "presented.pem") if held else None
        return Browser(self.https, self.here / "root.pem", path, headers or [])


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Site]:
    """Nginx and the web process, both real."""
    need_nginx()
    cache.clear()
    sample, home = make(), tmp_path / "home"
    root = authority(tmp_path / "ca", home / "pki" / "trust")
    (tmp_path / "root.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    settings.TRUST_DIRECTORY, settings.PROXY_SECRET = home / "pki" / "trust", SECRET
    settings.SIGN_IN_POLICIES = frozenset({POLICY})
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = [NAME], [f"https://{NAME}"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    server, port = of_server(tmp_path / "ca").save(tmp_path / "server.pem"), free_port()
    with web() as back_end:
        chosen = Settings(home=home, web_url=f"https://{NAME}", web_port=back_end, proxy_secret=SECRET)
        write(chosen, Front(server, server, port, free_port(), "127.0.0.1"), tmp_path)
        with nginx(tmp_path, port):
            yield Site(port, back_end, tmp_path, sample)


def registered(site: Site, held: Held) -> PersonCertificate:
    """The certificate as one that signs the trader in."""
    certificate = held.certificate
    return PersonCertificate.objects.create(
        person=site.sample.trader,
        fingerprint=fingerprint(certificate),
        der=der(certificate),
        subject="CN=EXPORT CLERK",
        issuer="CN=OpenICS Test Authority",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        confirmed_at=certificate.not_valid_before_utc,
    )


def sign_in(browser: Browser) -> Answer:
    """Open the page and press its button."""
    browser.get("/account/certificate/")
    return browser.post("/account/certificate/")


def test_a_certificate_of_an_identified_person_signs_in_alone(site: Site) -> None:
    held = of_person(site.here / "ca", policy=POLICY)
    row, browser = registered(site, held), site.browser(held)
    assert TEXT in browser.get("/account/certificate/").text
    answer = browser.post("/account/certificate/")
    assert (answer.status, answer.headers["Location"]) == (302, "/messages/")
    assert heading(browser.get("/messages/").text) == "Messages"
    begun = site.sample.trader.sign_ins.get()
    assert (begun.method, begun.certificate, begun.address) == ("certificate", row, "127.0.0.1")


def test_any_other_certificate_is_the_first_of_two_factors(site: Site) -> None:
    held = of_person(site.here / "ca")
    registered(site, held)
    browser = site.browser(held)
    assert sign_in(browser).headers["Location"] == "/account/security/code/"
    assert browser.get("/messages/").status == 302
    answer = browser.post("/account/security/code/", {"code": code_of(site.sample.trader)})
    assert (answer.status, answer.headers["Location"]) == (302, "/messages/")
    assert site.sample.trader.sign_ins.get().method == "certificate and one-time code"


def test_no_certificate(site: Site) -> None:
    browser = site.browser()
    assert NONE in browser.get("/account/certificate/").text
    assert browser.post("/account/certificate/").status == 422
    assert site.sample.trader.sign_ins.count() == 0


def test_a_certificate_of_another_authority(site: Site, tmp_path: Path) -> None:
    authority(tmp_path / "other")
    held = of_person(tmp_path / "other", policy=POLICY)
    registered(site, held)
    browser = site.browser(held)
    page = browser.get("/account/certificate/")
    assert (page.status, "Your browser presented a certificate that is not accepted here" in page.text) == (200, True)
    assert browser.post("/account/certificate/").status == 422
    assert site.sample.trader.sign_ins.count() == 0


def test_a_certificate_that_has_expired_does_not_keep_anybody_from_the_pages(site: Site) -> None:
    held = of_person(site.here / "ca", days=(-30, -1))
    registered(site, held)
    browser = site.browser(held)
    page = browser.get("/account/certificate/")
    assert (page.status, "not accepted here: certificate has expired." in page.text) == (200, True)
    assert browser.post("/account/certificate/").status == 422
    assert site.sample.trader.sign_ins.count() == 0


@pytest.mark.parametrize("spelling", ["X-Client-{}", "X_Client_{}", "x-client-{}", "X-CLIENT-{}"])
def test_headers_from_outside_are_not_believed(site: Site, spelling: str) -> None:
    held = of_person(site.here / "ca", policy=POLICY)
    registered(site, held)
    smuggled = [(spelling.format("Verify"), "SUCCESS"), (spelling.format("Certificate"), held.escaped)]
    browser = site.browser(headers=[*smuggled, *smuggled])
    assert NONE in browser.get("/account/certificate/").text
    assert browser.post("/account/certificate/").status == 422
    assert site.sample.trader.sign_ins.count() == 0


def test_the_address_of_the_browser_is_not_its_own_choice(site: Site) -> None:
    held = of_person(site.here / "ca", policy=POLICY)
    registered(site, held)
    headers = [
        ("X-Client-Address", "203.0.113.7"),
        ("X-Forwarded-For", "203.0.113.8"),
        ("Forwarded", "for=203.0.113.9"),
    ]
    assert sign_in(site.browser(held, headers)).status == 302
    assert site.sample.trader.sign_ins.get().address == "127.0.0.1"


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], f"{SECRET}, {SECRET}"])
def test_past_the_proxy_nothing_is_believed(site: Site, secret: str) -> None:
    held = of_person(site.here / "ca", policy=POLICY)
    registered(site, held)
    said = [("X-Client-Verify", "SUCCESS"), ("X-Client-Certificate", held.escaped), ("X-Proxy-Secret", secret)]
    browser = Browser(site.back_end, headers=said)
    assert NONE in browser.get("/account/certificate/").text
    assert browser.post("/account/certificate/").status == 422
    assert site.sample.trader.sign_ins.count() == 0


def test_headers_sent_twice_past_the_proxy_are_not_believed(site: Site) -> None:
    held = of_person(site.here / "ca", policy=POLICY)
    registered(site, held)
    said = [("X-Client-Verify", "SUCCESS"), ("X-Client-Certificate", held.escaped), ("X-Proxy-Secret", SECRET)]
    for doubled in range(3):
        browser = Browser(site.back_end, headers=[*said, said[doubled]])
        assert TEXT not in browser.get("/account/certificate/").text
        assert browser.post("/account/certificate/").status == 422
    assert site.sample.trader.sign_ins.count() == 0


def test_browsers_are_told_to_insist_on_https_and_cookies_are_for_it_alone(site: Site) -> None:
    browser = site.browser()
    page = browser.get("/account/sign-in/")
    assert page.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "Secure" in page.headers["Set-Cookie"]


def test_what_is_for_operators_is_not_for_the_world_under_another_name(site: Site) -> None:
    assert site.browser().get("/health/live").status == 200
    configuration = (site.here / "openics.conf").read_text()
    assert "deny all;" in configuration.partition("location ~ ^/(metrics|health)")[2].partition("}")[0]


def test_a_larger_body_than_ours_is_refused_before_it_is_read(site: Site) -> None:
    assert site.browser().announce("/account/certificate/", Settings().max_mail_bytes + 1) == 413


def test_the_secret_is_readable_by_its_owner_alone(site: Site) -> None:
    assert stat.S_IMODE((site.here / "openics-secret.conf").stat().st_mode) == 0o600
    assert SECRET not in (site.here / "openics.conf").read_text()
