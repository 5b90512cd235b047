"""Certificates of EDI sites: what for, how they stand, who takes over from whom, and every refusal."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from openics.clients import certificate_rules as rules
from openics.clients.certificate_rules import SiteCertificate, Standing, Use
from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import SiteRecord
from openics.pki.certificates import der, described, fingerprint
from openics.pki.identity import Identity, device_certificate, key_usage, new_key, subject_name
from trading_parties import NOW, SITE, SITE_ADDRESS, STARTED

RECORD = SiteRecord(SITE, "51824753556", SITE_ADDRESS)
DAY = timedelta(days=1)


def certificate(*usages: str, elliptic: bool = False, purpose: x509.ObjectIdentifier | None = None) -> x509.Certificate:
    """A certificate with these key usages and, where given, this extended one; signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1()) if elliptic else new_key()
    name = subject_name("Device")
    builder = device_certificate(name, SITE_ADDRESS, key.public_key(), STARTED, STARTED + 700 * DAY)
    kept = [each for each in builder._extensions if not isinstance(each.value, x509.KeyUsage | x509.ExtendedKeyUsage)]
    builder._extensions = kept
    if usages:
        builder = builder.add_extension(key_usage(*usages), critical=True)
    if purpose is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return builder.issuer_name(name).sign(key, hashes.SHA256())


@pytest.fixture(scope="module")
def device() -> Identity:
    return Identity.generate("Device", SITE_ADDRESS, at=STARTED)


def held(name: str = "a", start: datetime = STARTED, days: int = 100, **changes: object) -> SiteCertificate:
    return SiteCertificate(SITE, name * 64, start, start + days * DAY, **changes)  # type: ignore[arg-type]


class TestUse:
    def test_what_it_is_made_for(self, device: Identity) -> None:
        assert rules.use_of(device.certificate, None) is Use.BOTH
        assert rules.use_of(device.certificate, Use.SIGNING) is Use.SIGNING
        assert rules.use_of(certificate("digital_signature"), None) is Use.SIGNING
        assert rules.use_of(certificate("digital_signature", elliptic=True), None) is Use.SIGNING
        assert rules.use_of(certificate("key_encipherment"), None) is Use.ENCRYPTION
        assert rules.use_of(certificate(), None) is Use.BOTH

    @pytest.mark.parametrize(
        ("usages", "asked", "said"),
        [
            (("key_cert_sign",), None, "It is not made for signing and encrypting mail."),
            (("digital_signature",), Use.ENCRYPTION, "It is not made for encryption mail, only for signing."),
            (("digital_signature",), Use.BOTH, "It is not made for signing and encrypting mail, only for signing."),
            (("key_encipherment",), Use.SIGNING, "It is not made for signing mail, only for encryption."),
        ],
    )
    def test_what_it_is_not_made_for(self, usages: tuple[str, ...], asked: Use | None, said: str) -> None:
        found = certificate(*usages)
        with pytest.raises(RegisterError) as error:
            rules.use_of(found, asked)
        place = f"certificate {described(found)}"
        assert (error.value.code, error.value.place, error.value.text) == ("wrong-usage", place, said)

    def test_one_for_web_servers_is_not_for_mail(self) -> None:
        found = certificate("digital_signature", "key_encipherment", purpose=x509.ExtendedKeyUsageOID.SERVER_AUTH)
        with pytest.raises(RegisterError, match="not made for signing and encrypting mail"):
            rules.use_of(found, None)


class TestStanding:
    @pytest.mark.parametrize(
        ("changes", "at", "standing"),
        [
            ({}, NOW, Standing.IN_FORCE),
            ({}, STARTED, Standing.IN_FORCE),
            ({}, STARTED - timedelta(seconds=1), Standing.NOT_YET),
            ({}, STARTED + 100 * DAY, Standing.IN_FORCE),
            ({}, STARTED + 100 * DAY + timedelta(seconds=1), Standing.EXPIRED),
            ({"suspended_at": NOW}, NOW - timedelta(seconds=1), Standing.IN_FORCE),
            ({"suspended_at": NOW}, NOW, Standing.SUSPENDED),
            ({"suspended_at": NOW, "resumed_at": NOW + DAY}, NOW + DAY - timedelta(seconds=1), Standing.SUSPENDED),
            ({"suspended_at": NOW, "resumed_at": NOW + DAY}, NOW + DAY, Standing.IN_FORCE),
            ({"removed_at": NOW}, NOW - timedelta(seconds=1), Standing.IN_FORCE),
            ({"removed_at": NOW}, NOW, Standing.REPLACED),
            ({"revoked_at": NOW}, NOW - timedelta(seconds=1), Standing.IN_FORCE),
            ({"revoked_at": NOW, "removed_at": NOW, "suspended_at": NOW}, NOW, Standing.REVOKED),
        ],
    )
    def test_at_an_instant(self, changes: dict[str, datetime], at: datetime, standing: Standing) -> None:
        assert held(**changes).standing(at) is standing


class TestRegistering:
    def test_a_new_one(self, device: Identity) -> None:
        one, name = device.certificate, fingerprint(device.certificate)
        found = rules.registered(one, der(one), RECORD, Use.BOTH, None)
        assert found == SiteCertificate(
            SITE, name, one.not_valid_before_utc, one.not_valid_after_utc, Use.BOTH, der=der(one)
        )
        assert rules.registered(one, der(one), RECORD, Use.BOTH, found) is None
        assert rules.registered(one, der(one), RECORD, Use.SIGNING, found) == replace(found, use=Use.SIGNING)
        ended = replace(found, removed_at=NOW)
        assert rules.registered(one, der(one), RECORD, Use.BOTH, ended) == found

    def test_one_of_another_site_or_revoked(self, device: Identity) -> None:
        one = device.certificate
        for known, code in ((replace(held(), site="AAR399A"), "certificate-taken"), (held(revoked_at=NOW), "revoked")):
            with pytest.raises(RegisterError) as error:
                rules.registered(one, der(one), RECORD, Use.BOTH, known)
            assert error.value.code == code

    def test_it_names_the_sites_address(self, device: Identity) -> None:
        rules.check_address(device.certificate, RECORD, [RECORD])
        rules.check_address(device.certificate, replace(RECORD, address="old@trader.example"), [], SITE_ADDRESS)
        with pytest.raises(RegisterError) as error:
            rules.check_address(device.certificate, replace(RECORD, address="else@trader.example"), [])
        text = f"It is for {SITE_ADDRESS}; the EDI address of site {SITE} is else@trader.example."
        assert (error.value.code, error.value.text) == ("address-differs", text)

    def test_it_names_no_other_sites_address(self, device: Identity) -> None:
        other = replace(RECORD, site="AAR399A")
        with pytest.raises(RegisterError) as error:
            rules.check_address(device.certificate, RECORD, [other])
        text = f"It names the address {SITE_ADDRESS}, which belongs to site AAR399A."
        assert (error.value.code, error.value.text) == ("address-taken", text)

    def test_a_revoked_key_does_not_come_back(self, device: Identity) -> None:
        known = held(der=der(device.certificate))
        rules.check_key(device.certificate, [known])
        with pytest.raises(RegisterError) as error:
            rules.check_key(device.certificate, [replace(known, revoked_at=NOW)])
        assert error.value.code == "revoked-key"


class TestChanges:
    def test_suspending_and_resuming(self) -> None:
        stopped = rules.suspended(held(), "laptop lost", NOW)
        assert stopped == held(suspended_at=NOW, reason="laptop lost")
        assert rules.suspended(stopped, "again", NOW + DAY) is None
        back = rules.resumed(stopped, NOW + DAY)
        assert back == held(suspended_at=NOW, resumed_at=NOW + DAY)
        assert rules.resumed(back, NOW + DAY) is None
        again = rules.suspended(back, "lost again", NOW + 2 * DAY)
        assert again == held(suspended_at=NOW + 2 * DAY, reason="lost again")
        assert rules.resumed(held(), NOW) is None

    def test_revoking_is_for_good(self) -> None:
        gone = rules.revoked(held(suspended_at=NOW), "key stolen", NOW)
        assert gone == held(suspended_at=NOW, revoked_at=NOW, reason="key stolen")
        assert rules.revoked(gone, "again", NOW + DAY) is None
        for change in (lambda: rules.resumed(gone, NOW + DAY), lambda: rules.suspended(gone, "x", NOW + DAY)):
            with pytest.raises(RegisterError) as error:
                change()
            assert error.value.place == f"certificate {'a' * 16} of site {SITE}"

    @pytest.mark.parametrize("ended", [{"removed_at": NOW}, {"revoked_at": NOW}, {"days": 0}])
    def test_what_ended_is_not_suspended(self, ended: dict[str, object]) -> None:
        with pytest.raises(RegisterError, match="there is nothing to suspend"):
            rules.suspended(held(**ended), "x", NOW)

    def test_a_reason_is_needed(self) -> None:
        for change in (rules.suspended, rules.revoked):
            with pytest.raises(RegisterError, match="No reason is given"):
                change(held(), " ", NOW)

    def test_who_is_replaced(self) -> None:
        new, at = held("n"), NOW + 14 * DAY
        signing, old, gone = held("s", use=Use.SIGNING), held("o"), held("g", removed_at=NOW)
        assert rules.replaced(new, [new, signing, old, gone], at, NOW) == [
            replace(signing, removed_at=at),
            replace(old, removed_at=at),
        ]
        assert rules.replaced(replace(new, use=Use.SIGNING), [signing, old], at, NOW) == [
            replace(signing, removed_at=at)
        ]
        sooner = held("o", removed_at=NOW + DAY)
        assert rules.replaced(new, [sooner], at, NOW) == []
        assert rules.replaced(new, [sooner], NOW, NOW) == [replace(sooner, removed_at=NOW)]


class TestExpiring:
    @pytest.mark.parametrize(
        ("left", "reminder"), [(61, None), (60, 60), (31, 60), (30, 30), (14, 14), (4, 14), (3, 3), (0, 3), (-1, 3)]
    )
    def test_reminders(self, left: int, reminder: int | None) -> None:
        one = held(start=NOW - 30 * DAY, days=30 + left)
        found = rules.expiring([one], NOW, 61)
        assert [(each.certificate, each.days, each.reminder) for each in found] == [(one, left, reminder)]

    def test_what_is_far_off_or_ended_otherwise_needs_no_renewal(self) -> None:
        soon = held(days=10)
        others = [held(days=200), replace(soon, removed_at=NOW), replace(soon, revoked_at=NOW)]
        assert rules.expiring(others, NOW) == []

    @pytest.mark.parametrize(
        ("successor", "renewed"),
        [
            (held("b", days=90), True),
            (held("b", start=NOW + DAY, days=90), True),
            (held("b", days=10), False),
            (held("b", days=90, use=Use.SIGNING), False),
            (held("b", days=90, suspended_at=NOW), False),
            (held("b", days=90, revoked_at=NOW), False),
            (held("b", days=90, removed_at=NOW + DAY), False),
            (replace(held("b", days=90), site="AAR399A"), False),
        ],
    )
    def test_renewed_is_what_another_takes_over_from(self, successor: SiteCertificate, renewed: bool) -> None:
        soon = held(days=10)
        assert (soon not in [each.certificate for each in rules.expiring([soon, successor], NOW)]) is renewed

    def test_the_first_to_end_comes_first(self) -> None:
        found = rules.expiring([held("b", days=20, use=Use.SIGNING), held("a", days=5, use=Use.ENCRYPTION)], NOW)
        assert [each.certificate.fingerprint[0] for each in found] == ["a", "b"]
