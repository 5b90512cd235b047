"""`openics gateway keys`: the gateway's own keys, and rolling one over to the next."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from openics.exchange.canberra import in_canberra, read_instant
from openics.ops.cli import gateway_view as view
from openics.ops.roles import gateway_directory
from openics.ops.settings import settings
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import OVERLAP, GatewayKey, gateway_key, read_keys
from openics.pki.identity import Identity, load_certificates, load_key
from openics.pki.key_changes import free_name, moved, named, put_away, rolled_back
from openics.pki.key_checks import Problem, file_problems, problems
from openics.pki.key_ring import signer
from openics.trader.errors import TraderError

app = typer.Typer(no_args_is_help=True)
keys = typer.Typer(no_args_is_help=True)
app.add_typer(keys, name="keys", help="The gateway's keys with their dates of use.")


def _instant(text: str) -> datetime:
    try:
        return read_instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


EncryptFrom = Annotated[
    datetime | None,
    typer.Option(parser=_instant, metavar="TIME", help="From when traders may encrypt to it; Canberra's time."),
]
SignFrom = Annotated[
    datetime | None, typer.Option(parser=_instant, metavar="TIME", help="From when the gateway signs with it.")
]
RetireAt = Annotated[
    datetime | None, typer.Option(parser=_instant, metavar="TIME", help="From when it is used no more.")
]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
Name = Annotated[str, typer.Argument(help="The key's name, as `openics gateway keys list` shows it.")]
Force = Annotated[bool, typer.Option("--force", help="Do it in spite of what the check finds.")]


@keys.command("list")
def list_keys() -> None:
    """Show the keys, what each is for now, and what comes next."""
    with _explained():
        view.show(read_keys(_directory()), _now())


@keys.command()
def check() -> None:
    """Look for gaps, overlaps, wrong certificates and open files; ends 1 when something serious is wrong."""
    with _explained():
        found = [*file_problems(_directory()), *_problems(read_keys(_directory()))]
    view.show_problems(found)
    raise typer.Exit(1 if any(problem.serious for problem in found) else 0)


@keys.command()
def add(
    certificate: File,
    key: File,
    *,
    sign_from: SignFrom = None,
    encrypt_from: EncryptFrom = None,
    retire_at: RetireAt = None,
    name: Annotated[str, typer.Option(help="Its name; without one the next of gateway-1, gateway-2, …")] = "",
    force: Force = False,
) -> None:
    """Add a key with its certificate (and chain). Without dates: it signs in 14 days, and is encrypted to from now on."""
    with _explained():
        first, *chain = load_certificates(certificate)
        _add(Identity(first, load_key(key), tuple(chain)), name, (encrypt_from, sign_from, retire_at), force=force)


@keys.command()
def issue(
    *,
    sign_from: SignFrom = None,
    encrypt_from: EncryptFrom = None,
    retire_at: RetireAt = None,
    force: Force = False,
) -> None:
    """In the sandbox: have the test authority issue the next certificate, add it, and tell the example sites."""
    from openics.sandbox.gateway import issue as issue_certificate

    with _explained():
        identity = issue_certificate(settings().home, settings().gateway_address, _now())
        _add(identity, "", (encrypt_from, sign_from, retire_at), force=force)


@keys.command()
def move(
    name: Name,
    *,
    sign_from: SignFrom = None,
    encrypt_from: EncryptFrom = None,
    retire_at: RetireAt = None,
    force: Force = False,
) -> None:
    """Change dates of a key; those left out stay."""
    with _explained():
        before = read_keys(_directory())
        _write(before, [moved(named(before, name), encrypt_from, sign_from, retire_at)], force=force)


@keys.command("roll-back")
def roll_back(
    name: Annotated[str, typer.Argument(help="The key that shall not sign; without one: that which signs last.")] = "",
    *,
    force: Force = False,
) -> None:
    """Let the key before sign again, at once. The key rolled back goes on opening mail, so that nothing is lost."""
    with _explained():
        before = read_keys(_directory())
        _write(before, rolled_back(before, _now(), name)[::-1], force=force)


@keys.command()
def remove(name: Name, *, force: Force = False) -> None:
    """Put a key away: into the directory `removed`, where no process looks. One that still opens mail needs --force."""
    with _explained():
        before, now = read_keys(_directory()), _now()
        key = named(before, name)
        if signer([each for each in before if each is not key], now) is None:
            raise PkiError("no-gateway-key", f"Without {name} no key would sign.", "Add the next key first.")
        if key.opens(now) and not force:
            fix = f"Wait until then, or move it: `openics gateway keys move {name} --retire-at TIME`. Or give --force."
            raise PkiError("bad-key", f"{name} opens mail until {in_canberra(key.retire_at)}.", fix)
        aside = put_away(_directory(), name)
        if _has_sandbox():
            from openics.sandbox.gateway import withdraw

            withdraw(settings().home, key.certificate)
    view.say(f"{name} lies in {aside} now.")


@keys.command()
def sites(every: Annotated[bool, typer.Option("--all", help="Also those that use the new key.")] = False) -> None:
    """Say for every active site which key it encrypts to: who has not used the new one comes first."""
    from openics.channels.mail.key_use import key_use
    from openics.ops import database

    with _explained():
        ring = read_keys(_directory())
    with database.connect("gateway-keys") as connection, connection.cursor() as cursor:
        view.show_sites(key_use(cursor, ring, _now(), test=settings().test), every=every)


def _add(
    identity: Identity,
    name: str,
    dates: tuple[datetime | None, datetime | None, datetime | None],
    *,
    force: bool,
) -> None:
    encrypt_from, sign_from, retire_at = dates
    directory = _directory()
    before = read_keys(directory) if any(directory.glob("*.crt")) else []
    chosen = name or free_name(before, directory)
    if any(key.name == chosen for key in before):
        raise PkiError("bad-key", f"There is a gateway key {chosen} already.", "Choose another --name.")
    planned = gateway_key(chosen, identity, sign_from or _first_moment(before), retire_at)
    _write(before, [moved(planned, encrypt_from)], force=force)


def _first_moment(before: Sequence[GatewayKey]) -> datetime:
    """When a key signs for which nothing is said: at once where there is none, else with the notice that traders need."""
    return _now() + OVERLAP if before else _now()


def _write(before: Sequence[GatewayKey], changed: Sequence[GatewayKey], *, force: bool) -> None:
    """Check the keys as they would be, write those that change, tell the sandbox's sites, and show the result."""
    names = {key.name for key in changed}
    after = [*(key for key in before if key.name not in names), *changed]
    known = _problems(before) if before else []
    worse = [problem for problem in _problems(after) if problem.serious and problem not in known]
    if worse and not force:
        view.show_problems(worse)
        raise PkiError("bad-key", "Nothing was changed.", "Choose other dates, or give --force.")
    there = {key.name for key in before}
    for key in changed:
        if key.name in there:
            key.save_dates(_directory())
        else:
            key.save(_directory())
    if _has_sandbox():
        from openics.sandbox.gateway import announce

        announce(settings().home, _now())
    view.show(read_keys(_directory()), _now())
    view.show_problems(_problems(after), well="")


def _has_sandbox() -> bool:
    return settings().test and (settings().home / "pki" / "authority").is_dir()


def _directory() -> Path:
    return gateway_directory(settings().home)


def _problems(ring: Sequence[GatewayKey]) -> list[Problem]:
    return problems(ring, settings().gateway_address, _now())


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@contextmanager
def _explained() -> Iterator[None]:
    """Print what an operator must mend, and end with 1."""
    try:
        yield
    except (PkiError, TraderError) as error:
        view.failed(error.text, error.fix)
        raise typer.Exit(1) from error
