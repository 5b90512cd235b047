"""A site's directory and its configuration."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.trader.errors import TraderError
from openics.trader.home import Config, TraderHome
from openics.trader.toml import read_toml, write_toml

CONFIG = Config("AAR399A", "edi@trader.example", "ccf@customs.example", 'Pty "Ltd"', smtp_tls=True, test=False)


def test_a_home_is_read_as_it_was_made_and_closed_to_others(tmp_path: Path) -> None:
    made = TraderHome.create(tmp_path / "a" / "home", CONFIG)
    assert TraderHome.open(tmp_path / "a" / "home") == made
    assert made.config == CONFIG
    kept = [made.directory, made.identity, made.anchors, made.gateways, made.sent, made.received, made.refused]
    assert [stat.S_IMODE(each.stat().st_mode) for each in kept] == [0o700] * 7
    assert stat.S_IMODE((made.directory / "config.toml").stat().st_mode) == 0o600


def test_an_existing_home_is_not_overwritten(tmp_path: Path) -> None:
    TraderHome.create(tmp_path, CONFIG)
    before = (tmp_path / "config.toml").read_bytes()
    with pytest.raises(TraderError) as refused:
        TraderHome.create(tmp_path, replace(CONFIG, site="AAA676Y"))
    assert refused.value.text == f"{tmp_path / 'config.toml'} exists already."
    assert (tmp_path / "config.toml").read_bytes() == before


def test_a_change_is_kept(tmp_path: Path) -> None:
    changed = TraderHome.create(tmp_path, CONFIG).changed(smtp_port=2525, smtp_host="mail.example")
    assert TraderHome.open(tmp_path) == changed
    assert changed.config == replace(CONFIG, smtp_port=2525, smtp_host="mail.example")


def test_a_bad_change_leaves_the_file_alone(tmp_path: Path) -> None:
    home = TraderHome.create(tmp_path, CONFIG)
    with pytest.raises(TraderError, match="smtp_port is 0"):
        home.changed(smtp_port=0)
    assert TraderHome.open(tmp_path).config == CONFIG


@pytest.mark.parametrize(
    ("line", "text", "fix"),
    [
        ("site = 5", "site is 5.", "It must be a text in quotes."),
        ("smtp_tls = 1", "smtp_tls is 1.", "It must be a truth value: true or false."),
        ("smtp_port = true", "smtp_port is True.", "It must be a whole number."),
        ("smtp_port = 65536", "smtp_port is 65536.", "A port lies between 1 and 65535."),
        ('site = "aar399a"', "site is 'aar399a'.", "A site id is 7 capital letters and digits: AAA336C."),
        ('customs_site = "A/../B"', "customs_site is 'A/../B'.", "A site id is 7 capital letters and digits: AAA336C."),
        ('address = "nobody"', "address is 'nobody'.", "Give an e-mail address: edi@trader.example."),
    ],
)
def test_a_bad_value_is_named_with_its_place(tmp_path: Path, line: str, text: str, fix: str) -> None:
    name = line.partition(" ")[0]
    path = tmp_path / "config.toml"
    TraderHome.create(tmp_path, CONFIG)
    lines = [each for each in path.read_text().splitlines() if not each.startswith(f"{name} ")]
    path.write_text("\n".join([*lines, line]))
    with pytest.raises(TraderError) as refused:
        TraderHome.open(tmp_path)
    assert (refused.value.text, refused.value.fix) == (f"{path}: {text}", fix)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('colour = "red"', "unknown key colour."),
        ('site = "AAR399A"', "address, gateway_address is missing."),
        ("site = ", "is not TOML"),
        ("\xff", "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: str, text: str) -> None:
    (tmp_path / "config.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(TraderError) as refused:
        TraderHome.open(tmp_path)
    assert str(tmp_path / "config.toml") in refused.value.text
    assert text in refused.value.text


def test_no_home_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TraderError) as refused:
        TraderHome.open(tmp_path)
    assert refused.value.fix == "Run `openics client init` for this home first."


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,9}", fullmatch=True),
        st.text(st.characters(exclude_categories=["Cs"])) | st.booleans() | st.integers(-(2**60), 2**60),
    )
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, str | bool | int]
) -> None:
    path = tmp_path_factory.getbasetemp() / "values.toml"
    write_toml(path, values)
    assert read_toml(path) == values
