"""The sandbox's example sites and people, and where their things lie."""

import json
from dataclasses import dataclass
from pathlib import Path

from openics.trader.home import TraderHome


@dataclass(frozen=True, slots=True)
class ExampleSite:
    """An example trading site, its owner and somebody who signs in for it."""

    site: str
    abn: str
    name: str
    roles: tuple[str, ...]
    domain: str

    @property
    def address(self) -> str:
        """The site's EDI address."""
        return f"edi@{self.domain}"

    @property
    def administrator(self) -> str:
        """Where notices go."""
        return f"admin@{self.domain}"

    @property
    def person(self) -> str:
        """Who signs in."""
        return f"trader@{self.domain}"


SITES = (
    ExampleSite("AAA676Y", "80000000001", "EXAMPLE EXPORTS PTY LTD", ("EXPORTER",), "exports.example"),
    ExampleSite(
        "AAR399A", "61000000002", "EXAMPLE FORWARDING PTY LTD", ("EXPORTER", "EXPORTER AGENT"), "forwarding.example"
    ),
)
OFFICER = "officer@customs.example"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in."""

    email: str
    password: str
    what: str


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the instance's gateway is."""

    gateway_address: str
    customs_site: str
    smtp_host: str
    smtp_port: int
    test: bool
    web: str = ""
    """Address of the web pages, http://HOST:PORT."""


def repoint(home: Path, environment: Environment) -> None:
    """Tell the example sites' clients where the gateway listens now; its port may differ from one start to the next."""
    for example in SITES:
        trader = TraderHome.open(trader_directory(home, example.site))
        if (trader.config.smtp_host, trader.config.smtp_port) != (environment.smtp_host, environment.smtp_port):
            trader.changed(smtp_host=environment.smtp_host, smtp_port=environment.smtp_port)


def sign_ins(home: Path) -> list[SignIn]:
    """The example people and their passwords; none when the instance was not seeded."""
    path = home / "sign-in.json"
    if not path.exists():
        return []
    return [SignIn(**each) for each in json.loads(path.read_text())]


def trader_directory(home: Path, site: str) -> Path:
    """The home of an example site's client."""
    return home / "traders" / site
