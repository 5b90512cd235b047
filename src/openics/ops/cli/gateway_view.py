"""What `openics gateway keys` prints."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from openics.channels.mail.key_use import KeyUse, SiteUse, Standing
from openics.exchange.canberra import in_canberra
from openics.exchange.policy import CANBERRA
from openics.pki.gateway_keys import GatewayKey
from openics.pki.key_checks import Problem
from openics.pki.key_ring import coming, newest_first, state

console = Console()


def say(text: str) -> None:
    """Print a line; what it quotes is never taken for markup."""
    console.print(Text(text), soft_wrap=True)


def failed(text: str, fix: str) -> None:
    """Print what is wrong and how to mend it."""
    console.print(Text(text, style="red"), soft_wrap=True)
    console.print(Text(fix), soft_wrap=True)


def show(keys: Sequence[GatewayKey], now: datetime) -> None:
    """The keys with their dates, and what comes next."""
    table = Table()
    for heading in ("Key", "Serial number", "Now", "Encrypt to it from", "Signs from", "Used no more from"):
        table.add_column(heading, overflow="fold")
    for key in newest_first(keys):
        name = key.name if key.dated else f"{key.name} (no dates)"
        dates = (_short(each) for each in (key.encrypt_from, key.sign_from, key.retire_at))
        table.add_row(escape(name), f"{key.certificate.serial_number:x}", state(keys, key, now), *dates)
    console.print(table)
    for change in coming(keys, now)[:3]:
        say(f"{in_canberra(change.at)}: {change.text}.")


def _short(at: datetime | None) -> str:
    return "never" if at is None else f"{at.astimezone(CANBERRA):%Y-%m-%d %H:%M %Z}"


def show_problems(found: Sequence[Problem], well: str = "Nothing is wrong.") -> None:
    """Each problem with its place and what to do; `well` when there is none."""
    for problem in found:
        word = Text("wrong: " if problem.serious else "mind: ", style="red" if problem.serious else "yellow")
        console.print(word + Text(f"{problem.place}: {problem.text} {problem.fix}"), soft_wrap=True)
    if not found and well:
        say(well)


def show_sites(use: KeyUse, *, every: bool) -> None:
    """How many sites stand how, and those that need attention."""
    say(f"The new key is {use.new_key or 'none'}.")
    for standing, count in use.counts:
        say(f"{count:7} {'site' if count == 1 else 'sites'}: {standing.value}")
    shown = [each for each in use.sites if every or each.standing is not Standing.NEW]
    if not shown:
        return
    table = Table(
        "Site", "Owner", "Administrator", "Last mail", "Encrypted to", "New key used since", "Refused (claimed)"
    )
    for each in shown:
        table.add_row(*(escape(cell) for cell in _cells(each)))
    console.print(table)


def _cells(each: SiteUse) -> tuple[str, ...]:
    times = [_short(at) if at else "" for at in (each.last_at, each.new_since, each.refused_at)]
    return (each.site, each.owner, each.administrator, times[0], each.key, times[1], times[2])
