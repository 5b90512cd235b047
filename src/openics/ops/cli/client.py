"""`openics client`: what a trading site runs to exchange messages with customs."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openics.ops.cli import client_view as view
from openics.pki.certificates import described
from openics.pki.errors import PkiError
from openics.trader.errors import TraderError
from openics.trader.fetching import fetch_once, watch_gateway
from openics.trader.gateways import (
    gateway_certificates,
    trust_anchor,
    trust_gateway,
    trust_revocations,
    untrust_gateway_file,
)
from openics.trader.home import Config, TraderHome
from openics.trader.https import Gateway
from openics.trader.keys import install as install_certificate
from openics.trader.keys import make_key
from openics.trader.listening import Desk, listen_smtp, read_maildir, watch_maildir
from openics.trader.maildir import Maildir
from openics.trader.overview import overview
from openics.trader.receiving import Refused
from openics.trader.records import Received
from openics.trader.sending import Reference, send_again
from openics.trader.sending import send as send_interchange

app = typer.Typer(no_args_is_help=True)

Home = Annotated[
    Path, typer.Option("--home", envvar="OPENICS_CLIENT_HOME", help="Directory of the site's keys and interchanges.")
]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
Moment = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"])]
DEFAULT_HOME = Path("~/.openics-client")
HIGHEST_PORT = 65_535


@contextmanager
def explained() -> Iterator[None]:
    """Print what a trader must mend, and end with 1."""
    try:
        yield
    except (TraderError, PkiError) as error:
        view.failed(error.text, error.fix, error.rule)
        raise typer.Exit(1) from error


@app.command()
def init(
    *,
    site: Annotated[str, typer.Option(help="Our EDI site id, e.g. AAR399A.")],
    address: Annotated[str, typer.Option(help="Our EDI e-mail address, as registered with customs.")],
    gateway_address: Annotated[str, typer.Option(help="The e-mail address of customs' gateway.")],
    home: Home = DEFAULT_HOME,
    organisation: Annotated[str, typer.Option(help="Our name, for the certificate.")] = "",
    customs_site: Annotated[str, typer.Option(help="Site id of customs.")] = "AAA336C",
    smtp_host: Annotated[str, typer.Option(help="Mail server that takes our mail.")] = "127.0.0.1",
    smtp_port: Annotated[int, typer.Option(min=1, max=HIGHEST_PORT, help="Its port.")] = 8025,
    smtp_tls: Annotated[bool, typer.Option("--smtp-tls", help="Use STARTTLS towards it.")] = False,
    production: Annotated[bool, typer.Option("--production", help="Not industry test, but the real thing.")] = False,
    gateway_url: Annotated[str, typer.Option(help="Web address of the gateway: send over HTTPS, not by mail.")] = "",
    https_authority: Annotated[str, typer.Option(help="File of the authority of its TLS certificate (PEM).")] = "",
) -> None:
    """Make a home for one site: its directories and config.toml."""
    mailed = (smtp_host, smtp_port, smtp_tls)
    config = Config(
        site,
        address,
        gateway_address,
        organisation,
        customs_site,
        *mailed,
        not production,
        gateway_url,
        https_authority,
    )
    with explained():
        made = TraderHome.create(home.expanduser(), config)
    view.say(f"Made {made.directory} for site {site}. Next: `openics client key`.")


@app.command()
def key(
    home: Home = DEFAULT_HOME,
    renew: Annotated[bool, typer.Option("--renew", help="Make a further key, to replace the certificate.")] = False,
    elliptic: Annotated[bool, typer.Option("--elliptic", help="On P-256, in place of RSA.")] = False,
) -> None:
    """Make our private key, which never leaves the home, and a request for its certificate."""
    with explained():
        request = make_key(TraderHome.open(home.expanduser()), renew=renew, elliptic=elliptic)
    view.say(f"The request is in {request}. Send it to the certificate authority; then `openics client install FILE`.")


@app.command()
def install(certificate: File, home: Home = DEFAULT_HOME) -> None:
    """Install the certificate that the authority issued for our request, with its chain."""
    with explained():
        identity = install_certificate(TraderHome.open(home.expanduser()), certificate, _now())
    ends = f"{identity.certificate.not_valid_after_utc:%Y-%m-%d}"
    view.say(
        f"Installed {described(identity.certificate)}, valid until {ends}. It must be registered for the site, too."
    )


@app.command()
def prove(
    challenge: Annotated[str, typer.Argument(help="The challenge that customs shows for the certificate.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Prove that we hold the key of our newest certificate: sign a challenge of customs, and print the result."""
    from openics.trader.proving import prove_newest

    with explained():
        view.say(prove_newest(TraderHome.open(home.expanduser()), challenge).rstrip())


@app.command()
def trust(
    *,
    certificate: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, readable=True)] = None,
    home: Home = DEFAULT_HOME,
    anchor: Annotated[bool, typer.Option("--anchor", help="It is the root of a certificate authority.")] = False,
    revocations: Annotated[bool, typer.Option("--revocations", help="It is an authority's revocation list.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Strike the gateway's certificate off the list.")] = False,
    encrypt_from: Moment = None,
    retire_at: Moment = None,
) -> None:
    """Put a certificate of customs' gateway on the trust list; without a file, show the list.

    While the gateway changes its certificate, both the old and the new one are on the list, each with its window: mail
    is encrypted to it from --encrypt-from on, and signatures count until --retire-at (UTC).
    """
    with explained():
        opened = TraderHome.open(home.expanduser())
        if certificate is None:
            view.console.print(view.trust_table(gateway_certificates(opened)))
        elif anchor:
            for root in trust_anchor(opened, certificate):
                view.say(f"Trusting the authority {described(root)}.")
        elif revocations:
            trust_revocations(opened, certificate)
            view.say("The revocation list is obeyed from now on.")
        elif remove:
            struck = untrust_gateway_file(opened, certificate)
            view.say("It is off the trust list." if struck else "It is not on the trust list.")
        else:
            window = {"encrypt_from": _utc(encrypt_from), "retire_at": _utc(retire_at)}
            trust_gateway(opened, certificate, _now(), **window)
            view.console.print(view.trust_table(gateway_certificates(opened)))


@app.command()
def send(
    *,
    file: Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, readable=True)] = None,
    home: Home = DEFAULT_HOME,
    new_reference: Annotated[bool, typer.Option("--new-reference", help="Give it our next control reference.")] = False,
    reuse_reference: Annotated[
        bool, typer.Option("--reuse-reference", help="Send it though its control reference was used before.")
    ] = False,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Send it with its errors.")] = False,
    again: Annotated[str, typer.Option(help="Instead of a file: the reference of a mail to send once more.")] = "",
) -> None:
    """Sign, encrypt and send an interchange, or messages (UNH to UNT) that are put into one."""
    if bool(again) == (file is not None) or (new_reference and reuse_reference):
        raise typer.BadParameter("give a file, with at most one of --new-reference and --reuse-reference, or --again")
    reference = Reference.NEW if new_reference else Reference.REUSE if reuse_reference else Reference.KEEP
    with explained():
        opened = TraderHome.open(home.expanduser())
        if file is None:
            sent = send_again(opened, again, _now())
        else:
            sent = send_interchange(opened, file.read_bytes(), _now(), reference=reference, check=not unchecked)
    taken = f" Receipt for intake {sent.intake}." if sent.intake else ""
    view.say(f"Sent as {sent.key}.{taken} Answers: `openics client listen`, then `openics client show {sent.key}`.")


@app.command()
def listen(
    *,
    home: Home = DEFAULT_HOME,
    smtp: Annotated[
        int | None, typer.Option(min=0, max=HIGHEST_PORT, help="Listen for SMTP on this port; 0: any free one.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    maildir: Annotated[Path | None, typer.Option(help="Read this maildir instead.", file_okay=False)] = None,
    https: Annotated[bool, typer.Option("--https", help="Fetch it from the gateway's web address instead.")] = False,
    once: Annotated[
        bool, typer.Option("--once", help="End after what waits in the maildir or at the gateway, or the first mail.")
    ] = False,
) -> None:
    """Take in what customs sends, and confirm it with CONTRL."""
    if (smtp is not None) + (maildir is not None) + https != 1:
        raise typer.BadParameter("give one of --smtp PORT, --maildir DIRECTORY and --https")
    stop = threading.Event()

    def told(taken: Received | Refused) -> None:
        view.arrived(taken)
        if once:
            stop.set()

    with explained(), _stopped_by_signals(stop):
        desk = Desk(TraderHome.open(home.expanduser()), told)
        if https:
            _listen_https(desk, stop, once=once)
        elif maildir is None:
            _listen_smtp(desk, host, smtp or 0, stop)
        elif once:
            _read_once(desk, maildir)
        else:
            view.say(f"Waiting for mail in {maildir}. Ctrl-C ends it.")
            watch_maildir(desk, Maildir(maildir), stop)


@app.command()
def show(
    reference: Annotated[str, typer.Argument(help="A control reference or sender reference; none: everything.")] = "",
    home: Home = DEFAULT_HOME,
) -> None:
    """Show what was sent and received and how it stands, or one of it in words."""
    with explained():
        opened = TraderHome.open(home.expanduser())
        found = overview(opened)
        if not reference:
            view.console.print(view.overview_tables(found))
            return
        shown = 0
        for followed in found.sent:
            if reference in {followed.sent.key, *(note.sender_reference for note in followed.sent.notes)}:
                view.console.print(view.journey(followed, opened.sent / f"{followed.sent.key}.edi"))
                shown += 1
        for each in found.received:
            if reference in {each.key, *(note.sender_reference for note in each.notes)}:
                view.console.print(view.reception(each, opened.received / f"{each.key}.edi"))
                shown += 1
        if not shown:
            raise TraderError(f"Nothing is known under {reference}.", "`openics client show` lists everything.")


def _read_once(desk: Desk, maildir: Path) -> None:
    taken = read_maildir(desk, Maildir(maildir))
    if taken:
        return
    if not (maildir / "new").is_dir():
        text = f"There is no maildir {maildir}: it has no directory `new`."
        raise TraderError(text, "Correct --maildir; one that a mail server fills is made with its first mail.")
    view.say(f"No mail waits in {maildir}. An answer takes a second or two: run this again.")


def _listen_https(desk: Desk, stop: threading.Event, *, once: bool) -> None:
    if not desk.home.config.gateway_url:
        raise TraderError("There is no gateway_url in config.toml.", "Add it: the web address of the gateway.")
    gateway = Gateway(desk.home)
    if not once:
        view.say(f"Fetching from {desk.home.config.gateway_url}. Ctrl-C ends it.")
        watch_gateway(desk, gateway, stop)
    elif not fetch_once(desk, gateway):
        view.say("Nothing waits at the gateway. An answer takes a second or two: run this again.")


def _listen_smtp(desk: Desk, host: str, port: int, stop: threading.Event) -> None:
    try:
        listen_smtp(desk, host, port, stop, lambda opened: view.say(f"Listening on {host}:{opened}. Ctrl-C ends it."))
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise TraderError(f"Cannot listen on {host}:{port}: {reason}.", "Choose another --smtp port.") from error


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _now() -> datetime:
    return datetime.now(UTC)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
