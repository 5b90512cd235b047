"""`openics site`: EDI sites, from registration to pause."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, REASON, by, fields, in_words, moment, print_json, say

if TYPE_CHECKING:
    from openics.clients.site_rules import SiteRecord

app = typer.Typer(no_args_is_help=True)
console = Console()
OWNER = typer.Option(help="Client id (ABN or CCID) the site acts for.")
OWNER_NAME = typer.Option("", help="Name of the owner; registers it, if it has an ABN and is not registered yet.")
FILE = typer.Option(None, help="Its device certificate (PEM or DER).", exists=True, dir_okay=False)


@app.command()
def add(  # noqa: PLR0917 - every one is an option
    owner: str = OWNER,
    address: str = typer.Option(help="EDI address: where its mail comes from and goes to."),
    site: str = typer.Option("", help="Site id; the next free one if not given."),
    administrator: str = typer.Option("", help="Address that is told of problems."),
    text_address: str = typer.Option("", help="Address for plain text."),
    plain_text: bool = typer.Option(
        False, "--plain-text", help="Send the words of each response to the text address as well, readable by anybody."
    ),
    pull: bool = typer.Option(False, "--pull", help="It fetches its interchanges over HTTPS instead of getting mail."),
    owner_name: str = OWNER_NAME,
    role: list[str] = typer.Option([], help="Role of an owner that is registered now; may be repeated."),
    certificate: Path | None = FILE,
    actor: str = BY,
) -> None:
    """Register a site; with a certificate it is ready for mail."""
    from openics.clients.site_rules import SiteRecord
    from openics.exchange import owner_care, site_care
    from openics.ops.settings import settings

    chosen, who = settings(), by(actor)
    wanted = SiteRecord(site, owner, address, text_address, administrator, chosen.test, plain_text=plain_text)
    wanted = replace(wanted, delivery="pull" if pull else "mail")
    told = []
    with in_words(console), database.connect("site") as connection, connection.transaction():
        if owner_name and owner_care.register(connection, owner, owner_name, role, who):
            told.append(f"Client {owner} is registered.")
        found, new = site_care.add(connection, wanted, who, chosen.customs_site)
        told.append(f"Site {found.site} is registered{'' if new else ' already'}, for {found.owner}, {found.address}.")
        if certificate is not None:
            from openics.ops.cli.certificate import register

            told += register(connection, found.site, certificate, who)
    say(console, *told)


@app.command("list")
def list_sites(
    owner: str = typer.Option("", help="Only those of this client id (ABN or CCID)."), json: bool = JSON
) -> None:
    """List the sites."""
    from openics.clients.site_store import load_sites

    with database.connect("site") as connection, connection.cursor() as cursor:
        found = load_sites(cursor, owner=owner)
    if json:
        return print_json(console, [fields(each) for each in found])
    if not found:
        return say(console, "No site is registered." if not owner else f"{owner} has no site.")
    table = Table()
    for heading in ("Site", "Owner", "EDI address", "Administrator", "Environment", "Default", "State"):
        table.add_column(heading, overflow="fold")
    for each in found:
        kind, default = "test" if each.test else "production", "yes" if each.is_default else ""
        table.add_row(each.site, each.owner, each.address, each.administrator, kind, default, _state(each))
    console.print(table)
    return None


def _state(site: "SiteRecord") -> str:
    if site.active:
        return "active"
    since = f" since {moment(site.paused_at)}" if site.paused_at else ""
    return f"paused{since}{f': {site.pause_reason}' if site.pause_reason else ''}"


@app.command()
def show(site: str, json: bool = JSON) -> None:
    """Show a site with its certificates."""
    from openics.clients.site_store import load_certificates
    from openics.exchange.care import required_site

    who = by("")
    with in_words(console), database.connect("site") as connection, connection.cursor() as cursor:
        found = required_site(cursor, site)
        held = load_certificates(cursor, site=site)
    if json:
        shown = [{**fields(each), "standing": each.standing(who.now)} for each in held]
        return print_json(console, {**fields(found), "certificates": shown})
    say(console, f"Site {found.site}, {_state(found)}")
    lines = {
        "Owner": found.owner + (" (its default site)" if found.is_default else ""),
        "EDI address": found.address,
        "Text address": found.text_address + (" (responses go there in plain text)" if found.plain_text else ""),
        "Administrator": found.administrator,
        "Delivery": "fetched by the site" if found.delivery == "pull" else "by mail",
        "Environment": "industry test" if found.test else "production",
    }
    for name, text in lines.items():
        if text:
            say(console, f"{name + ':':15}{text}")
    from openics.ops.cli.certificate import table

    console.print(table(held, who.now) if held else "It has no certificate.")
    return None


@app.command()
def pause(site: str, reason: str = REASON, actor: str = BY) -> None:
    """Take nothing from a site and hold what is for it, until it is resumed."""
    from openics.exchange import site_care

    with in_words(console), database.connect("site") as connection:
        done = site_care.pause(connection, site, reason, by(actor))
    say(console, f"Site {site} is paused{'' if done else ' already'}.")


@app.command()
def resume(site: str, reason: str = typer.Option("", help="Why."), actor: str = BY) -> None:
    """Take from a site again; what waits for it goes."""
    from openics.exchange import site_care

    with in_words(console), database.connect("site") as connection:
        done = site_care.resume(connection, site, by(actor), reason)
    say(console, f"Site {site} is active{' again' if done else ' already'}.")


@app.command("set-address")
def set_address(site: str, address: str, certificate: Path | None = FILE, actor: str = BY) -> None:
    """Give a site another EDI address, together with its certificate; what is not confirmed goes there."""
    from openics.exchange import site_care

    who = by(actor)
    with in_words(console), database.connect("site") as connection:
        if certificate is None:
            done = site_care.set_address(connection, site, address, who)
            return say(console, f"Site {site} has the address {address}{'' if done else ' already'}.")
        from openics.ops.cli.certificate import register

        told = register(connection, site, certificate, who, address=address)
    return say(console, *told, f"Site {site} has the address {address}.")


@app.command("set-default")
def set_default(site: str, actor: str = BY) -> None:
    """Choose the site at which an owner is written to when no message says where."""
    from openics.exchange import site_care

    with in_words(console), database.connect("site") as connection:
        done = site_care.set_default(connection, site, by(actor))
    say(console, f"Site {site} is its owner's default{'' if done else ' already'}.")


@app.command("set-delivery")
def set_delivery(
    site: str,
    delivery: str = typer.Argument(help="mail, or pull: the site fetches its interchanges over HTTPS."),
    actor: str = BY,
) -> None:
    """Choose how interchanges reach a site; those on their way go the new way."""
    from openics.exchange import delivery_care

    with in_words(console), database.connect("site") as connection:
        done = delivery_care.set_delivery(connection, site, delivery, by(actor))
    say(console, f"What is for site {site} is {delivery_care.DELIVERIES[delivery]}{'' if done else ' already'}.")


@app.command("set-plain-text")
def set_plain_text(
    site: str,
    wanted: bool = typer.Option(True, "--on/--off", help="Whether responses go to the text address in words as well."),
    address: str = typer.Option("", help="Another text address."),
    actor: str = BY,
) -> None:
    """Send the words of each response to a site's text address as well, readable by anybody on their way; or no more."""
    from openics.exchange import delivery_care

    with in_words(console), database.connect("site") as connection:
        done = delivery_care.set_plain_text(connection, site, wanted, by(actor), address)
    state = "gets" if wanted else "gets no"
    say(console, f"Site {site} {state} plain text{'' if done else ' already' if wanted else ', as before'}.")
