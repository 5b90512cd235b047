"""`openics register`: the client register, for operators."""

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.table import Table

from openics.ops import database
from openics.ops.cli.registering import BY, JSON, by, in_words, moment, print_json, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openics.clients.register_record import ClientRecord

app = typer.Typer(no_args_is_help=True)
console = Console()
MOST_FOUND = 200
CLIENT = typer.Argument(help="Client id (ABN or CCID).", metavar="CLIENT")
NOW_ONLY = typer.Option(False, "--in-force", help="Only those that hold today.")

_SEARCH = """
SELECT c.client_id, c.name, CASE WHEN c.merged_into_id IS NULL THEN lower(c.status) ELSE 'merged into ' || s.client_id END,
       c.roles, c.registered_at
FROM client c LEFT JOIN client s ON s.id = c.merged_into_id
WHERE (c.client_id = %(code)s OR (%(name)s <> '' AND c.name_key LIKE %(pattern)s)
       OR c.id IN (SELECT client_id FROM client_entry WHERE code = %(code)s AND kind NOT IN ('ROLE', 'CENTRE')))
  AND (%(role)s = '' OR c.roles @> ARRAY[%(role)s]::varchar[])
ORDER BY c.id DESC LIMIT %(most)s
"""
_ENTRIES = """
SELECT e.kind, e.code, c.client_id, c.name, e.valid_from, e.valid_until, e.nominee, e.nominee_licence, e.evidence
FROM client_entry e JOIN client c ON c.id = e.client_id
WHERE e.kind = ANY(%(kinds)s) AND c.merged_into_id IS NULL AND %(client)s IN ('', c.client_id)
  AND (NOT %(now)s OR (e.valid_from <= %(today)s AND (e.valid_until IS NULL OR e.valid_until >= %(today)s)))
ORDER BY e.kind, e.code, e.valid_from LIMIT %(most)s
"""


@app.command()
def search(
    text: str = typer.Argument(help="Client id, part of a name, or the code of a licence, branch or establishment."),
    role: str = typer.Option("", help="Only those that have this role."),
    json: bool = JSON,
) -> None:
    """Find clients."""
    from openics.clients.similarity import name_key

    name = name_key(text)
    asked = {"code": "".join(text.upper().split()), "name": name, "pattern": f"%{name}%", "role": role.upper()}
    with database.connect("register") as connection, connection.cursor() as cursor:
        cursor.execute(_SEARCH, {**asked, "most": MOST_FOUND})
        rows = cursor.fetchall()
    names = ("client", "name", "status", "roles", "registered_at")
    if json:
        return print_json(console, [dict(zip(names, row, strict=True)) for row in rows])
    if not rows:
        return say(console, "Nothing on the register fits.")
    table = _table("Client", "Name", "Status", "Roles", "Registered (UTC)")
    for client, called, status, roles, at in rows:
        table.add_row(client, called, status, ", ".join(roles), moment(at))
    console.print(table)
    return None


def _table(*headings: str) -> Table:
    made = Table()
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


@app.command()
def show(
    client: str = CLIENT,
    on: str = typer.Option("", help="As it was at the end of a day (UTC), like 2026-03-31."),
    json: bool = JSON,
) -> None:
    """Show a client's record; a merged id shows the surviving one."""
    from openics.clients import register_store
    from openics.clients.due import legal_date
    from openics.exchange.client_care import required

    who = by("")
    with in_words(console), database.connect("register") as connection, connection.cursor() as cursor:
        kept = register_store.survivor_id(cursor, client) or client
        stored = required(cursor, kept)
        record = stored.record
        if on:
            known = register_store.versions(cursor, kept)
            found = register_store.as_at(known, datetime.combine(_day(on), time.max, who.now.tzinfo))
            if found is None:
                return say(console, f"No version of {kept} was kept by the end of {on}.")
            record = found.record
    if json:
        return print_json(console, record.to_json())
    if kept != client:
        say(console, f"{client} was merged into {kept}.")
    return _say_record(record, _day(on) if on else legal_date(who.now))


def _say_record(record: "ClientRecord", today: date) -> None:
    from openics.clients.register_record import address_line, contact_line, entry_line

    say(console, f"{record.client_id} {record.name or '(name not known)'}, {record.standing.value.lower()}")
    lines = [
        ("Address", address_line(record.business_address(today))),
        ("Contact person", " ".join(filter(None, (record.contact_name, record.contact_title)))),
        *(("Contact", contact_line(contact)) for contact in record.contacts),
        *(("In force" if entry.in_force(today) else "Not in force", entry_line(entry)) for entry in record.entries),
    ]
    say(console, *(f"{name + ':':16}{text}" for name, text in lines if text))


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is not a date like 2026-03-31", param_hint="--on") from error


@app.command()
def history(client: str = CLIENT, json: bool = JSON) -> None:
    """Show every version of a client's record: who, when, how, why, and what was before."""
    from openics.clients import register_store
    from openics.clients.register_record import differences
    from openics.exchange.client_care import required

    with in_words(console), database.connect("register") as connection, connection.cursor() as cursor:
        required(cursor, client)
        known = register_store.versions(cursor, client)
    if json:
        return print_json(console, [_version(each) for each in known])
    if not known:
        return say(console, f"{client} was not amended since it was registered.")
    before = known[0]
    for each in known:
        how = f" through {each.channel}" if each.channel else ""
        say(
            console,
            f"Version {each.number}, {moment(each.at)} UTC, by {each.actor or 'unknown'}{how}: {each.reason}".rstrip(
                ": "
            ),
        )
        for change in differences(before.record, each.record):
            say(console, f"  {change.what}: {change.before or '(nothing)'} -> {change.after or '(nothing)'}")
        before = each
    return None


def _version(each: Any) -> dict[str, Any]:
    about = {"version": each.number, "at": each.at, "actor": each.actor, "channel": each.channel, "reason": each.reason}
    return {**about, "record": each.record.to_json()}


@app.command()
def merge(
    survivor: str = typer.Argument(help="Client id of the record that stays."),
    other: str = typer.Argument(help="Client id of the record that goes, and answers with the other one."),
    reason: str = typer.Option(help="What shows that they are the same; it stands in the history of both."),
    actor: str = BY,
) -> None:
    """Merge two records of one client; nothing is lost, and it cannot be undone by a command."""
    from openics.exchange import client_care

    with in_words(console), database.connect("register") as connection:
        client_care.merge(connection, survivor, other, reason, by(actor))
    say(console, f"{other} is merged into {survivor} and answers with its record.")


@app.command()
def licences(
    client: str = typer.Option("", help="Only those of this client id."), in_force: bool = NOW_ONLY, json: bool = JSON
) -> None:
    """List the licences of brokers, depots and warehouses."""
    from openics.clients.register_record import LICENCES

    _list([kind.value for kind in LICENCES], client, in_force, json)


@app.command()
def roles(
    client: str = typer.Option("", help="Only those of this client id."), in_force: bool = NOW_ONLY, json: bool = JSON
) -> None:
    """List the roles of clients with what shows them."""
    _list(["ROLE"], client, in_force, json)


def _list(kinds: "Sequence[str]", client: str, in_force: bool, json: bool) -> None:
    from openics.clients.due import legal_date

    asked = {
        "kinds": list(kinds),
        "client": client,
        "now": in_force,
        "today": legal_date(by("").now),
        "most": MOST_FOUND,
    }
    with database.connect("register") as connection, connection.cursor() as cursor:
        cursor.execute(_ENTRIES, asked)
        rows = cursor.fetchall()
    names = ("kind", "code", "client", "name", "valid_from", "valid_until", "nominee", "nominee_licence", "evidence")
    if json:
        return print_json(console, [dict(zip(names, map(_plain, row), strict=True)) for row in rows])
    if not rows:
        return say(console, "The register holds none.")
    table = _table("Kind", "Code", "Client", "Name", "From", "Until", "Nominee", "Evidence")
    for kind, code, holder, name, start, end, nominee, licence, evidence in rows:
        table.add_row(
            kind.lower(), code, holder, name, str(start), str(end or ""), f"{nominee} {licence}".strip(), evidence
        )
    console.print(table)
    return None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@app.command("load-businesses")
def load_businesses(
    file: Path = typer.Argument(help="CSV in UTF-8; see the manual for its columns.", exists=True, dir_okay=False),
) -> None:
    """Load an extract of the register of businesses: names and activity centres of ABNs. All of it, or nothing."""
    from openics.clients.business_store import load_extract

    with (
        in_words(console),
        database.connect("register") as connection,
        file.open(encoding="utf-8", newline="") as lines,
        connection.transaction(),
        connection.cursor() as cursor,
    ):
        count = load_extract(cursor, lines, by("").now)
    say(console, f"{count} ABNs are loaded.")
