"""`openics authority`: the test authority of this instance, for industry test."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from openics.ops.cli.registering import in_words, say

if TYPE_CHECKING:
    from openics.sandbox.authority import Authority

app = typer.Typer(no_args_is_help=True)
console = Console()


def _authority() -> "Authority":
    from openics.ops.settings import settings
    from openics.sandbox.authority import opened

    chosen = settings()
    return opened(chosen.home / "pki", chosen.web_url or f"http://localhost:{chosen.web_port}")


@app.command()
def issue(
    request: Annotated[Path, typer.Argument(help="The signing request (PEM or DER).", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option(help="Where the certificate is written (PEM).")],
    kind: Annotated[
        Literal["device", "host", "individual", "organisation"], typer.Option(help="What kind of certificate.")
    ] = "device",
) -> None:
    """Issue a certificate for a signing request; the private key stays where it was made."""
    from cryptography.hazmat.primitives.serialization import Encoding

    from openics.pki.certificates import described
    from openics.pki.directory import write_whole
    from openics.pki.kinds import Kind

    with in_words(console):
        made = _authority().issue_for_request(request.read_bytes(), kind=Kind(kind))
    write_whole(out, made.public_bytes(Encoding.PEM))
    say(console, f"Issued {described(made)} ({kind}), valid until {made.not_valid_after_utc:%Y-%m-%d}: {out}")


@app.command("list")
def list_issued() -> None:
    """List what the authority has issued."""
    with in_words(console):
        authority = _authority()
    made = Table()
    for heading in ("Serial", "Subject", "E-mail", "Kind", "Until", "Revoked (UTC)"):
        made.add_column(heading, overflow="fold")
    for each in authority.issued():
        revoked = authority.revoked_at(int(each.serial, 16))
        told = f"{revoked:%Y-%m-%d %H:%M}" if revoked else ""
        made.add_row(each.serial, each.subject, each.email, each.kind, each.until[:10], told)
    console.print(made)


@app.command()
def revoke(serial: Annotated[str, typer.Argument(help="Serial number, hexadecimal, as `list` shows it.")]) -> None:
    """Revoke a certificate that the authority issued, in its list and in what it answers (OCSP)."""
    from openics.ops.roles import trust_directory
    from openics.ops.settings import settings

    with in_words(console):
        authority = _authority()
    name = serial.lower().replace(":", "").lstrip("0")
    if name not in {each.serial for each in authority.issued()}:
        say(console, f"The authority has issued no certificate with the serial number {serial}.")
        raise typer.Exit(1)
    authority.revoke_serial(int(name, 16))
    authority.install(trust_directory(settings().home))
    say(console, f"The certificate {name} is revoked; the gateway knows within a minute.")
