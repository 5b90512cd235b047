"""The gateway's keys and the instants at which one replaces another."""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from openics.pki import directory
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import OVERLAP, GatewayKey, GatewayKeys, gateway_key
from openics.pki.identity import Identity
from trading_parties import NOW, STARTED, Parties

SWITCH = datetime.fromisoformat("2026-05-20T14:00:00+00:00")
"""Wednesday 00:00 in Canberra."""
INSTANT = timedelta(microseconds=1)


@pytest.fixture(scope="module")
def second(parties: Parties) -> Identity:
    """The gateway's next identity."""
    return parties.authority.issue("CCF E-mail Gateway", "ccf@customs.example", at=STARTED)


@pytest.fixture
def keys(tmp_path: Path, parties: Parties, second: Identity) -> GatewayKeys:
    gateway_key("old", parties.gateway, STARTED, retire_at=SWITCH + timedelta(days=7)).save(tmp_path)
    gateway_key("new", second, SWITCH).save(tmp_path)
    return GatewayKeys.load(tmp_path)


def test_exactly_one_key_signs_and_the_switch_is_at_the_instant(
    keys: GatewayKeys, parties: Parties, second: Identity
) -> None:
    assert keys.signing(STARTED) == parties.gateway
    assert keys.signing(SWITCH - INSTANT) == parties.gateway
    assert keys.signing(SWITCH) == second


def test_both_keys_open_mail_while_they_overlap(keys: GatewayKeys, parties: Parties, second: Identity) -> None:
    assert keys.decrypting(SWITCH - OVERLAP - INSTANT) == [parties.gateway]
    assert keys.decrypting(SWITCH - OVERLAP) == [second, parties.gateway]
    assert keys.decrypting(SWITCH + timedelta(days=7) - INSTANT) == [second, parties.gateway]
    assert keys.decrypting(SWITCH + timedelta(days=7)) == [second]


def test_announced_keys_are_published_and_retired_ones_are_not(keys: GatewayKeys) -> None:
    assert [key.name for key in keys.published(STARTED)] == ["new", "old"]
    assert [key.name for key in keys.published(SWITCH + timedelta(days=7))] == ["new"]


def test_no_key_signs_before_the_first_or_after_the_last(keys: GatewayKeys, second: Identity) -> None:
    for at in (STARTED - timedelta(days=1), second.certificate.not_valid_after_utc):
        with pytest.raises(PkiError) as raised:
            keys.signing(at)
        assert raised.value.code == "no-gateway-key"


def test_a_key_is_not_used_outside_its_certificates_validity(parties: Parties) -> None:
    certificate = parties.gateway.certificate
    early = certificate.not_valid_before_utc - timedelta(days=30)
    late = certificate.not_valid_after_utc + timedelta(days=30)
    key = gateway_key("key", parties.gateway, early, retire_at=late)
    assert (key.encrypt_from, key.sign_from, key.retire_at) == (
        certificate.not_valid_before_utc,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )


def test_a_saved_key_is_the_same_when_loaded(tmp_path: Path, parties: Parties) -> None:
    key = GatewayKey("key", parties.gateway, STARTED, NOW, SWITCH)
    key.save(tmp_path)
    assert GatewayKeys.load(tmp_path).published(STARTED) == [key]
    assert json.loads((tmp_path / "key.json").read_bytes()) == {
        "encrypt_from": "2026-03-01T09:00:00+00:00",
        "sign_from": "2026-03-02T09:00:00+00:00",
        "retire_at": "2026-05-20T14:00:00+00:00",
    }


def test_a_key_added_later_is_noticed(
    tmp_path: Path, parties: Parties, second: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "RELOAD_AFTER", 0.0)
    gateway_key("old", parties.gateway, STARTED).save(tmp_path)
    keys = GatewayKeys.load(tmp_path)
    assert keys.signing(SWITCH) == parties.gateway
    gateway_key("new", second, SWITCH).save(tmp_path)
    assert keys.signing(SWITCH) == second


def test_a_bad_key_added_later_leaves_the_old_ones_in_use(
    tmp_path: Path, parties: Parties, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(directory, "RELOAD_AFTER", 0.0)
    gateway_key("old", parties.gateway, STARTED).save(tmp_path)
    keys = GatewayKeys.load(tmp_path)
    (tmp_path / "new.json").write_bytes(b"{}")
    with caplog.at_level(logging.ERROR):
        assert keys.signing(SWITCH) == parties.gateway
    assert caplog.messages[0].startswith("gateway keys not reloaded, the old ones stay in use: ")
    assert str(tmp_path / "new.key") in caplog.messages[0]


def test_an_empty_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PkiError) as raised:
        GatewayKeys.load(tmp_path)
    assert (raised.value.code, raised.value.text) == ("no-gateway-key", f"There is no gateway key in {tmp_path}.")


@pytest.mark.parametrize(
    "dates",
    [
        b"{}",
        b"[]",
        b"rubbish",
        b'{"encrypt_from": "2026-03-02", "sign_from": "2026-03-02", "retire_at": "2026-03-03"}',
        b'{"encrypt_from": "2026-03-02T00:00Z", "sign_from": "2026-03-01T00:00Z", "retire_at": "2026-03-03T00:00Z"}',
        b'{"encrypt_from": "2026-03-02T00:00Z", "sign_from": "2026-03-03T00:00Z", "retire_at": "2026-03-03T00:00Z"}',
        b'{"encrypt_from": "2026-03-02T00:00", "sign_from": "2026-03-03T00:00Z", "retire_at": "2026-03-04T00:00Z"}',
    ],
)
def test_dates_that_make_no_sense_are_refused(tmp_path: Path, parties: Parties, dates: bytes) -> None:
    gateway_key("key", parties.gateway, STARTED).save(tmp_path)
    (tmp_path / "key.json").write_bytes(dates)
    with pytest.raises(PkiError) as raised:
        GatewayKeys.load(tmp_path)
    assert raised.value.code == "bad-key"
