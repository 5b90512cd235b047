"""What a refusal tells outside: in production nothing that helps to open other people's mail."""

from pathlib import Path

import pytest

from channels.mail.mails import received, registered, sealed
from openics.channels.mail.opening import MailOpener, Register, RegisteredSite
from openics.clients.certificate_rules import SiteCertificate
from openics.exchange.opening import Opened, Refused
from openics.pki import cms, smime
from openics.pki.certificates import described
from openics.pki.ciphers import CIPHERS
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.identity import Identity
from openics.pki.kinds import Kind
from openics.pki.trust import TrustStore
from trading_parties import GATEWAY_ADDRESS, NOW, SITE, SITE_ADDRESS, STARTED, Parties, outgoing

NOT_OPENED = "The mail does not open with the gateway's key, or the signature in it is not right."
TEXT = b"Content-Type: text/plain\r\n\r\nsecret"
ATTACHED = b"Content-Type: application/octet-stream; name=a.edi\r\n\r\nUNB"


def _opener(parties: Parties, *, test: bool = False, legacy: bool = False) -> MailOpener:
    return MailOpener(GatewayKeys.load(parties.keys), TrustStore.load(parties.trust), test=test, legacy=legacy)


def _register(parties: Parties, *more: Identity, **changes: object) -> Register:
    held: dict[str, SiteCertificate] = registered(parties.site, *more)
    site = RegisteredSite(SITE, SITE_ADDRESS, False, True, held, **changes)  # type: ignore[arg-type]
    return Register({SITE: site}, {SITE_ADDRESS: site})


def _envelope(parties: Parties, inner: bytes, cipher: str = "aes256_cbc") -> bytes:
    head = f"From: {SITE_ADDRESS}\r\nTo: {GATEWAY_ADDRESS}\r\nSubject: x\r\n".encode()
    return head + smime.pkcs7_part("enveloped-data", cms.encrypt(inner, [parties.gateway.certificate], cipher))


def _variants(parties: Parties, cipher: str) -> dict[str, bytes]:
    """Mails that fail after the key was used, each at another place inside."""
    signed = cms.sign(ATTACHED, parties.site)
    broken = smime.pkcs7_part("signed-data", signed.replace(b"UNB", b"UNZ"))
    whole = cms.encrypt(broken, [parties.gateway.certificate], cipher)
    head = _envelope(parties, b"").partition(b"Content-Type")[0]
    damaged = head + smime.pkcs7_part("enveloped-data", whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:])
    return {
        "does not open": damaged,
        "no mail inside": _envelope(parties, b"\x00\xff" * 20, cipher),
        "text inside": _envelope(parties, TEXT, cipher),
        "not signed": _envelope(parties, ATTACHED, cipher),
        "not CMS": _envelope(parties, smime.pkcs7_part("signed-data", b"0\x03\x02\x01\x01"), cipher),
        "bad signature": _envelope(parties, broken, cipher),
    }


def _refused(opener: MailOpener, mail: bytes, register: Register) -> Refused:
    found = opener.open(received(mail), register, NOW)
    assert isinstance(found, Refused)
    return found


def test_in_production_every_failure_behind_the_key_looks_alike(parties: Parties) -> None:
    opener, register = _opener(parties), _register(parties)
    found = {name: _refused(opener, mail, register) for name, mail in _variants(parties, "aes256_cbc").items()}
    assert {each.outside[:2] for each in found.values()} == {("not-opened", NOT_OPENED)}
    assert len({(each.outside, each.notify, each.withheld) for each in found.values()}) == 1
    assert {each.notify for each in found.values()} == {SITE}
    assert len({(each.code, each.text) for each in found.values()}) >= 4, "the operator sees which it was"


def test_in_industry_test_developers_are_told(parties: Parties) -> None:
    opener, register = _opener(parties, test=True), _register(parties)
    found = {name: _refused(opener, mail, register) for name, mail in _variants(parties, "aes256_cbc").items()}
    assert {name: each.outside[0] for name, each in found.items()} == {name: each.code for name, each in found.items()}
    assert found["not signed"].outside[0] == "not-signed"
    assert found["bad signature"].outside[0] == "bad-signature"
    assert {each.withheld for each in found.values()} == {False}


def test_an_authenticated_cipher_shows_that_nothing_was_changed_so_all_is_told(parties: Parties) -> None:
    opener, register = _opener(parties), _register(parties)
    found = {name: _refused(opener, mail, register) for name, mail in _variants(parties, "aes256_gcm").items()}
    assert {name: each.withheld for name, each in found.items()} == {name: name == "does not open" for name in found}
    assert found["not signed"].outside[0] == "not-signed"


@pytest.mark.parametrize("cipher", ["aes256_cbc", "aes256_gcm"])
def test_what_stands_outside_or_was_signed_is_told_in_production(parties: Parties, cipher: str) -> None:
    opener, register = _opener(parties), _register(parties)
    other = smime.seal(outgoing(), parties.site, [parties.other.certificate], cipher)
    assert _refused(opener, other, register).outside[0] == "wrong-key"
    assert "is not encrypted to any certificate in use here" in _refused(opener, other, register).outside[1]
    stranger = smime.seal(outgoing(), parties.other, [parties.gateway.certificate], cipher)
    assert _refused(opener, stranger, register).outside[0] == "unregistered-certificate"


class TestCiphers:
    def test_what_a_site_reads_is_news_once(self, parties: Parties) -> None:
        mail, opener = sealed(parties), _opener(parties)
        reads = ("aes256_gcm", "aes128_gcm", "aes256_cbc", "aes192_cbc", "aes128_cbc")
        first = opener.open(received(mail), _register(parties), NOW)
        again = opener.open(received(mail), _register(parties, ciphers=reads), NOW)
        assert isinstance(first, Opened)
        assert isinstance(again, Opened)
        assert (first.ciphers, again.ciphers) == (reads, None)

    @pytest.mark.parametrize("cipher", [name for name, one in CIPHERS.items() if not one.legacy])
    def test_a_mail_in_each_cipher(self, parties: Parties, cipher: str) -> None:
        mail = smime.seal(outgoing(), parties.site, [parties.gateway.certificate], cipher)
        assert isinstance(_opener(parties).open(received(mail), _register(parties), NOW), Opened)

    def test_triple_des_only_where_it_is_allowed(self, parties: Parties) -> None:
        mail = smime.seal(outgoing(), parties.site, [parties.gateway.certificate], "tripledes_3key")
        register = _register(parties)
        assert _refused(_opener(parties), mail, register).outside[0] == "weak-algorithm"
        assert isinstance(_opener(parties, legacy=True).open(received(mail), register, NOW), Opened)


class TestKinds:
    @pytest.mark.parametrize(("kind", "for_others"), [(Kind.DEVICE, False), (Kind.HOST, True)])
    def test_a_host_bureau_may_send_for_others(self, parties: Parties, kind: Kind, for_others: bool) -> None:
        signer = parties.authority.issue("Device", SITE_ADDRESS, at=STARTED, kind=kind)
        found = _opener(parties).open(received(sealed(parties, signer)), _register(parties, signer), NOW)
        assert isinstance(found, Opened)
        assert (found.for_others, found.checks[3].detail) == (for_others, f"{kind.value}, valid until 2028-02-29")

    def test_a_person_signs_no_interchange(self, parties: Parties, tmp_path: Path) -> None:
        signer = parties.authority.issue("Person", SITE_ADDRESS, at=STARTED, kind=Kind.ORGANISATION)
        found = _refused(_opener(parties), sealed(parties, signer), _register(parties, signer))
        assert (found.code, found.text) == (
            "wrong-usage",
            f"The certificate {described(signer.certificate)} is not made for signing mail.",
        )
