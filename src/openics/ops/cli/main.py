"""The command `openics`."""

import typer

from openics.ops.cli import client, edi, evidence, inbox, system, trade, user

app = typer.Typer(
    name="openics",
    help="An open Integrated Cargo System: run it, lodge with it, look into it.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.registered_commands += system.app.registered_commands + trade.app.registered_commands
app.add_typer(edi.app, name="edi", help="Check, show and write UN/EDIFACT interchanges.")
app.add_typer(client.app, name="client", help="A trader's side: keys, sending, listening.")
app.add_typer(inbox.app, name="inbox", help="Look at what was received; retry or release what is parked.")
app.add_typer(evidence.app, name="evidence", help="The chained log of every signed byte.")
app.add_typer(user.app, name="user", help="People who sign in.")


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
