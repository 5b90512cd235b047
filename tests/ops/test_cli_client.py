"""`openics client`, from the first key to the answer in words, over real SMTP and S/MIME."""

import os
import re
import shutil
import signal
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner, Result

from openics.ops.cli import client_view
from openics.ops.cli.client import app
from openics.pki.identity import Identity
from openics.sandbox.mailbox import Mailboxes
from openics.trader.gateways import gateway_certificates
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from openics.trader.maildir import Maildir
from trader.world import ADDRESS, GATEWAY, SITE, Letter, World, mail_server

RUN = CliRunner()
INIT = ["init", "--site", SITE, "--address", ADDRESS, "--gateway-address", GATEWAY]


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep the test's own mail server out of what the commands print, and print it on a wide terminal."""
    monkeypatch.setattr(client_view.console, "width", 200)
    with capture_logs():
        yield


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"), datetime.now(UTC))


@pytest.fixture
def gateway_mail(tmp_path: Path) -> Iterator[tuple[int, Mailboxes]]:
    with mail_server(tmp_path / "mailboxes", GATEWAY) as server:
        yield server


@pytest.fixture
def home(world: World, tmp_path: Path, gateway_mail: tuple[int, Mailboxes]) -> TraderHome:
    """A complete home whose mail reaches the gateway's mailbox."""
    shutil.copytree(world.template.directory, tmp_path / "home")
    return TraderHome.open(tmp_path / "home").changed(smtp_port=gateway_mail[0])


@pytest.fixture
def declaration(corpus: Path, tmp_path: Path) -> Path:
    path = tmp_path / "declaration.edi"
    path.write_bytes((corpus / "exd.edi").read_bytes().replace(b"AAA676Y", SITE.encode()))
    return path


@pytest.fixture
def letter(world: World, home: TraderHome, corpus: Path) -> Letter:
    content = (corpus / "clregr_accepted.edi").read_bytes()
    return Letter(content, world.gateway, signing_identity(home, datetime.now(UTC)).certificate)


def client(home: TraderHome | Path, *words: object) -> Result:
    directory = home.directory if isinstance(home, TraderHome) else home
    environment = {"OPENICS_CLIENT_HOME": str(directory), "COLUMNS": "200", "TERM": "dumb"}
    return RUN.invoke(app, [str(word) for word in words], env=environment)


def test_from_nothing_to_a_sent_declaration(
    tmp_path: Path, world: World, gateway_mail: tuple[int, Mailboxes], declaration: Path
) -> None:
    home = tmp_path / "new"
    made = client(home, *INIT, "--smtp-port", gateway_mail[0], "--organisation", "Example Trader")
    assert made.output == f"Made {home} for site {SITE}. Next: `openics client key`.\n"
    key = client(home, "key")
    assert key.output.startswith(f"The request is in {home / 'identity' / 'site.csr'}.")
    issued = world.pem(world.authority.issue_for_request((home / "identity" / "site.csr").read_bytes()))
    assert client(home, "install", issued).output.startswith(f"Installed CN={SITE},O=Example Trader (serial ")
    root = client(home, "trust", "--anchor", world.pem(world.authority.certificate))
    assert root.output.startswith("Trusting the authority CN=OpenICS Test Authority")
    revocations = client(home, "trust", "--revocations", world.authority.write_list())
    assert revocations.output == "The revocation list is obeyed from now on.\n"
    assert "CN=CCF E-mail Gateway" in client(home, "trust", world.pem(world.gateway.certificate)).output
    sent = client(home, "send", declaration)
    assert sent.output.startswith("Sent as 200401270001.")
    (mail,) = gateway_mail[1].of(GATEWAY).waiting()
    assert world.open(mail.read_bytes()).content == declaration.read_bytes()
    assert [each.exit_code for each in (made, key, root, revocations, sent)] == [0] * 5


def test_a_home_is_made_once(home: TraderHome) -> None:
    again = client(home, *INIT)
    assert again.exit_code == 1
    assert again.output == (
        f"{home.directory / 'config.toml'} exists already.\nChange it with an editor, or choose another --home.\n"
    )


def test_without_a_home_every_command_says_what_to_do(tmp_path: Path, declaration: Path) -> None:
    commands = [
        ["key"],
        ["install", declaration],
        ["trust"],
        ["send", declaration],
        ["listen", "--smtp", "0"],
        ["show"],
    ]
    results = [client(tmp_path / "none", *command) for command in commands]
    assert {(each.exit_code, each.output) for each in results} == {
        (1, f"There is no {tmp_path / 'none' / 'config.toml'}.\nRun `openics client init` for this home first.\n")
    }


def test_a_second_key_needs_a_word(home: TraderHome) -> None:
    assert client(home, "key").exit_code == 1
    assert client(home, "key", "--renew").output.startswith(f"The request is in {home.identity / 'site-2.csr'}.")


def test_a_window_is_given_in_utc(home: TraderHome, world: World) -> None:
    certificate = world.pem(world.next_gateway.certificate)
    cut_over = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(days=3)
    window = [
        "--encrypt-from",
        f"{cut_over:%Y-%m-%dT%H:%M}",
        "--retire-at",
        f"{cut_over + timedelta(days=9):%Y-%m-%dT%H:%M}",
    ]
    shown = client(home, "trust", certificate, *window)
    listed = gateway_certificates(home)
    assert (listed[0].encrypt_from, listed[0].retire_at) == (cut_over, cut_over + timedelta(days=9))
    assert f"{cut_over:%Y-%m-%d %H:%M}" in shown.output
    assert client(home, "trust").output == shown.output


def test_a_gateway_that_nobody_vouches_for_is_refused(home: TraderHome, tmp_path: Path, world: World) -> None:
    lone = Identity.generate("CCF", GATEWAY, "Elsewhere")
    refused = client(home, "trust", world.pem(lone.certificate))
    assert refused.exit_code == 1
    assert "--anchor FILE" in refused.output
    assert len(gateway_certificates(home)) == 1


def test_what_was_sent_before_needs_a_word(home: TraderHome, declaration: Path) -> None:
    outputs = [
        client(home, "send", declaration, *words).output.partition(". ")[0]
        for words in ([], [], ["--reuse-reference"], ["--new-reference"])
    ]
    today = f"{datetime.now(UTC).astimezone():%Y%m%d}"
    assert outputs == [
        "Sent as 200401270001",
        "The control reference 200401270001 was sent before; customs refuses it a second time (error 26).\n"
        "Give it a new one: --new-reference",
        "Sent as 200401270001-2",
        f"Sent as {today}0001",
    ]


def test_a_mail_is_sent_again_byte_for_byte(
    home: TraderHome, declaration: Path, gateway_mail: tuple[int, Mailboxes]
) -> None:
    client(home, "send", declaration)
    assert client(home, "send", "--again", "200401270001").output.startswith("Sent as 200401270001.")
    first, second = (path.read_bytes() for path in gateway_mail[1].of(GATEWAY).waiting())
    assert first == second


@pytest.mark.parametrize(
    "words",
    [[], ["--new-reference", "--reuse-reference", "FILE"], ["--again", "1", "FILE"]],
    ids=["nothing", "both", "two"],
)
def test_send_wants_one_thing(home: TraderHome, declaration: Path, words: list[str]) -> None:
    result = client(home, "send", *[declaration if word == "FILE" else word for word in words])
    assert result.exit_code == 2
    assert list(home.sent.iterdir()) == []


def test_faults_stay_here_unless_sent_on_purpose(
    home: TraderHome, declaration: Path, gateway_mail: tuple[int, Mailboxes]
) -> None:
    declaration.write_bytes(declaration.read_bytes().replace(b"UNT+28+1", b"UNT+27+1"))
    refused = client(home, "send", declaration)
    assert refused.exit_code == 1
    assert "message 1, segment 28 (UNT), element 2" in refused.output
    assert gateway_mail[1].of(GATEWAY).waiting() == []
    assert client(home, "send", "--unchecked", declaration).exit_code == 0
    assert len(gateway_mail[1].of(GATEWAY).waiting()) == 1


def test_a_maildir_is_taken_in_and_confirmed(
    home: TraderHome, letter: Letter, gateway_mail: tuple[int, Mailboxes], tmp_path: Path
) -> None:
    maildir = Maildir(tmp_path / "own")
    maildir.deliver(letter.sealed())
    maildir.deliver(b"From: ccf@customs.example\r\n\r\nhello [red]you[/red]\r\n")
    result = client(home, "listen", "--maildir", maildir.directory, "--once")
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "received 00000000000054: CLREGR 7N170STPSUIBEP6PH1D4E6ESHF"
    assert re.fullmatch(r"refused [0-9a-f]{16}: There is text in the body of the mail\. \[rule E3\]", lines[1])
    assert len(gateway_mail[1].of(GATEWAY).waiting()) == 1


def test_a_maildir_without_mail_says_so(home: TraderHome, tmp_path: Path) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / "own" / name).mkdir(parents=True)
    result = client(home, "listen", "--maildir", tmp_path / "own", "--once")
    said = f"No mail waits in {tmp_path / 'own'}. An answer takes a second or two: run this again.\n"
    assert (result.exit_code, result.output) == (0, said)


def test_a_maildir_that_there_is_not(home: TraderHome, tmp_path: Path) -> None:
    result = client(home, "listen", "--maildir", tmp_path / "none", "--once")
    assert result.exit_code == 1
    assert result.output.startswith(f"There is no maildir {tmp_path / 'none'}: it has no directory `new`.\n")
    assert not (tmp_path / "none").exists()


def test_a_port_that_there_cannot_be(home: TraderHome) -> None:
    result = client(home, "listen", "--smtp", "99999")
    assert result.exit_code == 2


@pytest.mark.parametrize("words", [[], ["--smtp", "0", "--maildir", "/tmp"]], ids=["neither", "both"])
def test_listen_wants_one_place(home: TraderHome, words: list[str]) -> None:
    assert client(home, "listen", *words).exit_code == 2


def test_a_port_in_use_is_named(home: TraderHome, gateway_mail: tuple[int, Mailboxes]) -> None:
    result = client(home, "listen", "--smtp", gateway_mail[0])
    assert result.exit_code == 1
    assert result.output == (
        f"Cannot listen on 127.0.0.1:{gateway_mail[0]}: Address already in use.\nChoose another --smtp port.\n"
    )


@pytest.mark.parametrize("ended_by", ["the first mail", "a signal"])
def test_the_smtp_listener_is_a_process_that_ends_when_asked(
    home: TraderHome, letter: Letter, gateway_mail: tuple[int, Mailboxes], ended_by: str
) -> None:
    program = "from openics.ops.cli.client import app; app()"
    once = ["--once"] if ended_by == "the first mail" else []
    command = [sys.executable, "-u", "-c", program, "listen", "--smtp", "0", "--home", str(home.directory), *once]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "COLUMNS": "200"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().rpartition(":")[2].partition(".")[0])
        with smtplib.SMTP("127.0.0.1", port) as session:
            session.sendmail(GATEWAY, [ADDRESS], letter.sealed())
        assert process.stdout.readline() == "received 00000000000054: CLREGR 7N170STPSUIBEP6PH1D4E6ESHF\n"
        if ended_by == "a signal":
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert len(gateway_mail[1].of(GATEWAY).waiting()) == 1


def test_everything_is_shown_in_two_tables(home: TraderHome, declaration: Path, letter: Letter, tmp_path: Path) -> None:
    client(home, "send", declaration)
    Maildir(tmp_path / "own").deliver(letter.sealed())
    client(home, "listen", "--maildir", tmp_path / "own", "--once")
    output = client(home, "show").output
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in output.splitlines() if line.startswith("│")]
    today = f"{datetime.now(UTC).astimezone():%Y%m%d}0001"
    assert [(row[0], *row[2:]) for row in cells] == [
        ("200401270001", "EXD 200401270001", "sent, no answer yet"),
        (today, "CONTRL 00000000000054", "sent"),
        ("00000000000054", "CLREGR 7N170STPSUIBEP6PH1D4E6ESHF", "ABN 51824753556", today),
    ]


def test_one_thing_is_shown_in_words_with_its_answer(
    home: TraderHome, declaration: Path, letter: Letter, corpus: Path, tmp_path: Path
) -> None:
    client(home, "send", declaration)
    report = (corpus / "contrl_accepted.edi").read_bytes().replace(b"23062700000009", b"200401270001")
    Maildir(tmp_path / "own").deliver(replace(letter, interchange=report, reference="00000000000053").sealed())
    client(home, "listen", "--maildir", tmp_path / "own", "--once")
    lines = client(home, "show", "200401270001").output.splitlines()
    assert lines[0] == "Sent as 200401270001: syntax accepted"
    assert "  CONTRL in 00000000000053: syntax accepted" in [line.rstrip() for line in lines]
    assert "EXD: Export declaration (message 1)" in [line.rstrip() for line in lines]
    assert "  First Port of Discharge: USLAX" in [line.rstrip() for line in lines]


def test_what_was_received_is_shown_by_the_reference_it_answers(
    home: TraderHome, letter: Letter, tmp_path: Path
) -> None:
    Maildir(tmp_path / "own").deliver(letter.sealed())
    client(home, "listen", "--maildir", tmp_path / "own", "--once")
    lines = [line.rstrip() for line in client(home, "show", "7N170STPSUIBEP6PH1D4E6ESHF").output.splitlines()]
    assert lines[0] == "Received as 00000000000054: 1 transmission(s)"
    assert "  ABN: 51824753556" in lines


def test_a_message_that_cannot_be_read_is_shown_with_its_faults(home: TraderHome, declaration: Path) -> None:
    declaration.write_bytes(declaration.read_bytes().replace(b":::EXD+", b":::XXX+"))
    client(home, "send", "--unchecked", declaration)
    output = client(home, "show", "200401270001").output
    assert "XXX (message 1) does not follow its guide" in output


def test_nothing_known_is_an_error(home: TraderHome) -> None:
    result = client(home, "show", "OTHER")
    assert (result.exit_code, result.output) == (
        1,
        "Nothing is known under OTHER.\n`openics client show` lists everything.\n",
    )


def test_a_gateway_certificate_is_struck_off_the_list(home: TraderHome, world: World) -> None:
    path = world.pem(world.gateway.certificate)
    assert client(home, "trust", path, "--remove").output == "It is off the trust list.\n"
    assert gateway_certificates(home) == []
    assert client(home, "trust", path, "--remove").output == "It is not on the trust list.\n"
