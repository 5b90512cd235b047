"""What the gateway makes of received mail: opened, or refused with the reason, the rule and whom to tell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.mail.mails import received, registered, sealed
from openics.channels.mail.opening import MailOpener, Register, RegisteredSite
from openics.exchange.opening import Check, Opened, Refused
from openics.pki import cms, smime
from openics.pki.certificates import described, fingerprint
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.identity import Identity
from openics.pki.smime import Bounds
from openics.pki.trust import TrustStore
from trading_parties import (
    CUSTOMS,
    INTERCHANGE,
    NOW,
    OTHER_ADDRESS,
    OTHER_SITE,
    SITE,
    SITE_ADDRESS,
    STARTED,
    Parties,
    envelope_of,
    make_parties,
    outgoing,
    signed_mail,
)

STEPS = (
    "mail",
    "encryption",
    "signature",
    "trust",
    "attachment",
    "size",
    "subject",
    "interchange header",
    "file name",
    "site",
    "environment",
    "site certificate",
    "address",
)
SUBJECT = f"{SITE}_200401270001_{CUSTOMS}"
ATTACHED = f"Content-Type: application/octet-stream; name={SITE}_200401270001.edi\r\n\r\n".encode() + INTERCHANGE
LATER = NOW + timedelta(minutes=5)


@pytest.fixture(scope="module")
def register(parties: Parties) -> Register:
    """Both sites as registered."""
    site = RegisteredSite(SITE, SITE_ADDRESS, True, True, registered(parties.site))
    other = RegisteredSite(OTHER_SITE, OTHER_ADDRESS, True, True, registered(parties.other, site=OTHER_SITE))
    return _register(site, other)


def _register(*sites: RegisteredSite) -> Register:
    return Register({site.site: site for site in sites}, {site.address: site for site in sites})


def _changed(register: Register, **changes: object) -> Register:
    """The register with the first site changed."""
    site = replace(register.by_id[SITE], **changes)  # type: ignore[arg-type]
    return _register(site, register.by_id[OTHER_SITE])


Refuse = Callable[..., Refused]


@pytest.fixture
def refuse(opener: MailOpener, register: Register) -> Refuse:
    """Open a mail that must be refused; the checks before the refused one passed, and none came after."""

    def _open(mail: bytes, facts: Register = register, at: datetime = NOW, by: MailOpener = opener) -> Refused:
        found = by.open(received(mail, at), facts, LATER)
        assert isinstance(found, Refused)
        assert [check.passed for check in found.checks] == [True] * (len(found.checks) - 1) + [False]
        assert tuple(check.name for check in found.checks) == STEPS[: len(found.checks)]
        assert found.checks[-1].detail == found.text
        assert found.fix
        return found

    return _open


def _gist(found: Refused) -> tuple[str, str, str, str]:
    """Code, rule, whom to tell, and the step at which it ended."""
    return found.code, found.rule, found.notify, found.checks[-1].name


class TestOpened:
    def test_a_good_mail_is_opened_and_every_check_is_told(
        self, parties: Parties, opener: MailOpener, register: Register
    ) -> None:
        found = opener.open(received(sealed(parties)), register, LATER)
        site = parties.site.certificate
        assert found == Opened(
            SITE,
            INTERCHANGE,
            (
                Check("mail", True, f"from {SITE_ADDRESS}"),
                Check("encryption", True, f"with the key of {described(parties.gateway.certificate)}", "E4"),
                Check("signature", True, f"sha256 by {described(site)}", "E4"),
                Check("trust", True, "device, valid until 2028-02-29", "E4"),
                Check("attachment", True, f"{SITE}_200401270001.edi", "E1"),
                Check("size", True, f"{len(INTERCHANGE)} bytes", "E5"),
                Check("subject", True, SUBJECT, "E6"),
                Check("interchange header", True, "the same as the subject", "E7"),
                Check("file name", True, f"{SITE}_200401270001.edi", "E9"),
                Check("site", True, SITE),
                Check("environment", True, "industry test"),
                Check("site certificate", True, f"SHA-256 {fingerprint(site)}"),
                Check("address", True, SITE_ADDRESS),
            ),
            fingerprint(parties.gateway.certificate),
            ciphers=("aes256_gcm", "aes128_gcm", "aes256_cbc", "aes192_cbc", "aes128_cbc"),
        )

    def test_addresses_are_compared_without_case(
        self, parties: Parties, opener: MailOpener, register: Register
    ) -> None:
        mail = sealed(parties, sender="EDI desk <EDI@Trader.Example>")
        assert isinstance(opener.open(received(mail), register, LATER), Opened)

    def test_two_registered_certificates_are_both_accepted(
        self, parties: Parties, opener: MailOpener, register: Register
    ) -> None:
        renewed = parties.authority.issue("Trader device", SITE_ADDRESS, at=STARTED)
        facts = _changed(register, certificates=registered(parties.site, renewed))
        for signer in (parties.site, renewed):
            assert isinstance(opener.open(received(sealed(parties, signer)), facts, LATER), Opened)

    def test_a_mail_to_an_older_gateway_key_is_opened_until_it_retires(
        self, parties: Parties, register: Register, tmp_path: Path, refuse: Refuse
    ) -> None:
        new = parties.authority.issue("CCF E-mail Gateway", "ccf@customs.example", at=STARTED)
        gateway_key("old", parties.gateway, STARTED, retire_at=NOW + timedelta(days=1)).save(tmp_path)
        gateway_key("new", new, NOW).save(tmp_path)
        opener = MailOpener(GatewayKeys.load(tmp_path), TrustStore.load(parties.trust), test=True)
        assert isinstance(opener.open(received(sealed(parties)), register, LATER), Opened)
        late = refuse(sealed(parties), at=NOW + timedelta(days=1), by=opener)
        assert _gist(late) == ("wrong-key", "E4", SITE, "encryption")


class TestMailRules:
    def test_what_is_no_mail_tells_nobody(self, refuse: Refuse) -> None:
        assert _gist(refuse(b"rubbish")) == ("not-mail", "", "", "mail")

    def test_a_mail_too_large(self, parties: Parties, refuse: Refuse) -> None:
        opener = MailOpener(
            GatewayKeys.load(parties.keys), TrustStore.load(parties.trust), test=True, bounds=Bounds(max_bytes=100)
        )
        assert _gist(refuse(sealed(parties), by=opener)) == ("too-large", "E5", SITE, "mail")

    def test_an_interchange_too_large(self, parties: Parties, register: Register, refuse: Refuse) -> None:
        keys, trust = GatewayKeys.load(parties.keys), TrustStore.load(parties.trust)
        exact = MailOpener(keys, trust, test=True, max_interchange_bytes=len(INTERCHANGE))
        assert isinstance(exact.open(received(sealed(parties)), register, LATER), Opened)
        less = MailOpener(keys, trust, test=True, max_interchange_bytes=len(INTERCHANGE) - 1)
        assert _gist(refuse(sealed(parties), by=less)) == ("too-large", "E5", SITE, "size")

    def test_a_mail_in_the_clear(self, parties: Parties, refuse: Refuse) -> None:
        mail = f"From: {SITE_ADDRESS}\r\nSubject: {SUBJECT}\r\n".encode() + ATTACHED
        assert _gist(refuse(mail)) == ("not-encrypted", "E4", SITE, "mail")

    def test_a_mail_that_is_not_signed(self, parties: Parties, refuse: Refuse) -> None:
        assert _gist(refuse(envelope_of(ATTACHED, parties.gateway))) == ("not-signed", "E4", SITE, "signature")

    def test_a_mail_to_another_key(self, parties: Parties, refuse: Refuse) -> None:
        mail = smime.seal(outgoing(), parties.site, [parties.other.certificate])
        assert _gist(refuse(mail)) == ("wrong-key", "E4", SITE, "encryption")

    def test_a_tampered_mail(self, parties: Parties, refuse: Refuse) -> None:
        letter = smime.pkcs7_part("signed-data", cms.sign(ATTACHED, parties.site).replace(b"REF1", b"REF2"))
        mail = envelope_of(letter, parties.gateway)
        assert _gist(refuse(mail)) == ("bad-signature", "E4", SITE, "signature")

    @pytest.mark.parametrize("text", [b"Hello", b"   Hello"])
    def test_text_in_the_body_gets_no_answer_of_any_kind(self, parties: Parties, refuse: Refuse, text: bytes) -> None:
        body = (
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n"
            + text
            + b"\r\n--x\r\n"
            + ATTACHED
            + b"\r\n--x--"
        )
        mail = signed_mail(body, parties.site, parties.gateway)
        assert _gist(refuse(mail)) == ("body-text", "E3", "", "attachment")
        in_the_clear = f"From: {SITE_ADDRESS}\r\nSubject: {SUBJECT}\r\n\r\n".encode() + text
        assert _gist(refuse(in_the_clear)) == ("body-text", "E3", "", "mail")

    @pytest.mark.parametrize(("count", "code"), [(0, "no-attachment"), (2, "two-attachments")])
    def test_one_attachment(self, parties: Parties, refuse: Refuse, count: int, code: str) -> None:
        parts = b"".join(b"--x\r\n" + ATTACHED + b"\r\n" for _ in range(count))
        body = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"--x--"
        assert _gist(refuse(signed_mail(body, parties.site, parties.gateway))) == (code, "E1", SITE, "attachment")

    def test_parts_nested_a_thousand_deep(self, parties: Parties, refuse: Refuse) -> None:
        body = ATTACHED
        for level in range(1000):
            mark = b"%d" % level
            body = b"Content-Type: multipart/mixed; boundary=" + mark + b"\r\n\r\n--" + mark + b"\r\n" + body
        assert _gist(refuse(f"From: {SITE_ADDRESS}\r\n".encode() + body)) == ("too-deep", "", SITE, "mail")
        assert _gist(refuse(signed_mail(body, parties.site, parties.gateway)))[::3] == ("too-deep", "attachment")

    @pytest.mark.parametrize(
        "subject",
        [
            "",
            f"{SITE}_200401270001",
            f" {SUBJECT}".replace("_", "__", 1),
            f"{SITE}_2004 0127_{CUSTOMS}",
            f"{SITE}_200401270001234_{CUSTOMS}",
            f"BBB676Y_200401270001_{CUSTOMS}",
            f"AAA176Y_200401270001_{CUSTOMS}",
            f"{SITE.lower()}_200401270001_{CUSTOMS}",
            f"RE: {SUBJECT}",
            f"{SUBJECT}.",
        ],
    )
    def test_the_form_of_the_subject(self, parties: Parties, refuse: Refuse, subject: str) -> None:
        found = refuse(sealed(parties, subject=subject))
        assert _gist(found) == ("bad-subject", "E6", SITE, "subject")
        assert found.text == f"The subject {subject.strip()!r} has not the form due."

    @pytest.mark.parametrize(
        ("subject", "text"),
        [
            (f"{OTHER_SITE}_200401270001_{CUSTOMS}", f"creator '{OTHER_SITE}' but '{SITE}' in UNB"),
            (f"{SITE}_2_{CUSTOMS}", "control reference '2' but '200401270001' in UNB"),
            (f"{SITE}_200401270001_{OTHER_SITE}", f"recipient '{OTHER_SITE}' but '{CUSTOMS}' in UNB"),
        ],
    )
    def test_the_subject_repeats_the_interchange_header(
        self, parties: Parties, refuse: Refuse, subject: str, text: str
    ) -> None:
        found = refuse(sealed(parties, subject=subject))
        assert _gist(found) == ("subject-mismatch", "E7", SITE, "interchange header")
        assert found.text == f"The subject says {text}."

    @pytest.mark.parametrize("content", [b"", b"Dear customs,", b"\x00" * 1000, INTERCHANGE[9 + 20 :]])
    def test_what_is_no_interchange(self, parties: Parties, refuse: Refuse, content: bytes) -> None:
        found = refuse(sealed(parties, content=content))
        assert _gist(found) == ("not-edifact", "E7", SITE, "interchange header")

    @pytest.mark.parametrize(
        "name", ["", "x.edi", f"{SITE}_200401270001.EDI", f"{SITE}_200401270001.edi.exe", f"{SITE}_1.edi"]
    )
    def test_the_name_of_the_attachment(self, parties: Parties, refuse: Refuse, name: str) -> None:
        found = refuse(sealed(parties, filename=name))
        assert _gist(found) == ("bad-filename", "E9", SITE, "file name")
        assert found.text == f"The attachment is named {name!r} where '{SITE}_200401270001.edi' is due."


class TestIdentityRules:
    def test_a_certificate_of_nobody(self, parties: Parties, refuse: Refuse) -> None:
        stranger = Identity.generate("Trader device", SITE_ADDRESS, at=STARTED)
        assert _gist(refuse(sealed(parties, stranger))) == ("unknown-issuer", "E4", SITE, "trust")

    def test_an_expired_certificate(self, parties: Parties, register: Register, refuse: Refuse, tmp_path: Path) -> None:
        old = parties.authority.issue("Trader device", SITE_ADDRESS, at=STARTED - timedelta(days=731))
        facts = _changed(register, certificates=registered(old))
        assert _gist(refuse(sealed(parties, old), facts)) == ("expired", "E4", SITE, "trust")

    def test_validity_is_judged_as_of_reception(self, parties: Parties, opener: MailOpener, register: Register) -> None:
        expiry = parties.site.certificate.not_valid_after_utc
        mail = received(sealed(parties), expiry - timedelta(hours=1))
        gateway = opener.open(mail, register, expiry + timedelta(days=1))
        assert isinstance(gateway, Opened)

    def test_a_revoked_certificate(self, register: Register, refuse: Refuse, tmp_path: Path) -> None:
        parties = make_parties(tmp_path)
        parties.authority.revoke(parties.site.certificate, STARTED + timedelta(hours=1))
        parties.authority.install(parties.trust)
        opener = MailOpener(GatewayKeys.load(parties.keys), TrustStore.load(parties.trust), test=True)
        facts = _changed(register, certificates=registered(parties.site))
        assert _gist(refuse(sealed(parties), facts, by=opener)) == ("revoked", "E4", SITE, "trust")

    def test_a_site_nobody_knows(self, parties: Parties, register: Register, refuse: Refuse) -> None:
        facts = _register(register.by_id[OTHER_SITE])
        found = refuse(sealed(parties), facts)
        assert _gist(found) == ("unknown-site", "", "", "site")
        assert found.text == f"No site {SITE} is registered."

    def test_a_site_that_is_not_active(self, parties: Parties, register: Register, refuse: Refuse) -> None:
        found = refuse(sealed(parties), _changed(register, active=False))
        assert _gist(found) == ("inactive-site", "", SITE, "site")

    def test_a_site_of_the_other_environment(self, parties: Parties, register: Register, refuse: Refuse) -> None:
        found = refuse(sealed(parties), _changed(register, test=False))
        assert _gist(found) == ("wrong-environment", "", SITE, "environment")
        assert found.text == f"Site {SITE} belongs to production; this is industry test."

    def test_a_certificate_that_is_not_registered(self, parties: Parties, register: Register, refuse: Refuse) -> None:
        found = refuse(sealed(parties), _changed(register, certificates={}))
        assert _gist(found) == ("unregistered-certificate", "", SITE, "site certificate")

    def test_a_certificate_that_was_removed_counts_until_then(
        self, parties: Parties, opener: MailOpener, register: Register, refuse: Refuse
    ) -> None:
        facts = _changed(register, certificates=registered(parties.site, removed_at=NOW))
        assert _gist(refuse(sealed(parties), facts)) == ("unregistered-certificate", "", SITE, "site certificate")
        before = received(sealed(parties), NOW - timedelta(seconds=1))
        assert isinstance(opener.open(before, facts, LATER), Opened)

    def test_a_mail_signed_by_another_site_tells_the_one_whose_address_was_used(
        self, parties: Parties, refuse: Refuse
    ) -> None:
        found = refuse(sealed(parties, parties.other))
        assert _gist(found) == ("unregistered-certificate", "", SITE, "site certificate")

    def test_another_sites_mail_in_this_sites_name_tells_that_other_site(
        self, parties: Parties, refuse: Refuse
    ) -> None:
        found = refuse(sealed(parties, parties.other, sender=OTHER_ADDRESS))
        assert _gist(found) == ("unregistered-certificate", "", OTHER_SITE, "site certificate")

    def test_a_mail_from_another_address_tells_the_site_that_its_certificate_proves(
        self, parties: Parties, refuse: Refuse
    ) -> None:
        found = refuse(sealed(parties, sender="elsewhere@trader.example"))
        assert _gist(found) == ("wrong-address", "", SITE, "address")
        assert found.text == (
            f"The mail is from elsewhere@trader.example, which is not the address registered for site {SITE}."
        )

    def test_the_certificate_must_be_for_the_registered_address(
        self, parties: Parties, register: Register, refuse: Refuse
    ) -> None:
        other = parties.authority.issue("Trader device", "elsewhere@trader.example", at=STARTED)
        facts = _changed(register, certificates=registered(other))
        found = refuse(sealed(parties, other), facts)
        assert _gist(found) == ("wrong-address", "", SITE, "address")
        assert found.text == (
            f"The certificate is for elsewhere@trader.example, the registered address is {SITE_ADDRESS}."
        )


class TestAnything:
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_changed_mail_is_opened_with_the_same_content_or_refused(
        self, parties: Parties, opener: MailOpener, register: Register, data: st.DataObject
    ) -> None:
        mail = bytearray(sealed(parties))
        at = data.draw(st.integers(0, len(mail) - 1))
        mail[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        found = opener.open(received(bytes(mail)), register, LATER)
        assert isinstance(found, Refused) or found.interchange == INTERCHANGE

    @given(content=st.binary(max_size=300))
    def test_any_signed_content_is_opened_or_refused(
        self, parties: Parties, opener: MailOpener, register: Register, content: bytes
    ) -> None:
        for mail in (sealed(parties, content=content), signed_mail(content, parties.site, parties.gateway), content):
            found = opener.open(received(mail), register, LATER)
            assert isinstance(found, Refused)
