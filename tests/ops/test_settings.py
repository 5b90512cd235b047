"""Settings: their defaults, the environment, and the list of them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from openics.ops.cli import main, system
from openics.ops.settings import Settings, settings


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No setting from outside."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"OPENICS_{name.upper()}", raising=False)
    settings.cache_clear()
    yield monkeypatch
    settings.cache_clear()


def listed(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What `openics settings` shows: variable to value."""
    monkeypatch.setattr(system.console, "_width", 250)
    result = CliRunner().invoke(main.app, ["settings"])
    assert result.exit_code == 0
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in result.output.splitlines()]
    assert all(row[2] for row in rows if row)
    return {row[0]: row[1] for row in rows if row}


def test_everything_has_a_default_that_suits_one_machine() -> None:
    chosen = Settings()
    assert (chosen.home, chosen.database_url, chosen.environment) == (Path(".openics"), "", "test")
    assert (chosen.web_port, chosen.smtp_port, chosen.lmtp_port, chosen.relay_port) == (8080, 8025, 8024, 0)
    assert {chosen.web_host, chosen.smtp_host, chosen.relay_host} == {"127.0.0.1"}
    assert (chosen.max_interchange_bytes, chosen.resend_attempts) == (10_000_000, 5)
    assert chosen.resend_after == timedelta(minutes=30)
    assert (chosen.test, chosen.debug, chosen.secret_key) == (True, False, "")


def test_the_environment_overrides(fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv("OPENICS_WEB_PORT", "9000")
    fresh.setenv("OPENICS_RESEND_AFTER", "00:01:30")
    fresh.setenv("OPENICS_ENVIRONMENT", "production")
    fresh.setenv("OPENICS_NO_SUCH_SETTING", "ignored")
    chosen = settings()
    assert (chosen.web_port, chosen.resend_after, chosen.test) == (9000, timedelta(seconds=90), False)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ENVIRONMENT", "staging"), ("WEB_PORT", "eighty"), ("LOG_LEVEL", "LOUD"), ("RESEND_AFTER", "soon")],
)
def test_what_makes_no_sense_is_refused(fresh: pytest.MonkeyPatch, name: str, value: str) -> None:
    fresh.setenv(f"OPENICS_{name}", value)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert [error["loc"] for error in caught.value.errors()] == [(name.lower(),)]


def test_a_wrong_setting_is_told_in_words(fresh: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fresh.setenv("OPENICS_ENVIRONMENT", "staging")
    fresh.setenv("OPENICS_WEB_PORT", "eighty")
    fresh.setattr("sys.argv", ["openics", "health"])
    with pytest.raises(SystemExit) as caught:
        main.main()
    assert caught.value.code == 1
    assert capsys.readouterr().err.splitlines() == [
        "OPENICS_ENVIRONMENT is wrong. String should match pattern '^(production|test)$'. "
        "Its meaning: production, or test for industry test.",
        "OPENICS_WEB_PORT is wrong. Input should be a valid integer, unable to parse string as an integer. "
        "Its meaning: Port of the web server; the next free one is taken when it is in use.",
    ]


def test_every_setting_is_listed_with_value_and_meaning(fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv("OPENICS_WEB_PORT", "9000")
    found = listed(fresh)
    assert list(found) == ["Variable", *(f"OPENICS_{name.upper()}" for name in Settings.model_fields)][1:]
    assert (found["OPENICS_WEB_PORT"], found["OPENICS_SMTP_PORT"]) == ("9000", "8025")


def test_secrets_are_not_listed(fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv("OPENICS_SECRET_KEY", "open sesame")
    fresh.setenv("OPENICS_DATABASE_URL", "postgresql://openics:sesame@db.example/openics")
    found = listed(fresh)
    assert found["OPENICS_SECRET_KEY"] == "(set)"
    assert found["OPENICS_DATABASE_URL"] == "postgresql://openics:(hidden)@db.example/openics"
