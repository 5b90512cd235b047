"""What `openics run` says once the system is up."""

import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from openics.sandbox.environment import SITES, sign_ins, trader_directory


def welcome(console: Console, home: Path, web_url: str, ports: Mapping[str, int]) -> None:
    """Print the addresses, how to sign in, and what to try next."""
    command = _command()
    console.print(f"\n[bold]OpenICS is running.[/bold] State is in {home}\n", highlight=False)
    for what, where in (
        ("Customs Interactive", f"{web_url}/"),
        ("Health, metrics", f"{web_url}/health   {web_url}/metrics"),
        ("Mail gateway", f"SMTP 127.0.0.1:{ports['smtp_port']}{_lmtp(ports)}"),
    ):
        console.print(f"{what:20}  {where}", highlight=False, soft_wrap=True)
    people = Table(title="Sign in", title_justify="left", box=None, padding=(0, 2, 0, 0))
    for heading in ("E-mail", "Password", "Who"):
        people.add_column(heading)
    for person in sign_ins(home):
        people.add_row(person.email, person.password, person.what)
    console.print()
    console.print(people, highlight=False)
    email = sign_ins(home)[0].email if sign_ins(home) else "E-MAIL"
    trader = trader_directory(home, SITES[0].site)
    console.print(f"The one-time code of the moment: {command} user code {email}\n", highlight=False, soft_wrap=True)
    console.print("[bold]Try next[/bold]", highlight=False)
    for text in (
        f"{command} client send --home {trader} tests/corpus/exd.edi",
        f"{command} client listen --home {trader} --maildir {home}/mailboxes/{SITES[0].address} --once",
        f"{command} explain 200401270001",
        "docs/tutorial.md: your first interchange, step by step",
    ):
        console.print(f"  {text}", highlight=False, soft_wrap=True)
    console.print("\nCtrl-C stops everything and keeps the state.", highlight=False)
    sys.stdout.flush()


def _command() -> str:
    program = Path(sys.argv[0])
    try:
        return str(program.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(program)


def _lmtp(ports: Mapping[str, int]) -> str:
    return f", LMTP 127.0.0.1:{ports['lmtp_port']}" if "lmtp_port" in ports else ""
