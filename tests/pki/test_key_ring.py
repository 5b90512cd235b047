"""Several gateway keys at once: which opens, which signs, what comes next, what is wrong, and how a set is changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKey, GatewayKeys, gateway_key, read_keys, read_public
from openics.pki.identity import Identity
from openics.pki.key_changes import free_name, moved, named, put_away, rolled_back
from openics.pki.key_checks import file_problems, problems
from openics.pki.key_ring import coming, openers, signer, state, target
from trading_parties import GATEWAY_ADDRESS, STARTED, Parties

SWITCH = datetime(2026, 5, 20, 18, 0, tzinfo=UTC)
RETIRED = SWITCH + timedelta(days=7)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
NOW = SWITCH - 30 * DAY


@pytest.fixture(scope="module")
def second(parties: Parties) -> Identity:
    """The gateway's next identity, of the same validity."""
    return parties.authority.issue("CCF E-mail Gateway", GATEWAY_ADDRESS, at=STARTED + DAY)


@pytest.fixture
def old(parties: Parties) -> GatewayKey:
    return gateway_key("old", parties.gateway, STARTED, retire_at=RETIRED)


@pytest.fixture
def new(second: Identity) -> GatewayKey:
    return gateway_key("new", second, SWITCH)


def names(keys: list[GatewayKey]) -> list[str]:
    return [key.name for key in keys]


def test_what_opens_and_what_signs_at_each_instant(old: GatewayKey, new: GatewayKey) -> None:
    seen = []
    for at in (NOW, SWITCH - 14 * DAY, SWITCH - INSTANT, SWITCH, RETIRED - INSTANT, RETIRED):
        found = signer([old, new], at)
        seen.append((names(openers([old, new], at)), found and found.name))
    assert seen == [
        (["old"], "old"),
        (["new", "old"], "old"),
        (["new", "old"], "old"),
        (["new", "old"], "new"),
        (["new", "old"], "new"),
        (["new"], "new"),
    ]
    assert signer([old, new], old.encrypt_from - INSTANT) is None


def test_what_comes_next_and_what_each_key_is_for(old: GatewayKey, new: GatewayKey) -> None:
    keys = [old, new]
    assert [(change.at, change.text) for change in coming(keys, NOW)] == [
        (SWITCH - 14 * DAY, "new may be encrypted to"),
        (SWITCH, "new takes over signing"),
        (RETIRED, "old is used no more"),
        (new.retire_at, "new is used no more"),
    ]
    states = [(state(keys, old, at), state(keys, new, at)) for at in (NOW, SWITCH - DAY, SWITCH, RETIRED)]
    assert states == [
        ("opens and signs", "announced"),
        ("opens and signs", "opens; signs later"),
        ("opens", "opens and signs"),
        ("retired", "opens and signs"),
    ]
    assert target(keys, NOW) is new
    assert target([old], RETIRED) is None


def test_a_pair_without_dates_is_always_in_use(tmp_path: Path, parties: Parties) -> None:
    parties.gateway.save(tmp_path, "gateway")
    keys = GatewayKeys.load(tmp_path)
    ends = parties.gateway.certificate.not_valid_after_utc
    for at in (STARTED, ends - INSTANT):
        assert (keys.signing(at), keys.decrypting(at)) == (parties.gateway, [parties.gateway])
    with pytest.raises(PkiError, match="signs at"):
        keys.signing(ends)


def test_a_dated_key_takes_over_from_one_without_dates(tmp_path: Path, parties: Parties, new: GatewayKey) -> None:
    parties.gateway.save(tmp_path, "gateway")
    new.save(tmp_path)
    keys = GatewayKeys.load(tmp_path)
    assert [keys.signing(at) for at in (SWITCH - INSTANT, SWITCH)] == [parties.gateway, new.identity]
    assert keys.decrypting(RETIRED) == [new.identity, parties.gateway]


def test_a_half_written_newer_pair_does_not_sign(tmp_path: Path, old: GatewayKey, new: GatewayKey) -> None:
    old.save(tmp_path)
    new.identity.save(tmp_path, "new")
    assert GatewayKeys.load(tmp_path).signing(NOW) == old.identity


def test_two_pairs_without_dates_are_refused(tmp_path: Path, parties: Parties, second: Identity) -> None:
    parties.gateway.save(tmp_path, "a")
    second.save(tmp_path, "b")
    with pytest.raises(PkiError) as raised:
        read_keys(tmp_path)
    assert raised.value.text == f"In {tmp_path} the keys a and b have no dates of use."


def test_the_public_side_needs_no_private_key(tmp_path: Path, old: GatewayKey, new: GatewayKey) -> None:
    old.save(tmp_path)
    replace(new, sign_from=None).save(tmp_path)
    for path in tmp_path.glob("*.key"):
        path.unlink()
    found = [
        (key.name, key.certificate, key.encrypt_from, key.sign_from, key.retire_at) for key in read_public(tmp_path)
    ]
    assert found == [
        ("old", old.certificate, old.encrypt_from, old.sign_from, old.retire_at),
        ("new", new.certificate, new.encrypt_from, None, new.retire_at),
    ]


def said(keys: list[GatewayKey], address: str = GATEWAY_ADDRESS) -> list[tuple[str, bool, str]]:
    return [(each.place, each.serious, each.text) for each in problems(keys, address, NOW)]


def test_a_roll_over_as_it_should_be_has_no_problem(old: GatewayKey, new: GatewayKey) -> None:
    assert said([old, new]) == []


def test_a_gap_in_signing_is_serious(old: GatewayKey, new: GatewayKey) -> None:
    gap = replace(old, retire_at=SWITCH - DAY)
    text = "No key signs from 2026-05-19 18:00 UTC to 2026-05-20 18:00 UTC; answers would wait unsigned."
    assert said([gap, new]) == [("all keys", True, text)]


def test_no_key_at_all_is_serious(old: GatewayKey) -> None:
    assert said([replace(old, sign_from=None)]) == [
        ("all keys", True, "No key signs at 2026-04-20 18:00 UTC or later.")
    ]


def test_the_end_in_sight_is_said(old: GatewayKey) -> None:
    text = "No key signs after the last one, which is used no more from 2026-05-27 18:00 UTC on."
    assert said([old]) == [("all keys", False, text)]


def test_too_short_notice_and_grace_are_said(old: GatewayKey, new: GatewayKey) -> None:
    short = replace(new, encrypt_from=SWITCH - DAY)
    assert said([replace(old, retire_at=SWITCH), short]) == [
        ("new", False, "Traders may encrypt to it from 2026-05-19 18:00 UTC, it signs from 2026-05-20 18:00 UTC."),
        ("old", False, "It is used no more from 2026-05-20 18:00 UTC; new signs from 2026-05-20 18:00 UTC."),
    ]


def test_dates_outside_the_certificate_are_serious(old: GatewayKey, new: GatewayKey) -> None:
    early = new.certificate.not_valid_before_utc - DAY
    late = new.certificate.not_valid_after_utc + DAY
    assert [problem[:2] for problem in said([old, replace(new, encrypt_from=early, retire_at=late)])] == [
        ("new", True),
        ("new", True),
    ]


def test_a_certificate_for_another_address_is_serious(old: GatewayKey, new: GatewayKey) -> None:
    text = "The certificate is for ccf@customs.example; the gateway's address is other@customs.example."
    assert said([old, new], "other@customs.example") == [("new", True, text), ("old", True, text)]


def test_two_keys_that_begin_at_once_and_one_certificate_twice(old: GatewayKey, new: GatewayKey) -> None:
    twin = replace(new, name="twin")
    assert [text for _, _, text in said([old, new, twin])] == [
        "new and twin both sign from 2026-05-20 18:00 UTC; exactly one key signs.",
        f"new and twin have the same certificate CN=CCF E-mail Gateway (serial {new.certificate.serial_number:x}).",
    ]


def test_a_private_key_that_others_can_read(tmp_path: Path, old: GatewayKey) -> None:
    old.save(tmp_path)
    assert file_problems(tmp_path) == []
    path = tmp_path / "old.key"
    path.chmod(0o640)
    assert [(each.place, each.fix) for each in file_problems(tmp_path)] == [(str(path), f"Run `chmod 600 {path}`.")]


def test_rolled_back_after_the_switch(old: GatewayKey, new: GatewayKey) -> None:
    at = SWITCH + DAY
    back, on = rolled_back([old, new], at)
    assert (back, on) == (replace(new, sign_from=None), replace(old, retire_at=old.certificate.not_valid_after_utc))
    assert [signer([back, on], moment) for moment in (at, RETIRED)] == [on, on]
    assert openers([back, on], at) == [on, back]


def test_rolled_back_after_the_old_key_was_retired(old: GatewayKey, new: GatewayKey) -> None:
    back, on = rolled_back([old, new], RETIRED + DAY)
    assert signer([back, on], RETIRED + DAY) is on


def test_called_off_before_the_switch(old: GatewayKey, new: GatewayKey) -> None:
    back, on = rolled_back([old, new], SWITCH - DAY)
    assert [signer([back, on], moment) for moment in (SWITCH - DAY, SWITCH, RETIRED)] == [on, on, on]


def test_nothing_to_go_back_to(old: GatewayKey, new: GatewayKey) -> None:
    for keys, name in (([new], ""), ([replace(new, sign_from=None), old], "new"), ([old, new], "other")):
        with pytest.raises(PkiError) as raised:
            rolled_back(keys, SWITCH, name)
        assert raised.value.code == "no-gateway-key"


def test_moved_dates_stay_in_order(old: GatewayKey) -> None:
    assert moved(old, retire_at=SWITCH) == replace(old, retire_at=SWITCH)
    with pytest.raises(PkiError) as raised:
        moved(old, sign_from=RETIRED)
    assert raised.value.code == "bad-key"


def test_a_key_put_away_is_not_read_and_its_name_not_used_again(
    tmp_path: Path, old: GatewayKey, new: GatewayKey
) -> None:
    replace(old, name="gateway-1").save(tmp_path)
    replace(new, name="gateway-2").save(tmp_path)
    aside = put_away(tmp_path, "gateway-2")
    left = read_keys(tmp_path)
    assert names(left) == ["gateway-1"]
    assert sorted(path.name for path in aside.iterdir()) == ["gateway-2.crt", "gateway-2.json", "gateway-2.key"]
    assert free_name(left, tmp_path) == "gateway-3"
    with pytest.raises(PkiError, match="The keys are: gateway-1"):
        named(left, "gateway-2")
