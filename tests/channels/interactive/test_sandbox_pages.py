"""Pages of the test authority: who may ask for what, and what comes of it."""

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channels.interactive.conftest import Browse
from openics.channels.interactive.access import Access
from openics.clients.models import Site, SiteCertificate
from openics.exchange.models import Event
from openics.pki.certificates import addresses, fingerprint
from openics.pki.identity import request, subject_name
from openics.pki.kinds import Kind, kind_of
from openics.sandbox import urls
from openics.sandbox.authority import Authority
from openics.sandbox.profiles import MARKS
from web.sample import Sample

FORM = "/sandbox/certificates/"


@pytest.fixture
def authority(tmp_path: Path, settings: Any) -> Authority:
    """The authority of an instance in industry test."""
    settings.PKI_DIRECTORY = tmp_path / "pki"
    settings.TRUST_DIRECTORY = tmp_path / "pki" / "trust"
    made = Authority.create(tmp_path / "pki" / "authority")
    made.install(tmp_path / "pki" / "trust")
    Site.objects.update(test=True)
    return made


def _site(sample: Sample) -> Site:
    found = Site.objects.get(owner=sample.trader.client)
    found.test = True
    found.save()
    return found


def _ask(client: Client, purpose: str, text: bytes, **more: object) -> Any:
    return client.post(FORM, {"purpose": purpose, "request": text.decode(), **more})


def _problem(answer: Any) -> str:
    assert answer.status_code == 422
    summary = answer.content.decode().partition('govuk-error-summary__list">')[2].partition("</ul>")[0]
    return summary.partition(">")[2].partition(">")[2].partition("</a>")[0].strip().replace("&#39;", "'")


class TestAsking:
    def test_a_device_certificate_is_issued_and_registered_by_a_click(
        self, sample: Sample, browse: Browse, authority: Authority
    ) -> None:
        site, client = _site(sample), browse(sample.trader)
        key, text = request(site.site_id, site.edi_address, "Trader")
        answer = _ask(client, site.site_id, text)
        [issued] = authority.issued()
        assert (answer.status_code, answer["Location"]) == (302, f"{FORM}{issued.serial}/")
        page = client.get(answer["Location"]).content.decode()
        assert f"Register it to site {site.site_id}" in page
        file = client.get(f"{FORM}{issued.serial}.pem")
        certificate = x509.load_pem_x509_certificate(file.content)
        assert file["Content-Disposition"] == f'attachment; filename="{issued.serial[:16]}.pem"'
        assert certificate.public_key() == key.public_key()
        assert (addresses(certificate), kind_of(certificate, {MARKS[Kind.DEVICE]: Kind.DEVICE})) == (
            (site.edi_address,),
            Kind.DEVICE,
        )
        assert not SiteCertificate.objects.filter(fingerprint=fingerprint(certificate)).exists()
        answer = client.post(f"{FORM}{issued.serial}/register", follow=True)
        assert f"Certificate {fingerprint(certificate)[:16]} is registered to site {site.site_id}." in (
            answer.content.decode()
        )
        assert SiteCertificate.objects.get(fingerprint=fingerprint(certificate)).site_id == site.site_id
        event = Event.objects.get(code="certificate.registered")
        assert (event.actor, event.channel, event.subject_key) == (sample.trader.email, "web", site.site_id)
        again = client.post(f"{FORM}{issued.serial}/register", follow=True).content.decode()
        assert f"was registered already to site {site.site_id}." in again
        assert Event.objects.filter(code="certificate.registered").count() == 1

    def test_only_who_may_amend_sites_registers_it(self, sample: Sample, browse: Browse, authority: Authority) -> None:
        site, client = _site(sample), browse(sample.trader)
        _, text = request(site.site_id, site.edi_address, "Trader")
        _ask(client, site.site_id, text)
        [issued] = authority.issued()
        registered = SiteCertificate.objects.count()
        sample.trader.grants.filter(application="sites", level="amend").delete()
        page = client.get(f"{FORM}{issued.serial}/")
        assert (page.status_code, "Register it" in page.content.decode()) == (200, False)
        assert client.post(f"{FORM}{issued.serial}/register").status_code == 403
        assert SiteCertificate.objects.count() == registered

    @pytest.mark.parametrize("kind", [Kind.INDIVIDUAL, Kind.ORGANISATION])
    def test_a_persons_own_certificate(self, sample: Sample, browse: Browse, authority: Authority, kind: Kind) -> None:
        client = browse(sample.trader)
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.SubjectAlternativeName([x509.RFC822Name(sample.trader.email)])
        builder = x509.CertificateSigningRequestBuilder().subject_name(subject_name("Trader"))
        signed = builder.add_extension(name, critical=False).sign(key, hashes.SHA256())
        file = SimpleUploadedFile("request.csr", signed.public_bytes(Encoding.PEM))
        answer = client.post(FORM, {"purpose": kind.value, "request": "", "file": file})
        [issued] = authority.issued()
        assert answer.status_code == 302
        certificate = authority.certificate_of(issued)
        assert kind_of(certificate, {mark: each for each, mark in MARKS.items()}) is kind
        assert certificate.public_key() == key.public_key()
        assert "Register it" not in client.get(answer["Location"]).content.decode()
        assert client.post(f"{FORM}{issued.serial}/register").status_code == 404

    def test_a_request_for_another_address_is_refused(
        self, sample: Sample, browse: Browse, authority: Authority
    ) -> None:
        site = _site(sample)
        _, text = request(site.site_id, "edi@other.example", "Trader")
        assert _problem(_ask(browse(sample.trader), site.site_id, text)) == (
            f"The request is for edi@other.example; this certificate is for {site.edi_address}. "
            "Make the request anew, with this one e-mail address as subject alternative name."
        )
        assert authority.issued() == []

    def test_another_clients_site_and_a_host_bureau_are_not_offered(
        self, sample: Sample, browse: Browse, authority: Authority
    ) -> None:
        foreign = Site.objects.get(owner=sample.stranger.client)
        _, text = request(foreign.site_id, foreign.edi_address, "Trader")
        client = browse(sample.trader)
        for purpose in (foreign.site_id, "host", ""):
            assert _problem(_ask(client, purpose, text)) == "Choose what the certificate is for"
        assert authority.issued() == []

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "Give a signing request"),
            ("-----BEGIN CERTIFICATE REQUEST-----\nrubbish", "The signing request cannot be read (ValueError"),
            ("a" * 20_001, "The request has 20001 characters. One is about 1,000 characters long."),
        ],
    )
    def test_what_is_no_request_is_refused(
        self, sample: Sample, browse: Browse, authority: Authority, text: str, problem: str
    ) -> None:
        site = _site(sample)
        assert _problem(_ask(browse(sample.trader), site.site_id, text.encode())).startswith(problem)
        assert authority.issued() == []

    def test_a_request_for_two_addresses_and_one_signed_by_another_key(
        self, sample: Sample, browse: Browse, authority: Authority
    ) -> None:
        site, client = _site(sample), browse(sample.trader)
        key = ec.generate_private_key(ec.SECP256R1())
        both = x509.SubjectAlternativeName([x509.RFC822Name(site.edi_address), x509.RFC822Name("edi@other.example")])
        builder = x509.CertificateSigningRequestBuilder().subject_name(subject_name("Trader"))
        two = builder.add_extension(both, critical=False).sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
        assert _problem(_ask(client, site.site_id, two)).startswith(
            f"The request is for {site.edi_address}, edi@other.example; this certificate is for {site.edi_address}."
        )
        _, text = request(site.site_id, site.edi_address, "Trader")
        der = bytearray(x509.load_pem_x509_csr(text).public_bytes(Encoding.DER))
        der[-1] ^= 1
        forged = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)
        assert _problem(_ask(client, site.site_id, forged)).startswith(
            "The signing request does not prove one key for one address."
        )
        assert authority.issued() == []


class TestWho:
    def test_every_route_has_a_rule(self) -> None:
        assert {route.name: route.callback.access for route in urls.urlpatterns} == {
            "sandbox_certificates": Access.TRADER,
            "sandbox_certificate": Access.TRADER,
            "sandbox_register": Access.SITES,
            "sandbox_certificate_file": Access.TRADER,
            "sandbox_root": Access.PUBLIC,
            "sandbox_revocation_list": Access.PUBLIC,
            "sandbox_status": Access.PUBLIC,
        }

    def test_somebody_elses_certificate_is_not_there(
        self, sample: Sample, browse: Browse, authority: Authority
    ) -> None:
        site = _site(sample)
        _, text = request(site.site_id, site.edi_address, "Trader")
        _ask(browse(sample.trader), site.site_id, text)
        serial = authority.issued()[0].serial
        own = authority.issue("Gateway", "ccf@customs.example")
        for number in (serial, f"{own.certificate.serial_number:x}", "12"):
            for address in (f"{FORM}{number}/", f"{FORM}{number}.pem"):
                assert browse(sample.stranger).get(address).status_code == 404
            assert browse(sample.stranger).post(f"{FORM}{number}/register").status_code == 404
        assert serial[:16] not in browse(sample.stranger).get(FORM).content.decode()
        assert serial[:16] in browse(sample.trader).get(FORM).content.decode()
        assert browse(None).get(f"{FORM}{serial}/").status_code == 302
        assert browse(sample.officer, "Case 7").get(FORM).status_code == 403

    @pytest.mark.parametrize("where", ["production", "without an authority"])
    def test_elsewhere_there_are_no_such_pages(
        self, sample: Sample, browse: Browse, authority: Authority, settings: Any, tmp_path: Path, where: str
    ) -> None:
        if where == "production":
            settings.TEST_ENVIRONMENT = False
        else:
            settings.PKI_DIRECTORY = tmp_path / "none"
        for route in ("sandbox_certificates", "sandbox_root", "sandbox_revocation_list"):
            assert browse(sample.trader).get(reverse(route)).status_code == 404
        assert browse(sample.trader).post(reverse("sandbox_status"), b"", content_type="a/b").status_code == 404


def test_the_way_there_is_shown_only_where_it_leads_somewhere(
    sample: Sample, browse: Browse, authority: Authority, settings: Any, tmp_path: Path
) -> None:
    shown = {"/certificates/": None, f"/sites/{_site(sample).site_id}/": sample.trader}
    for address, person in shown.items():
        assert f'href="{FORM}"' in browse(person).get(address).content.decode()
    settings.PKI_DIRECTORY = tmp_path / "none"
    for address, person in shown.items():
        assert FORM not in browse(person).get(address).content.decode()


class TestPublished:
    def test_the_root_and_the_list(self, sample: Sample, browse: Browse, authority: Authority) -> None:
        root = browse(None).get(reverse("sandbox_root"))
        assert x509.load_pem_x509_certificate(root.content) == authority.certificate
        device = authority.issue("Device", "edi@trader.example").certificate
        authority.revoke(device)
        listed = browse(None).get(reverse("sandbox_revocation_list"))
        assert listed["Content-Type"] == "application/pkix-crl"
        found = x509.load_der_x509_crl(listed.content)
        assert [entry.serial_number for entry in found] == [device.serial_number]

    def test_how_a_certificate_stands(self, sample: Sample, browse: Browse, authority: Authority) -> None:
        good, revoked = (authority.issue("Device", "edi@trader.example").certificate for _ in range(2))
        authority.revoke(revoked)
        seen = {}
        for certificate in (good, revoked):
            builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, authority.certificate, hashes.SHA1())
            asked = builder.build().public_bytes(Encoding.DER)
            answer = Client(enforce_csrf_checks=True).post(
                reverse("sandbox_status"), asked, content_type="application/ocsp-request"
            )
            assert answer["Content-Type"] == "application/ocsp-response"
            found = ocsp.load_der_ocsp_response(answer.content)
            assert found.next_update_utc is not None
            assert found.this_update_utc <= timezone.now() < found.next_update_utc
            seen[certificate.serial_number] = found.certificate_status
        assert seen == {
            good.serial_number: ocsp.OCSPCertStatus.GOOD,
            revoked.serial_number: ocsp.OCSPCertStatus.REVOKED,
        }
