"""What leaves: interchanges that only the site can read, notices that anybody can."""

from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openics.channels.mail.sealing import MailSealer, load_certificates, load_ciphers
from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange.outbox import Waiting
from openics.pki import cms, smime
from openics.pki.certificates import der, fingerprint
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.smime import Bounds, unseal
from trading_parties import (
    CUSTOMS,
    GATEWAY_ADDRESS,
    NOW,
    OTHER_SITE,
    SITE,
    SITE_ADDRESS,
    STARTED,
    Parties,
    make_parties,
)

CONTENT = b"UNB+UNOC:3+AAA336C::AAA336C+AAA676Y+260302:2000+00000000000001++++++1'UNZ+0+00000000000001'"
ANSWER = Waiting(7, SITE, SITE_ADDRESS, f"{CUSTOMS}_00000000000001_{SITE}", f"{SITE}_00000000000001.edi", CONTENT, "")
NOTICE = Waiting(8, SITE, "admin@trader.example", "A mail was refused", "", None, "The mail was refused.\n")


@pytest.fixture(scope="module")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Parties:
    """An authority, a gateway and two sites."""
    return make_parties(tmp_path_factory.mktemp("parties"))


@pytest.fixture(scope="module")
def sealer(parties: Parties) -> MailSealer:
    return MailSealer(GatewayKeys.load(parties.keys), GATEWAY_ADDRESS)


class TestSeal:
    def test_an_interchange_is_signed_by_the_gateway_and_opens_with_the_sites_key(
        self, parties: Parties, sealer: MailSealer
    ) -> None:
        sealed = sealer.seal([ANSWER], {SITE: [parties.site.certificate]}, NOW)
        assert sealed.failures == []
        [(row, mail)] = sealed.mails
        found = unseal(mail, [parties.site], Bounds())
        assert row == 7
        assert (found.sender, found.subject, found.filename) == (GATEWAY_ADDRESS, ANSWER.subject, ANSWER.filename)
        assert found.content == CONTENT
        assert found.message_id == "<7.20260302090000000000@customs.example>"
        assert found.signed.signer_certificate == parties.gateway.certificate
        assert message_from_bytes(mail)["To"] == SITE_ADDRESS

    def test_each_certificate_of_the_site_opens_it_and_no_other(self, parties: Parties, sealer: MailSealer) -> None:
        renewed = parties.authority.issue("Trader device", SITE_ADDRESS, at=STARTED)
        certificates = {SITE: [renewed.certificate, parties.site.certificate], OTHER_SITE: [parties.other.certificate]}
        [(_, mail)] = sealer.seal([ANSWER], certificates, NOW).mails
        for identity in (renewed, parties.site):
            assert unseal(mail, [identity], Bounds()).content == CONTENT
        with pytest.raises(PkiError) as raised:
            unseal(mail, [parties.other], Bounds())
        assert raised.value.code == "wrong-key"

    @pytest.mark.parametrize(
        ("reads", "legacy", "cipher"),
        [
            ((), False, "aes256_cbc"),
            (("aes256_gcm", "aes256_cbc"), False, "aes256_gcm"),
            (("aes128_cbc", "tripledes_3key"), True, "aes128_cbc"),
            (("tripledes_3key",), False, "aes256_cbc"),
            (("tripledes_3key",), True, "tripledes_3key"),
        ],
    )
    def test_what_the_site_reads_best_is_used(
        self, parties: Parties, reads: tuple[str, ...], legacy: bool, cipher: str
    ) -> None:
        sealer = MailSealer(GatewayKeys.load(parties.keys), GATEWAY_ADDRESS, legacy=legacy)
        certificates = {SITE: [parties.site.certificate]}
        [(_, mail)] = sealer.seal([ANSWER], certificates, NOW, {SITE: reads}).mails
        enveloped = smime.envelope(mail, Bounds()).enveloped
        assert cms.decrypt(enveloped, [parties.site], legacy=legacy).cipher == cipher

    def test_a_notice_is_plain_text_with_the_gateways_signature(self, parties: Parties, sealer: MailSealer) -> None:
        sealed = sealer.seal([NOTICE], {}, NOW)
        assert sealed.failures == []
        [(row, mail)] = sealed.mails
        parsed = message_from_bytes(mail, policy=policy.SMTP)
        body = parsed.get_body(("plain",))
        assert row == 8
        assert (parsed["From"], parsed["To"], parsed["Subject"]) == (
            GATEWAY_ADDRESS,
            "admin@trader.example",
            NOTICE.subject,
        )
        assert body is not None
        assert body.get_content() == "The mail was refused.\r\n"
        assert smime.signed_content(mail, Bounds()).signer_certificate == parties.gateway.certificate

    def test_what_cannot_be_sealed_is_told_and_does_not_stop_the_rest(
        self, parties: Parties, sealer: MailSealer
    ) -> None:
        other = Waiting(9, OTHER_SITE, "edi@other.example", "S", "f.edi", CONTENT, "")
        broken = Waiting(10, SITE, "edi@trader.example", "a\r\nb", "f.edi", CONTENT, "")
        sealed = sealer.seal([other, broken, ANSWER], {SITE: [parties.site.certificate]}, NOW)
        assert [row for row, _ in sealed.mails] == [7]
        assert sealed.failures == [
            (9, "no-certificate: There is no certificate to encrypt to. Register a valid certificate."),
            (
                10,
                "bad-header: 'a\\r\\nb' cannot stand in a mail header. "
                "Use printable ASCII on one line of at most 998 characters.",
            ),
        ]

    def test_the_key_in_force_at_the_moment_signs(self, parties: Parties, tmp_path: Path) -> None:
        new = parties.authority.issue("CCF E-mail Gateway", GATEWAY_ADDRESS, at=STARTED)
        gateway_key("old", parties.gateway, STARTED).save(tmp_path)
        gateway_key("new", new, NOW).save(tmp_path)
        sealer = MailSealer(GatewayKeys.load(tmp_path), GATEWAY_ADDRESS)
        for at, signer in ((NOW - timedelta(microseconds=1), parties.gateway), (NOW, new)):
            [(_, mail)] = sealer.seal([ANSWER], {SITE: [parties.site.certificate]}, at).mails
            assert unseal(mail, [parties.site], Bounds()).signed.signer_certificate == signer.certificate

    def test_without_a_key_to_sign_with_nothing_is_sealed(self, sealer: MailSealer) -> None:
        with pytest.raises(PkiError) as raised:
            sealer.seal([NOTICE], {}, STARTED - timedelta(days=1))
        assert raised.value.code == "no-gateway-key"


@pytest.mark.django_db
class TestLoadCertificates:
    def test_the_certificates_in_force_are_found_newest_first_in_one_query(self, parties: Parties) -> None:
        owner = Client.objects.create(client_id="51824753556", kind="ABN", name="Trader", match_key="TRADER")
        issued = {
            "expired": parties.authority.issue("Device", SITE_ADDRESS, at=NOW - timedelta(days=730)),
            "first": parties.site,
            "removed": parties.authority.issue("Device", SITE_ADDRESS, at=STARTED),
            "removed later": parties.authority.issue("Device", SITE_ADDRESS, at=STARTED + timedelta(hours=1)),
            "future": parties.authority.issue("Device", SITE_ADDRESS, at=NOW + timedelta(days=1)),
        }
        site = Site.objects.create(site_id=SITE, owner=owner, edi_address=SITE_ADDRESS)
        other = Site.objects.create(site_id=OTHER_SITE, owner=owner, edi_address="edi@other.example")
        for name, identity in issued.items():
            removed_at = {"removed": NOW, "removed later": NOW + timedelta(hours=1)}.get(name)
            _store(site, identity.certificate, removed_at)
        _store(other, parties.other.certificate, None)
        with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
            found = load_certificates(cursor, [SITE, SITE, "FKG373X"], NOW)
        assert len(queries) == 1
        assert found == {SITE: [issued["removed later"].certificate, parties.site.certificate]}


def _store(site: Site, certificate: object, removed_at: object) -> None:
    SiteCertificate.objects.create(
        site=site,
        fingerprint=fingerprint(certificate),  # type: ignore[arg-type]
        der=der(certificate),  # type: ignore[arg-type]
        not_before=certificate.not_valid_before_utc,  # type: ignore[attr-defined]
        not_after=certificate.not_valid_after_utc,  # type: ignore[attr-defined]
        removed_at=removed_at,
    )


@pytest.mark.django_db
def test_what_sites_read_is_loaded_in_one_query(parties: Parties) -> None:
    owner = Client.objects.create(client_id="53004085616", kind="ABN", name="TRADER", match_key="TRADER")
    Site.objects.create(site_id=SITE, owner=owner, edi_address=SITE_ADDRESS, ciphers=["aes256_gcm", "aes256_cbc"])
    Site.objects.create(site_id=OTHER_SITE, owner=owner, edi_address="other@trader.example")
    with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        assert load_ciphers(cursor, [SITE, OTHER_SITE]) == {SITE: ["aes256_gcm", "aes256_cbc"]}
    assert len(queries) == 1
