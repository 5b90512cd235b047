"""Revocation lists and answers of the authority are fetched over HTTP from our own web pages, and count."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Flag
from typing import Any

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from structlog.testing import capture_logs

from exchange.conftest import SITE
from openics.clients.models import Site, SiteCertificate
from openics.ops import revocations
from openics.ops.cli import authority as authority_commands
from openics.ops.cli import main
from openics.ops.revocations import keep_current, private_hosts, refresh_all
from openics.ops.settings import Settings
from openics.ops.settings import settings as chosen_settings
from openics.pki.errors import PkiError
from openics.pki.identity import request
from openics.pki.trust import TrustStore
from openics.sandbox.authority import Authority
from openics.sandbox.seed import register_certificate
from ops.conftest import Openics

NOW = datetime.now(UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, live_server: Any, settings: Any) -> Path:
    """A home with an authority whose list is published by the web server, and is not in the trust store."""
    monkeypatch.setenv("OPENICS_HOME", str(tmp_path))
    monkeypatch.setenv("OPENICS_WEB_URL", live_server.url)
    settings.PKI_DIRECTORY = tmp_path / "pki"
    authority = Authority.create(tmp_path / "pki" / "authority", web=live_server.url)
    authority.install(tmp_path / "pki" / "trust")
    (tmp_path / "pki" / "trust" / "crls" / "test-authority.crl").unlink()
    chosen_settings.cache_clear()
    return tmp_path


@pytest.fixture
def device(home: Path, register: psycopg.Connection, live_server: Any) -> x509.Certificate:
    """A certificate registered to a site."""
    authority = Authority(home / "pki" / "authority", live_server.url)
    certificate = authority.issue("Device", f"edi@{SITE.lower()}.example").certificate
    register_certificate(Site.objects.get(site_id=SITE), certificate)
    return certificate


def _code(home: Path, certificate: x509.Certificate) -> str:
    try:
        TrustStore.load(home / "pki" / "trust").validate(certificate, (), datetime.now(UTC) + timedelta(seconds=2))
    except PkiError as error:
        return error.code
    return ""


def test_the_list_is_fetched_and_counts(
    home: Path, device: x509.Certificate, configured: str, register: psycopg.Connection
) -> None:
    assert _code(home, device) == "revocation-unknown"
    [found] = refresh_all(register, chosen_settings(), datetime.now(UTC))
    assert found.problem == ""
    assert found.address.endswith("/sandbox/authority/revoked.crl")
    assert _code(home, device) == ""
    Authority(home / "pki" / "authority").revoke(device)
    refresh_all(register, chosen_settings(), datetime.now(UTC))
    assert _code(home, device) == "revoked"


def test_what_counts_no_more_is_not_asked_for(
    home: Path, device: x509.Certificate, configured: str, register: psycopg.Connection
) -> None:
    SiteCertificate.objects.update(removed_at=NOW - timedelta(days=1))
    assert refresh_all(register, chosen_settings(), datetime.now(UTC)) == []


def test_a_problem_is_told_once(
    home: Path, device: x509.Certificate, configured: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENICS_REVOCATION_EVERY", "00:00:01")
    chosen_settings.cache_clear()
    (home / "pki" / "authority" / "root.key").rename(home / "root.key")
    stop = Flag()
    rounds = iter([None, None])
    monkeypatch.setattr(stop, "wait", lambda seconds: next(rounds, stop.set()))
    with capture_logs() as logs:
        keep_current(stop)
    assert [each["event"] for each in logs] == ["not fetched"]
    assert logs[0]["problem"].endswith(" answers 404")


def test_it_can_be_turned_off(configured: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENICS_REVOCATION_EVERY", "00:00:00")
    chosen_settings.cache_clear()
    thread = revocations.start(Flag())
    thread.join(5)
    assert thread.is_alive() is False


@pytest.mark.parametrize(
    ("environment", "named", "hosts"),
    [
        ("test", "", {"customs.example:80"}),
        ("test", "crl.inside:8000, ocsp.inside:80", {"customs.example:80", "crl.inside:8000", "ocsp.inside:80"}),
        ("production", "", set()),
        ("production", "crl.inside:8000", {"crl.inside:8000"}),
    ],
)
def test_which_hosts_inside_may_be_asked(environment: str, named: str, hosts: set[str]) -> None:
    chosen = Settings(environment=environment, revocation_hosts=named, web_url="http://customs.example/")
    assert private_hosts(chosen) == hosts


def test_the_command_says_what_came_of_it(
    home: Path, device: x509.Certificate, configured: str, openics: Openics
) -> None:
    done = openics("certificate", "refresh")
    assert (done.exit_code, "current" in done.output) == (0, True)
    (home / "pki" / "authority" / "root.key").rename(home / "root.key")
    failed = openics("certificate", "refresh")
    assert (failed.exit_code, "answers 404" in failed.output) == (1, True)
    SiteCertificate.objects.all().delete()
    assert "No certificate in force names a revocation list" in openics("certificate", "refresh").output


class TestAuthority:
    def test_it_issues_lists_and_revokes(
        self, home: Path, configured: str, openics: Openics, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(authority_commands.console, "_width", 250)
        key, text = request("Device", "edi@trader.example", "Trader", elliptic=True)
        (home / "device.csr").write_bytes(text)
        done = openics("authority", "issue", home / "device.csr", "--out", home / "device.pem", "--kind", "host")
        assert done.exit_code == 0
        certificate = x509.load_pem_x509_certificate((home / "device.pem").read_bytes())
        serial = f"{certificate.serial_number:x}"
        assert certificate.public_key() == key.public_key()
        assert done.output.startswith(f"Issued CN=Device,O=Trader (serial {serial}) (host), valid until ")
        assert serial in openics("authority", "list").output
        told = openics("authority", "revoke", serial.upper()).output
        assert told == f"The certificate {serial} is revoked; the gateway knows within a minute.\n"
        assert _code(home, certificate) == "revoked"

    def test_what_it_did_not_issue_and_what_is_no_request(self, home: Path, configured: str, openics: Openics) -> None:
        refused = openics("authority", "revoke", "12ab")
        assert (refused.exit_code, refused.output) == (
            1,
            "The authority has issued no certificate with the serial number 12ab.\n",
        )
        (home / "bad.csr").write_bytes(b"rubbish")
        refused = openics("authority", "issue", home / "bad.csr", "--out", home / "bad.pem")
        assert (refused.exit_code, refused.output.partition(" (")[0]) == (1, "The signing request cannot be read")
        assert (home / "bad.pem").exists() is False

    def test_without_one_it_says_so(
        self, tmp_path: Path, configured: str, openics: Openics, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENICS_HOME", str(tmp_path / "none"))
        chosen_settings.cache_clear()
        refused = openics("authority", "list")
        assert refused.exit_code == 1
        assert refused.output.startswith(f"There is no test authority in {tmp_path / 'none' / 'pki' / 'authority'}.")


def test_the_command_is_there() -> None:
    assert "authority" in {group.name for group in main.app.registered_groups}


def test_the_pem_of_a_root_is_one_certificate(home: Path) -> None:
    root = Authority(home / "pki" / "authority")
    assert root.root_file() == root.certificate.public_bytes(Encoding.PEM)
