"""`openics certificate`: the certificates of EDI sites."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer
from psycopg import Connection
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, REASON, by, fields, in_words, moment, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openics.clients.certificate_rules import SiteCertificate
    from openics.exchange.care import By

app = typer.Typer(no_args_is_help=True)
console = Console()
NAME = typer.Argument(help="The first digits of its SHA-256 fingerprint, eight at least.", metavar="FINGERPRINT")
ONE_SITE = typer.Option("", help="Only those of this site.")
KEEP_DAYS = 14
"""How long the old certificate is accepted beside the new one, unless told otherwise."""


def register(
    connection: Connection,
    site: str,
    file: Path,
    who: "By",
    *,
    use: str = "",
    replace_at: datetime | None = None,
    address: str = "",
) -> list[str]:
    """Register a certificate from a file; returns what to say of it."""
    from openics.clients.certificate_rules import SHOWN, Use
    from openics.exchange.certificate_care import Wanted, add
    from openics.ops.roles import trust_store
    from openics.ops.settings import settings

    trust = trust_store(settings())
    wanted = Wanted(site, file.read_bytes(), Use(use) if use else None, replace_at, address)
    added = add(connection, wanted, trust, who)
    found = added.certificate
    text = f"Certificate {found.fingerprint[:SHOWN]} is registered{'' if added.new else ' already'} to site {site}"
    return [
        f"{text}, for {_use(found)}, until {moment(found.not_after)}.",
        *(
            f"It replaces {other.fingerprint[:SHOWN]}, which counts until {moment(other.removed_at)}."
            for other in added.replaces
        ),
    ]


def _use(certificate: "SiteCertificate") -> str:
    return "signing and encryption" if certificate.use.signs and certificate.use.encrypts else certificate.use.value


@app.command()
def add(
    file: Path = typer.Argument(
        help="The certificate (PEM, with its intermediates, or DER).", exists=True, dir_okay=False
    ),
    site: str = typer.Option(help="The site it is for."),
    use: Literal["both", "signing", "encryption"] | None = typer.Option(
        None, help="What for; all that it is made for, if not given."
    ),
    replace: bool = typer.Option(False, "--replace", help="It takes over from those that the site has."),
    keep_days: int = typer.Option(KEEP_DAYS, min=0, help="With --replace: days for which the old ones still count."),
    actor: str = BY,
) -> None:
    """Register a certificate beside those a site has, or in their place."""
    who = by(actor)
    replace_at = who.now + timedelta(days=keep_days) if replace else None
    with in_words(console), database.connect("certificate") as connection:
        told = register(connection, site, file, who, use=use or "", replace_at=replace_at)
    say(console, *told)


@app.command("list")
def list_certificates(site: str = ONE_SITE, json: bool = JSON) -> None:
    """List the certificates, those that ended too."""
    from openics.clients.site_store import load_certificates

    now = by("").now
    with database.connect("certificate") as connection, connection.cursor() as cursor:
        found = load_certificates(cursor, site=site)
    if json:
        return print_json(console, [{**fields(each), "standing": each.standing(now)} for each in found])
    if not found:
        return say(console, f"Site {site} has no certificate." if site else "No certificate is registered.")
    console.print(table(found, now))
    return None


def table(certificates: "Sequence[SiteCertificate]", now: datetime) -> Table:
    """Certificates as a table."""
    from openics.clients.certificate_rules import SHOWN

    made = Table()
    for heading in ("Certificate", "Site", "Used for", "Valid from (UTC)", "Until", "State", "Reason"):
        made.add_column(heading, overflow="fold")
    for each in certificates:
        valid = (moment(each.not_before), moment(each.not_after))
        made.add_row(each.fingerprint[:SHOWN], each.site, _use(each), *valid, each.standing(now).value, each.reason)
    return made


@app.command()
def suspend(name: str = NAME, reason: str = REASON, actor: str = BY) -> None:
    """Accept a certificate no more until it is resumed."""
    from openics.exchange import certificate_care as care

    with in_words(console), database.connect("certificate") as connection:
        found = care.find(connection, name)
        done = care.suspend(connection, found.fingerprint, reason, by(actor))
    say(console, f"The {found.place} is suspended{'' if done else ' already'}.")


@app.command()
def resume(name: str = NAME, reason: str = typer.Option("", help="Why."), actor: str = BY) -> None:
    """Accept a suspended certificate again."""
    from openics.exchange import certificate_care as care

    with in_words(console), database.connect("certificate") as connection:
        found = care.find(connection, name)
        done = care.resume(connection, found.fingerprint, by(actor), reason)
    say(console, f"The {found.place} is {'accepted again' if done else 'not suspended: nothing to do'}.")


@app.command()
def revoke(name: str = NAME, reason: str = REASON, actor: str = BY) -> None:
    """Accept a certificate never more, at once; this cannot be undone."""
    from openics.exchange import certificate_care as care

    with in_words(console), database.connect("certificate") as connection:
        found = care.find(connection, name)
        done = care.revoke(connection, found.fingerprint, reason, by(actor))
    say(console, f"The {found.place} is revoked{'' if done else ' already'}.")


@app.command()
def refresh() -> None:
    """Fetch revocation lists and OCSP answers now; the system does it every hour (OPENICS_REVOCATION_EVERY)."""
    from openics.ops.revocations import refresh_all
    from openics.ops.settings import settings

    with in_words(console), database.connect("certificate") as connection:
        found = refresh_all(connection, settings(), by("").now)
    if not found:
        return say(console, "No certificate in force names a revocation list or an OCSP responder over http.")
    made = Table()
    for heading in ("Address", "What", "Came to"):
        made.add_column(heading, overflow="fold")
    for each in found:
        made.add_row(each.address, each.what, each.problem or "current")
    console.print(made)
    if any(each.problem for each in found):
        raise typer.Exit(1)
    return None


@app.command()
def expiring(
    days: int = typer.Option(60, min=0, help="Those that end within so many days, or have ended."), json: bool = JSON
) -> None:
    """List certificates that end soon and are not renewed; reminders come 60, 30, 14 and 3 days before."""
    from openics.clients import certificate_rules
    from openics.clients.site_store import load_certificates, load_sites
    from openics.exchange.notices.reading import last_reminders

    with database.connect("certificate") as connection, connection.cursor() as cursor:
        found = certificate_rules.expiring(load_certificates(cursor), by("").now, days)
        told = last_reminders(cursor, [each.certificate.fingerprint for each in found])
        sites = {each.site: each for each in load_sites(cursor)}
    if json:
        records = [{**fields(each.certificate), "days": each.days, "reminder": each.reminder} for each in found]
        for record in records:
            record["told"], record["told_at"] = told.get(record["fingerprint"], (None, None))
        return print_json(console, records)
    if not found:
        return say(console, f"No certificate ends within {days} days without being renewed.")
    made = Table()
    for heading in ("Certificate", "Site", "Used for", "Until (UTC)", "Days left", "Administrator", "Last told (UTC)"):
        made.add_column(heading, overflow="fold")
    for each in found:
        one = each.certificate
        left = str(each.days) if each.days >= 0 else "ended"
        name, administrator = one.fingerprint[: certificate_rules.SHOWN], sites[one.site].administrator
        step, at = told.get(one.fingerprint, ("", None))
        last = f"{moment(at)} {step}" if at else ""
        made.add_row(name, one.site, _use(one), moment(one.not_after), left, administrator, last)
    console.print(made)
    return None
