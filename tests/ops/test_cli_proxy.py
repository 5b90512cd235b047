"""`openics proxy nginx`: the front proxy's configuration from the settings."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from typer.testing import CliRunner, Result

from channels.front import SECRET
from openics.ops.cli import main, proxy
from openics.ops.nginx import Front, configuration
from openics.ops.settings import Settings, settings
from person_certificates import authority

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home with one trusted authority, behind a proxy."""
    authority(tmp_path / "ca", tmp_path / "home" / "pki" / "trust")
    for name, value in (("HOME", tmp_path / "home"), ("WEB_URL", "https://ics.example"), ("PROXY_SECRET", SECRET)):
        monkeypatch.setenv(f"OPENICS_{name}", str(value))
    monkeypatch.setattr(proxy.console, "_width", 200)
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def nginx(home: Path, *more: str) -> Result:
    """Run the command."""
    given = ["--certificate", str(home / "web.crt"), "--key", str(home / "web.key")]
    return CliRunner().invoke(main.app, ["proxy", "nginx", str(home / "nginx"), *given, *more])


def test_it_writes_configuration_secret_and_authorities(home: Path) -> None:
    result = nginx(home, "--https-port", "8443", "--listen", "192.0.2.1")
    assert result.exit_code == 0, result.output
    files = sorted(path.name for path in (home / "nginx").iterdir())
    assert files == ["authorities.pem", "openics-secret.conf", "openics.conf"]
    text = (home / "nginx" / "openics.conf").read_text()
    assert text.count("listen 192.0.2.1:8443 ssl") == 2
    assert f"ssl_certificate {home / 'web.crt'};" in text
    assert f"client_max_body_size {Settings().max_mail_bytes};" in text
    secret = home / "nginx" / "openics-secret.conf"
    assert secret.read_text() == f'map "" $openics_proxy_secret {{ default "{SECRET}"; }}\n'
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    found = x509.load_pem_x509_certificates((home / "nginx" / "authorities.pem").read_bytes())
    assert [each.subject.rfc4514_string() for each in found] == ["CN=Authority of Tests"]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WEB_URL", "http://ics.example", "OPENICS_WEB_URL is no https:// address."),
        ("WEB_URL", "", "OPENICS_WEB_URL is no https:// address."),
        ("PROXY_SECRET", "", "OPENICS_PROXY_SECRET is not set."),
        (
            "PROXY_SECRET",
            'x"; } evil { ' + "0" * 32,
            "OPENICS_PROXY_SECRET has characters other than letters and digits.",
        ),
        ("HOME", "nowhere", "There is no root certificate in"),
    ],
)
def test_what_is_missing_is_said(name: str, value: str, said: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"OPENICS_{name}", value)
    settings.cache_clear()
    result = nginx(home)
    assert (result.exit_code, said in result.output) == (1, True)


def test_the_example_in_the_docs_is_what_the_command_writes() -> None:
    chosen = Settings(home=Path("/var/lib/openics"), web_url="https://ics.example", proxy_secret=SECRET)
    front = Front(Path("/etc/ssl/certs/ics.example.pem"), Path("/etc/ssl/private/ics.example.key"))
    made = configuration(chosen, front, Path("/etc/nginx/openics"))
    assert (ROOT / "docs" / "examples" / "nginx.conf").read_text() == made


def test_the_secret_is_not_listed(home: Path) -> None:
    assert SECRET not in CliRunner().invoke(main.app, ["settings"]).output


def test_a_short_secret_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENICS_PROXY_SECRET", "short")
    monkeypatch.setattr("sys.argv", ["openics", "settings"])
    settings.cache_clear()
    with pytest.raises(SystemExit):
        main.main()
    assert "OPENICS_PROXY_SECRET is wrong." in capsys.readouterr().err
