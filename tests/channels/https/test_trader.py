"""The trader's client against the running gateway, over TLS: from a declaration to its confirmed answer."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from channels.https.offices import Office, intakes, interchange, utc_now
from channels.https.tls import in_front_of
from openics.exchange.models import OutboxItem
from openics.ops.cli import client_view
from openics.ops.cli.client import app
from openics.pki import receipts, statements
from openics.trader.errors import TraderError
from openics.trader.fetching import fetch_once
from openics.trader.home import TraderHome
from openics.trader.https import Gateway
from openics.trader.listening import Desk
from openics.trader.receiving import Refused
from openics.trader.records import Received, all_received, load_sent
from openics.trader.sending import send, send_again
from trader.world import SITE

pytestmark = pytest.mark.django_db(transaction=True)
Told = list[Received | Refused]


@pytest.fixture
def secure(office: Office, home: TraderHome, tmp_path: Path) -> Iterator[TraderHome]:
    """The trader's home, whose interchanges go to the gateway over TLS."""
    with in_front_of(office.url, tmp_path / "tls") as front:
        yield home.changed(gateway_url=front.url, https_authority=str(front.authority))


def states() -> list[str]:
    return list(OutboxItem.objects.order_by("id").values_list("state", flat=True))


def test_from_a_declaration_to_its_confirmed_answer(office: Office, secure: TraderHome) -> None:
    office.fetches()
    told: Told = []
    sent = send(secure, interchange(secure), utc_now())
    assert (sent.intake > 0, len(sent.deliveries), sent.error) == (True, 1, "")
    receipt = receipts.read(statements.open_signed((secure.sent / f"{sent.key}.receipt").read_bytes()))
    assert (receipt.intake, receipt.again, receipt.digest) == (sent.intake, False, receipt.digest)
    office.work()
    desk, gateway = Desk(secure, told.append), Gateway(secure)
    assert fetch_once(desk, gateway) == 2
    assert [each.notes[0].name for each in told if isinstance(each, Received)] == ["CONTRL", "EXDR"]
    assert states() == ["delivered", "delivered"]
    office.work()
    assert states() == ["delivered", "confirmed"]
    assert intakes() == [("https", "done", SITE, 0), ("https", "done", SITE, 0)]
    assert fetch_once(desk, gateway) == 0
    answer = next(each for each in all_received(secure.received) if each.notes[0].name == "EXDR")
    confirmation = load_sent(secure.sent, answer.confirmation)
    assert confirmation is not None
    assert confirmation.intake > sent.intake


def test_the_same_mail_again_is_the_same_intake(office: Office, secure: TraderHome) -> None:
    sent = send(secure, interchange(secure), utc_now())
    again = send_again(secure, sent.key, utc_now())
    assert (again.intake, len(again.deliveries)) == (sent.intake, 2)
    receipt = receipts.read(statements.open_signed((secure.sent / f"{sent.key}.receipt").read_bytes()))
    assert receipt.again
    assert intakes() == [("https", "pending", "", 1)]


def test_a_web_server_that_nobody_vouches_for_gets_nothing(office: Office, secure: TraderHome) -> None:
    careless = secure.changed(https_authority="")
    with pytest.raises(TraderError) as refused:
        send(careless, interchange(careless), utc_now())
    assert "certificate verify failed" in refused.value.text
    assert intakes() == []
    (kept,) = secure.sent.glob("*.eml")
    sent = send_again(secure, kept.stem, utc_now())
    assert (sent.error, intakes()) == ("", [("https", "pending", "", 0)])


def test_an_authority_that_is_no_file_is_named(secure: TraderHome) -> None:
    with pytest.raises(TraderError) as refused:
        Gateway(secure.changed(https_authority="/nowhere.pem"))
    assert refused.value.text == "https_authority names /nowhere.pem, which is no file."


@pytest.mark.parametrize(
    "url", ["http://customs.example", "ftp://customs.example", "https://customs.example/edi", "customs.example"]
)
def test_an_address_that_would_not_be_safe_is_refused(home: TraderHome, url: str) -> None:
    with pytest.raises(TraderError) as refused:
        home.changed(gateway_url=url)
    assert refused.value.text == f"the configuration: gateway_url is {url!r}."


def test_what_the_gateway_says_is_told(office: Office, client: TraderHome) -> None:
    office.fetches()
    skewed = utc_now() + timedelta(hours=1)
    with pytest.raises(TraderError) as refused:
        Gateway(client).waiting(skewed)
    assert refused.value.text.startswith(f"{office.url}/edi/requests answers 403: The request was made at ")
    assert refused.value.fix == "Set the clock of this machine, then ask again."


def test_a_client_that_dies_between_storing_and_saying_so_loses_nothing(office: Office, client: TraderHome) -> None:
    office.fetches()
    send(client, interchange(client), utc_now())
    office.work()
    told: Told = []
    gateway = Gateway(client)
    (first, *_) = gateway.waiting(utc_now()).items
    Desk(client, told.append).take(gateway.fetch(first, utc_now()))  # and here it dies
    assert fetch_once(Desk(client, told.append), Gateway(client)) == 2
    arrivals = {each.control_reference: each.arrivals for each in all_received(client.received)}
    assert arrivals == {"00000000000001": 2, "00000000000002": 1}
    office.work()
    assert states() == ["delivered", "confirmed"]


RUN = CliRunner()


def commands(home: TraderHome) -> Callable[..., str]:
    environment = {"OPENICS_CLIENT_HOME": str(home.directory), "COLUMNS": "200", "TERM": "dumb"}

    def run(*words: object) -> str:
        done = RUN.invoke(app, [str(word) for word in words], env=environment)
        assert done.exit_code in {0, 1, 2}
        return done.output

    return run


def test_the_commands_send_and_listen_over_https(
    office: Office, secure: TraderHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_view.console, "width", 200)
    office.fetches()
    run = commands(secure)
    file = tmp_path / "declaration.edi"
    file.write_bytes(interchange(secure))
    assert "Receipt for intake" in run("send", file)
    assert run("listen", "--https", "--once").startswith("Nothing waits at the gateway.")
    office.work()
    listened = run("listen", "--https", "--once")
    assert [line.split(":")[0] for line in listened.splitlines()] == [
        "received 00000000000001",
        "received 00000000000002",
    ]
    office.work()
    assert states() == ["delivered", "confirmed"]
    secure.changed(gateway_url="")
    assert "There is no gateway_url in config.toml." in run("listen", "--https", "--once")
    assert "give one of --smtp PORT, --maildir DIRECTORY and --https" in run("listen")


def test_listening_goes_on_until_it_is_stopped(office: Office, client: TraderHome) -> None:
    office.fetches()
    listener = subprocess.Popen(
        [sys.executable, "-m", "openics.ops.cli.main", "client", "listen", "--https"],
        env={**os.environ, "OPENICS_CLIENT_HOME": str(client.directory)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert listener.stdout is not None
        assert listener.stdout.readline() == f"Fetching from {office.url}. Ctrl-C ends it.\n"
        send(client, interchange(client), utc_now())
        office.work()
        end = time.monotonic() + 30
        while states() != ["delivered", "confirmed"] and time.monotonic() < end:
            office.worker.run_once()
            time.sleep(0.2)
        assert states() == ["delivered", "confirmed"]
        listener.send_signal(signal.SIGTERM)
        assert listener.wait(20) == 0
    finally:
        listener.kill()
        listener.wait()
        if listener.stdout is not None:
            listener.stdout.close()
