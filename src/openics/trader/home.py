"""The directory in which a trading site keeps everything it needs to exchange messages with customs.

config.toml         who we are and where customs is
identity/           our keys, requests and certificates
trust/anchors/      roots that we trust; trust/gateway/: certificates of customs' gateway
sent/, received/    interchanges with their mails and records; refused/: mails that we did not accept
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from openics.trader.errors import TraderError
from openics.trader.toml import read_toml, write_toml

SITE = re.compile(r"[A-Z0-9]{7}")
ADDRESS = re.compile(r"[^@\s<>/]+@[^@\s<>/]+")
GATEWAY_URL = re.compile(r"(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?/?", re.ASCII)
PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class Config:
    """Who we are and where customs is.

    `address` is the e-mail address registered for the site, the one in its certificate; `smtp_host` and `smtp_port` are
    the mail server that takes our mail; `test` marks interchanges for industry test. With `gateway_url`, the public address of
    the gateway's web server, interchanges are handed in over HTTPS instead of by mail; `https_authority` is the file (PEM) of
    the authority of its TLS certificate, empty for those that this machine trusts.
    """

    site: str
    address: str
    gateway_address: str
    organisation: str = ""
    customs_site: str = "AAA336C"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 8025
    smtp_tls: bool = False
    test: bool = True
    gateway_url: str = ""
    https_authority: str = ""

    def check(self, place: str) -> None:
        """Raise TraderError, naming the place and the key, unless every value can be used."""
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is not field.type:
                raise TraderError(f"{place}: {field.name} is {value!r}.", f"It must be a {_named(field.type)}.")
        for name in ("site", "customs_site"):
            if not SITE.fullmatch(getattr(self, name)):
                raise TraderError(
                    f"{place}: {name} is {getattr(self, name)!r}.",
                    "A site id is 7 capital letters and digits: AAA336C.",
                )
        for name in ("address", "gateway_address"):
            if not ADDRESS.fullmatch(getattr(self, name)):
                fix = "Give an e-mail address: edi@trader.example."
                raise TraderError(f"{place}: {name} is {getattr(self, name)!r}.", fix)
        if not 0 < self.smtp_port < 65536:
            raise TraderError(f"{place}: smtp_port is {self.smtp_port}.", "A port lies between 1 and 65535.")
        if self.gateway_url and not GATEWAY_URL.fullmatch(self.gateway_url):
            fix = "Give https://HOST or https://HOST:PORT; http:// only for this machine itself (localhost)."
            raise TraderError(f"{place}: gateway_url is {self.gateway_url!r}.", fix)


@dataclass(frozen=True, slots=True)
class TraderHome:
    """One site's directory, with its configuration read."""

    directory: Path
    config: Config

    @classmethod
    def create(cls, directory: Path, config: Config) -> "TraderHome":
        """Make the directories, closed to others, and write the configuration; TraderError when there is one already."""
        config.check("the configuration")
        path = directory / "config.toml"
        if path.exists():
            raise TraderError(f"{path} exists already.", "Change it with an editor, or choose another --home.")
        home = cls(directory, config)
        for each in (directory, home.identity, home.anchors, home.gateways, home.sent, home.received, home.refused):
            each.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        write_toml(path, asdict(config))
        return home

    @classmethod
    def open(cls, directory: Path) -> "TraderHome":
        """Read the configuration of an existing home; TraderError says what is wrong with it and how to mend it."""
        path = directory / "config.toml"
        found = read_toml(path)
        known = {field.name for field in fields(Config)}
        if unknown := found.keys() - known:
            names = ", ".join(sorted(unknown))
            raise TraderError(f"{path}: unknown key {names}.", f"Known are {', '.join(sorted(known))}.")
        if missing := {"site", "address", "gateway_address"} - found.keys():
            raise TraderError(f"{path}: {', '.join(sorted(missing))} is missing.", "Add it.")
        config = Config(**found)
        config.check(str(path))
        return cls(directory, config)

    def changed(self, **changes: str | int | bool) -> "TraderHome":
        """The home after some keys of its configuration were changed, in the file too; TraderError for a bad value."""
        config = replace(self.config, **changes)  # type: ignore[arg-type]  # `check` looks at each value
        config.check("the configuration")
        write_toml(self.directory / "config.toml", asdict(config))
        return TraderHome(self.directory, config)

    @property
    def identity(self) -> Path:
        """Our keys, requests and certificates."""
        return self.directory / "identity"

    @property
    def trust(self) -> Path:
        """What we trust: anchors, intermediates, revocation lists, gateway certificates."""
        return self.directory / "trust"

    @property
    def anchors(self) -> Path:
        """Roots that we trust, PEM."""
        return self.trust / "anchors"

    @property
    def gateways(self) -> Path:
        """Certificates of customs' gateway, PEM, each with its window."""
        return self.trust / "gateway"

    @property
    def sent(self) -> Path:
        """Interchanges that we sent."""
        return self.directory / "sent"

    @property
    def received(self) -> Path:
        """Interchanges from customs."""
        return self.directory / "received"

    @property
    def refused(self) -> Path:
        """Mails that we did not accept, each with the reason."""
        return self.directory / "refused"

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes and threads from changing the home meanwhile."""
        descriptor = os.open(self.directory / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _named(kind: object) -> str:
    return {str: "text in quotes", int: "whole number", bool: "truth value: true or false"}[kind]  # type: ignore[index]
