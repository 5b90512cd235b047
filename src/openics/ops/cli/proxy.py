"""`openics proxy`: the front proxy that ends TLS."""

from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

from openics.ops.cli.registering import in_words, say
from openics.ops.nginx import Front, ProxyError, write
from openics.ops.settings import settings

app = typer.Typer(no_args_is_help=True)
console = Console()


@app.callback()
def _group() -> None:
    """The front proxy that ends TLS."""


@app.command()
def nginx(
    directory: Path = typer.Argument(help="Where to write the files; nginx must be able to read them."),
    certificate: Path = typer.Option(help="The web server's certificate with its chain (PEM)."),
    key: Path = typer.Option(help="Its private key (PEM)."),
    https_port: int = typer.Option(443, help="Port for HTTPS."),
    listen: str = typer.Option("*", help="Address to listen on; * is all of the machine's."),
    http_port: int = typer.Option(80, help="Port that sends browsers to HTTPS."),
) -> None:
    """Write nginx's configuration from the settings; do it again when they or the trusted authorities change."""
    front = Front(certificate.absolute(), key.absolute(), https_port, http_port, listen)
    with in_words(console):
        try:
            files = write(settings(), front, directory.absolute())
        except ProxyError as error:
            _fail(str(error))
    say(
        console,
        *(f"Wrote {path}" for path in files),
        f"Include {files[0]} in nginx's http block, then: nginx -s reload",
    )


def _fail(text: str) -> NoReturn:
    console.print(f"[red]{text}[/red]", highlight=False, soft_wrap=True)
    raise typer.Exit(1)
