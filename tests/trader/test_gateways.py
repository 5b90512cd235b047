"""The trust list: old and new certificates of the gateway, each with its window."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from openics.sandbox.authority import Authority
from openics.trader.errors import TraderError
from openics.trader.gateways import (
    check_signer,
    encryption_certificate,
    gateway_certificates,
    trust_anchor,
    trust_gateway,
    trust_revocations,
    untrust_gateway,
)
from openics.trader.home import TraderHome
from trader.world import GATEWAY, NOW, World

CUT_OVER = NOW + timedelta(days=10)
RETIRED = CUT_OVER + timedelta(days=1)
MINUTE = timedelta(minutes=1)


def test_a_certificate_without_window_is_used_as_long_as_it_is_valid(home: TraderHome, world: World) -> None:
    (listed,) = gateway_certificates(home)
    gateway = world.gateway.certificate
    assert listed.certificate == gateway
    assert (listed.encrypt_from, listed.retire_at) == (gateway.not_valid_before_utc, gateway.not_valid_after_utc)


def _roll_over(home: TraderHome, world: World) -> None:
    trust_gateway(home, world.pem(world.gateway.certificate), NOW, retire_at=RETIRED)
    trust_gateway(home, world.pem(world.next_gateway.certificate), NOW, encrypt_from=CUT_OVER)


def test_encryption_switches_at_the_instant(home: TraderHome, world: World) -> None:
    _roll_over(home, world)
    used = [encryption_certificate(home, moment) for moment in (NOW, CUT_OVER - MINUTE, CUT_OVER, RETIRED)]
    old, new = world.gateway.certificate, world.next_gateway.certificate
    assert used == [old, old, new, new]


def test_signatures_of_both_count_until_the_old_one_retires(home: TraderHome, world: World) -> None:
    _roll_over(home, world)
    old, new = world.gateway.certificate, world.next_gateway.certificate
    for moment in (NOW, CUT_OVER, RETIRED - MINUTE):
        check_signer(home, old, [], moment)
        check_signer(home, new, [], moment)
    check_signer(home, new, [], RETIRED)
    with pytest.raises(TraderError, match="is not an accepted certificate of the gateway"):
        check_signer(home, old, [], RETIRED)


def test_a_trusted_authority_alone_makes_no_gateway(home: TraderHome, world: World) -> None:
    with pytest.raises(TraderError) as refused:
        check_signer(home, world.stranger.certificate, [], NOW)
    assert refused.value.rule == "E4"


def test_nothing_is_encrypted_when_every_window_is_over(home: TraderHome, world: World) -> None:
    trust_gateway(home, world.pem(world.gateway.certificate), NOW, retire_at=RETIRED)
    with pytest.raises(TraderError, match="No gateway certificate is in use at 2026-05-15 03:21 UTC"):
        encryption_certificate(home, RETIRED)


def test_a_certificate_is_struck_off_the_list(home: TraderHome, world: World) -> None:
    _roll_over(home, world)
    assert untrust_gateway(home, world.next_gateway.certificate)
    assert not untrust_gateway(home, world.next_gateway.certificate)
    assert [each.certificate for each in gateway_certificates(home)] == [world.gateway.certificate]
    with pytest.raises(TraderError, match="is not an accepted certificate of the gateway"):
        check_signer(home, world.next_gateway.certificate, [], NOW)


def test_a_window_that_ends_before_it_begins_is_refused(home: TraderHome, world: World) -> None:
    with pytest.raises(TraderError, match="before it begins"):
        trust_gateway(home, world.pem(world.next_gateway.certificate), NOW, encrypt_from=RETIRED, retire_at=CUT_OVER)
    assert [each.certificate for each in gateway_certificates(home)] == [world.gateway.certificate]


def test_a_certificate_of_an_unknown_authority_is_refused(home: TraderHome, world: World, tmp_path: Path) -> None:
    other = Authority.create(tmp_path / "other", NOW - timedelta(days=1), "Other Authority")
    gateway = world.pem(other.issue("CCF", GATEWAY, "Customs", NOW).certificate)
    with pytest.raises(TraderError, match="--anchor"):
        trust_gateway(home, gateway, NOW)
    assert len(gateway_certificates(home)) == 1
    assert trust_anchor(home, world.pem(other.certificate)) == [other.certificate]
    trust_gateway(home, gateway, NOW)
    assert len(gateway_certificates(home)) == 2


def test_a_revoked_certificate_counts_no_more(home: TraderHome, world: World, tmp_path: Path) -> None:
    other = Authority.create(tmp_path / "other", NOW - timedelta(days=1), "Other Authority")
    gateway = other.issue("CCF", GATEWAY, "Customs", NOW - timedelta(hours=1)).certificate
    trust_anchor(home, world.pem(other.certificate))
    trust_gateway(home, world.pem(gateway), NOW)
    check_signer(home, gateway, [], NOW)
    other.revoke(gateway, NOW - MINUTE)
    trust_revocations(home, other.write_list(NOW))
    with pytest.raises(TraderError, match="has been revoked"):
        check_signer(home, gateway, [], NOW)


def test_a_revocation_list_may_be_pem(home: TraderHome, world: World, tmp_path: Path) -> None:
    path = tmp_path / "list.pem"
    der = world.authority.write_list(NOW - timedelta(days=10)).read_bytes()
    path.write_bytes(x509.load_der_x509_crl(der).public_bytes(Encoding.PEM))
    trust_revocations(home, path)
    assert [each.read_bytes() for each in (home.trust / "crls").iterdir()] == [der]


def test_a_file_that_is_no_revocation_list_is_named(home: TraderHome, tmp_path: Path) -> None:
    path = tmp_path / "list.crl"
    path.write_bytes(b"not a list")
    before = sorted((home.trust / "crls").iterdir())
    with pytest.raises(TraderError, match="is no revocation list"):
        trust_revocations(home, path)
    assert sorted((home.trust / "crls").iterdir()) == before


def test_a_lost_window_is_not_guessed(home: TraderHome) -> None:
    (window,) = home.gateways.glob("*.toml")
    window.write_text("encrypt_from = 2026-01-01T00:00:00Z\n")
    with pytest.raises(TraderError) as refused:
        gateway_certificates(home)
    assert refused.value.text == f"{window} lacks encrypt_from or retire_at."
