"""Keys, requests and certificates of the site."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from openics.trader.errors import TraderError
from openics.trader.home import Config, TraderHome
from openics.trader.keys import identities, install, make_key, signing_identity
from trader.world import ADDRESS, NOW, SITE, World


@pytest.fixture
def fresh(tmp_path: Path) -> TraderHome:
    """A home without a key."""
    return TraderHome.create(tmp_path / "fresh", Config(SITE, ADDRESS, "ccf@customs.example", "Example Trader"))


def test_a_request_names_the_site_and_its_address_and_the_key_stays(fresh: TraderHome) -> None:
    path = make_key(fresh)
    request = x509.load_pem_x509_csr(path.read_bytes())
    names = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert path == fresh.identity / "site.csr"
    assert request.subject.rfc4514_string() == f"CN={SITE},O=Example Trader"
    assert names.get_values_for_type(x509.RFC822Name) == [ADDRESS]
    assert request.is_signature_valid
    assert stat.S_IMODE((fresh.identity / "site.key").stat().st_mode) == 0o600
    assert b"PRIVATE" not in path.read_bytes()


def test_a_key_may_be_elliptic(fresh: TraderHome) -> None:
    request = x509.load_pem_x509_csr(make_key(fresh, elliptic=True).read_bytes())
    key = request.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert (key.curve.name, request.is_signature_valid) == ("secp256r1", True)


def test_a_second_key_is_made_only_on_request(fresh: TraderHome) -> None:
    make_key(fresh)
    before = (fresh.identity / "site.key").read_bytes()
    with pytest.raises(TraderError) as refused:
        make_key(fresh)
    assert refused.value.text == f"There is a key already: {fresh.identity / 'site'}.key."
    assert make_key(fresh, renew=True) == fresh.identity / "site-2.csr"
    assert (fresh.identity / "site.key").read_bytes() == before


def test_no_certificate_says_what_to_do(fresh: TraderHome) -> None:
    make_key(fresh)
    with pytest.raises(TraderError) as refused:
        signing_identity(fresh, NOW)
    assert refused.value.text == f"There is no certificate valid on 2026-05-04 in {fresh.identity}."


def test_an_installed_certificate_signs(home: TraderHome) -> None:
    identity = signing_identity(home, NOW)
    assert identity.certificate.subject.rfc4514_string() == f"CN={SITE},O=Example Trader"


def test_after_renewal_the_new_certificate_signs_and_both_open_mail(home: TraderHome, world: World) -> None:
    old = signing_identity(home, NOW)
    issued = world.authority.issue_for_request(make_key(home, renew=True).read_bytes(), NOW)
    new = install(home, world.pem(issued), NOW)
    assert signing_identity(home, NOW).certificate == new.certificate == issued
    assert [each.certificate for each in identities(home)] == [issued, old.certificate]
    after_the_old = old.certificate.not_valid_after_utc + timedelta(minutes=1)
    assert signing_identity(home, after_the_old).certificate == issued


def test_a_certificate_that_begins_later_does_not_sign_yet(home: TraderHome, world: World) -> None:
    old = signing_identity(home, NOW)
    issued = world.authority.issue_for_request(make_key(home, renew=True).read_bytes(), NOW)
    install(home, world.pem(issued), NOW)
    assert signing_identity(home, NOW - timedelta(days=1)).certificate == old.certificate


def test_a_certificate_for_another_key_is_refused(home: TraderHome, world: World) -> None:
    other = world.authority.issue(SITE, ADDRESS, "Example Trader", NOW)
    before = sorted(path.name for path in home.identity.iterdir())
    with pytest.raises(TraderError, match="was not issued for a key in"):
        install(home, world.pem(other.certificate), NOW)
    assert sorted(path.name for path in home.identity.iterdir()) == before


def test_a_certificate_for_another_address_is_refused(home: TraderHome, world: World) -> None:
    request = make_key(home, renew=True).read_bytes()
    moved = home.changed(address="new@trader.example")
    with pytest.raises(TraderError, match=f"is for {ADDRESS}"):
        install(moved, world.pem(world.authority.issue_for_request(request, NOW)), NOW)
    assert not (home.identity / "site-2.crt").exists()


@pytest.mark.parametrize("days", [-1, 731], ids=["before", "after"])
def test_a_certificate_outside_its_validity_is_refused(home: TraderHome, world: World, days: int) -> None:
    issued = world.authority.issue_for_request(make_key(home, renew=True).read_bytes(), NOW)
    with pytest.raises(TraderError, match="is valid from 2026-05-04"):
        install(home, world.pem(issued), NOW + timedelta(days=days))
    assert not (home.identity / "site-2.crt").exists()


def test_a_file_that_is_no_certificate_is_named(home: TraderHome, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("not a certificate")
    with pytest.raises(TraderError) as refused:
        install(home, path, NOW)
    assert str(path) in refused.value.text
