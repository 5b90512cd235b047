"""Asking the test authority for a certificate in a browser: the key is made there and stays there."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from openics.clients.models import Site, SiteCertificate
from openics.pki import cms
from openics.pki.certificates import may_encrypt_to
from openics.pki.identity import Identity
from openics.pki.trust import TrustStore
from openics.sandbox.authority import Authority
from web.conftest import OpenBrowser
from web.sample import Sample
from web.test_accessible import check

FORM = "/sandbox/certificates/"


@pytest.fixture
def authority(tmp_path: Path, settings: Any, sample: Sample) -> Authority:
    settings.PKI_DIRECTORY = tmp_path / "pki"
    settings.TRUST_DIRECTORY = tmp_path / "pki" / "trust"
    made = Authority.create(tmp_path / "pki" / "authority")
    made.install(tmp_path / "pki" / "trust")
    Site.objects.update(test=True)
    return made


@pytest.mark.parametrize("algorithm", ["Elliptic (P-256)", "RSA (2048 bits)"])
def test_a_key_made_in_the_browser_signs_and_opens_mail(
    visit: OpenBrowser, sample: Sample, assets: Path, tmp_path: Path, authority: Authority, algorithm: str
) -> None:
    page = visit(sample.trader)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    page.goto(FORM)
    page.get_by_label("Device certificate of site AAA676Y").check()
    page.get_by_label(algorithm).check()
    page.get_by_role("button", name="Make a key and a request").click()
    page.get_by_text("A key and a request for").wait_for()
    check(page, assets)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the private key").click()
    key = load_pem_private_key(Path(download.value.path()).read_bytes(), None)
    page.get_by_role("button", name="Issue the certificate").click()
    page.get_by_role("button", name="Register it to site AAA676Y").wait_for()
    check(page, assets)
    [issued] = authority.issued()
    certificate = authority.certificate_of(issued)
    assert not any("PRIVATE" in each for each in sent)
    identity = Identity(certificate, key)  # type: ignore[arg-type]
    assert cms.verify(cms.sign(b"content", identity)).signer_certificate == certificate
    assert may_encrypt_to(certificate) is True
    assert cms.decrypt(cms.encrypt(b"content", [certificate]), [identity]).content == b"content"
    TrustStore.load(tmp_path / "pki" / "trust").validate(certificate, (), datetime.now(UTC))
    page.get_by_role("button", name="Register it to site AAA676Y").click()
    page.get_by_text("is registered to site AAA676Y.").wait_for()
    assert SiteCertificate.objects.get().site_id == "AAA676Y"


def test_without_scripts_the_form_takes_a_request(
    visit: OpenBrowser, sample: Sample, assets: Path, authority: Authority
) -> None:
    page = visit(sample.trader, java_script_enabled=False)
    page.goto(FORM)
    assert page.get_by_role("button", name="Make a key and a request").is_visible() is False
    page.get_by_role("button", name="Issue the certificate").click()
    assert page.get_by_role("link", name="Give a signing request").is_visible()
    assert authority.issued() == []


def test_the_form_and_its_problem_for_everybody(
    visit: OpenBrowser, sample: Sample, assets: Path, authority: Authority
) -> None:
    page = visit(sample.trader)
    check(page, assets, FORM)
    page.get_by_role("button", name="Issue the certificate").click()
    page.get_by_role("link", name="Give a signing request").wait_for()
    check(page, assets)


def test_a_name_with_letters_of_all_kinds_is_written_as_it_is(
    visit: OpenBrowser, sample: Sample, authority: Authority
) -> None:
    sample.trader.name = "ÅSA & SØNS 東京"
    sample.trader.save()
    page = visit(sample.trader)
    page.goto(FORM)
    page.get_by_label("Individual certificate of your own").check()
    page.get_by_role("button", name="Make a key and a request").click()
    page.get_by_text("A key and a request for").wait_for()
    page.get_by_role("button", name="Issue the certificate").click()
    page.get_by_role("button", name="Download the certificate").wait_for()
    subject = authority.certificate_of(authority.issued()[0]).subject
    names = {attribute.rfc4514_attribute_name: attribute.value for attribute in subject}
    assert (names["CN"], names["O"]) == ("ÅSA & SØNS 東京", sample.trader.client.name)
    assert isinstance(subject, x509.Name)
