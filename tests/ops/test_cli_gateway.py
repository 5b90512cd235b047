"""`openics gateway keys`: looking, adding, moving, rolling back, putting away, and who uses which key."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from typer.testing import CliRunner, Result

from exchange.conftest import OTHER, SITE
from openics.exchange.intake import accept
from openics.ops.cli import gateway_view, main
from openics.ops.settings import settings
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import GatewayKey, gateway_key, read_keys
from openics.pki.identity import Identity
from openics.sandbox.authority import Authority
from openics.sandbox.environment import SITES, trader_directory
from openics.trader.gateways import encryption_certificate, gateway_certificates, trust_anchor, trust_revocations
from openics.trader.home import Config, TraderHome

ADDRESS = "ccf@customs.example"
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
SWITCH = NOW + 20 * DAY
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Identity, Identity]:
    """An authority's directory and two certificates of it."""
    directory = tmp_path_factory.mktemp("authority")
    authority = Authority.create(directory, NOW - 10 * DAY)
    old, new = (authority.issue("CCF E-mail Gateway", ADDRESS, "Customs", NOW - days * DAY) for days in (10, 1))
    return directory, old, new


@pytest.fixture
def keys(tmp_path: Path, issued: tuple[Path, Identity, Identity], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The keys of a home: one, without dates."""
    directory = tmp_path / "home" / "pki" / "gateway"
    issued[1].save(directory, "gateway-1")
    monkeypatch.setenv("OPENICS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(gateway_view.console, "_width", 220)
    settings.cache_clear()
    yield directory
    settings.cache_clear()


@pytest.fixture
def files(tmp_path: Path, issued: tuple[Path, Identity, Identity]) -> tuple[Path, Path]:
    """Certificate and key of the next one, as an authority sends them."""
    issued[2].save(tmp_path / "next", "new")
    return tmp_path / "next" / "new.crt", tmp_path / "next" / "new.key"


@pytest.fixture
def command() -> Command:
    runner = CliRunner()
    return lambda *words: runner.invoke(main.app, ["gateway", "keys", *map(str, words)])


def written(keys: Path) -> list[tuple[str, datetime, datetime | None, datetime]]:
    return [(key.name, key.encrypt_from, key.sign_from, key.retire_at) for key in read_keys(keys)]


def test_a_key_is_added_with_a_switch_in_canberras_time(
    keys: Path, files: tuple[Path, Path], command: Command, issued: tuple[Path, Identity, Identity]
) -> None:
    day = (NOW + 20 * DAY).date()
    result = command("add", *files, "--sign-from", f"{day}T04:00+10:00")
    signs = datetime.fromisoformat(f"{day}T04:00+10:00")
    new, old = written(keys)
    assert (result.exit_code, old[0]) == (0, "gateway-1")
    assert new == ("gateway-2", signs - 14 * DAY, signs, issued[2].certificate.not_valid_after_utc)
    assert (keys / "gateway-2.key").stat().st_mode & 0o777 == 0o600
    assert "gateway-2 takes over signing." in result.output


def test_without_a_switch_there_is_notice_of_fourteen_days(
    keys: Path, files: tuple[Path, Path], command: Command
) -> None:
    before = datetime.now(UTC)
    assert command("add", *files, "--name", "next").exit_code == 0
    (name, encrypts, signs, _), _ = written(keys)
    assert signs is not None
    assert (name, signs - encrypts) == ("next", 14 * DAY)
    assert before.replace(microsecond=0) <= signs - 14 * DAY <= datetime.now(UTC)


def test_what_would_leave_nobody_to_sign_is_refused_and_changes_nothing(
    keys: Path, files: tuple[Path, Path], command: Command
) -> None:
    command("add", *files, "--sign-from", SWITCH.isoformat())
    before = written(keys)
    gap = command("move", "gateway-1", "--retire-at", (SWITCH - DAY).isoformat())
    assert gap.exit_code == 1
    assert "wrong: all keys: No key signs from " in gap.output
    assert gap.output.endswith("Nothing was changed.\nChoose other dates, or give --force.\n")
    order = command("move", "gateway-2", "--retire-at", NOW.isoformat())
    assert (order.exit_code, order.output.splitlines()[0]) == (1, "The dates of gateway-2 would be out of order.")
    assert written(keys) == before
    assert command("move", "gateway-1", "--retire-at", (SWITCH - DAY).isoformat(), "--force").exit_code == 0
    assert command("check").exit_code == 1


def test_a_key_of_another_address_is_refused(
    keys: Path, tmp_path: Path, issued: tuple[Path, Identity, Identity], command: Command
) -> None:
    wrong = Authority(issued[0]).issue("CCF", "other@customs.example", "Customs", NOW)
    wrong.save(tmp_path, "wrong")
    result = command("add", tmp_path / "wrong.crt", tmp_path / "wrong.key")
    assert result.exit_code == 1
    assert f"The certificate is for other@customs.example; the gateway's address is {ADDRESS}." in result.output
    assert [name for name, *_ in written(keys)] == ["gateway-1"]


def test_a_time_that_is_none_is_refused(keys: Path, files: tuple[Path, Path], command: Command) -> None:
    result = command("add", *files, "--sign-from", "soon")
    assert result.exit_code == 2
    assert "'soon' is no time" in result.output
    assert [name for name, *_ in written(keys)] == ["gateway-1"]


def test_check_says_that_nothing_is_wrong(keys: Path, command: Command) -> None:
    assert (command("check").exit_code, command("check").output) == (0, "Nothing is wrong.\n")
    (keys / "gateway-1.key").chmod(0o644)
    result = command("check")
    assert (result.exit_code, result.output.count("Others on this machine can read the private key.")) == (1, 1)


def test_roll_back(keys: Path, files: tuple[Path, Path], command: Command) -> None:
    command("add", *files, "--sign-from", SWITCH.isoformat())
    result = command("roll-back")
    assert result.exit_code == 0
    assert [(name, signs is None) for name, _, signs, _ in written(keys)] == [("gateway-2", True), ("gateway-1", False)]
    assert command("roll-back").output.splitlines()[0].startswith("No other key has a certificate")


def test_a_key_that_is_needed_is_not_put_away(keys: Path, files: tuple[Path, Path], command: Command) -> None:
    only = command("remove", "gateway-1")
    assert (only.exit_code, only.output) == (1, "Without gateway-1 no key would sign.\nAdd the next key first.\n")
    command("add", *files, "--sign-from", NOW.isoformat(), "--force")
    opens = command("remove", "gateway-1")
    assert (opens.exit_code, opens.output.startswith("gateway-1 opens mail until ")) == (1, True)
    assert [name for name, *_ in written(keys)] == ["gateway-2", "gateway-1"]
    assert command("remove", "gateway-1", "--force").exit_code == 0
    assert [name for name, *_ in written(keys)] == ["gateway-2"]


def trader(home: Path, authority: Path) -> TraderHome:
    """An example site's client that trusts the authority."""
    made = TraderHome.create(trader_directory(home, SITES[0].site), Config(SITES[0].site, SITES[0].address, ADDRESS))
    root = home / "root.pem"
    root.write_bytes(Authority(authority).certificate.public_bytes(Encoding.PEM))
    trust_anchor(made, root)
    trust_revocations(made, authority / "revoked.crl")
    return made


def test_in_the_sandbox_the_next_certificate_is_issued_and_the_sites_hear_of_it(
    keys: Path, issued: tuple[Path, Identity, Identity], command: Command
) -> None:
    home = keys.parents[1]
    (home / "pki" / "authority").symlink_to(issued[0])
    site = trader(home, issued[0])
    assert command("issue", "--sign-from", SWITCH.isoformat()).exit_code == 0
    new, old = read_keys(keys)
    assert {each.certificate for each in gateway_certificates(site)} == {old.certificate, new.certificate}
    switched = [encryption_certificate(site, at) for at in (NOW, SWITCH - timedelta(seconds=1), SWITCH)]
    assert switched == [old.certificate, old.certificate, new.certificate]
    assert command("remove", "gateway-2").exit_code == 0
    assert [each.certificate for each in gateway_certificates(site)] == [old.certificate]


def test_without_a_test_authority_nothing_is_issued(keys: Path, command: Command) -> None:
    result = command("issue")
    assert (result.exit_code, result.output.splitlines()[0]) == (
        1,
        f"There is no test authority in {keys.parents[1] / 'pki' / 'authority'}.",
    )
    assert [name for name, *_ in written(keys)] == ["gateway-1"]


def received(connection: psycopg.Connection, site: str, key: GatewayKey, at: datetime, state: str = "done") -> None:
    content = f"{site} {key.name} {at}".encode()
    intake = accept(connection, channel="mail", content=content, sender=site, peer="")
    connection.execute(
        "UPDATE intake SET state = %s, site = %s, gateway_key = %s, received_at = %s WHERE id = %s",
        (state, site, fingerprint(key.certificate), at, intake),
    )


def test_the_sites_that_have_not_used_the_new_key_come_first(
    keys: Path,
    command: Command,
    issued: tuple[Path, Identity, Identity],
    register: psycopg.Connection,
    configured: str,
) -> None:
    gateway_key("gateway-2", issued[2], SWITCH).save(keys)
    new, old = read_keys(keys)
    received(register, SITE, new, NOW - DAY)
    received(register, OTHER, old, NOW - 2 * DAY)
    received(register, OTHER, old, NOW - DAY, "refused")
    first = command("sites").output
    assert first.splitlines()[:5] == [
        "The new key is gateway-2.",
        "      1 site: has not used the new key",
        "      0 sites: has used the new key, but used another one last",
        "      0 sites: has sent nothing",
        "      1 site: uses the new key",
    ]
    rows = [line for line in first.splitlines() if "│" in line]
    assert [(OTHER in row, "gateway-1" in row, SITE in row) for row in rows] == [(True, True, False)]
    assert SITE in command("sites", "--all").output
    received(register, SITE, old, NOW)
    assert "1 site: has used the new key, but used another one last" in command("sites").output
