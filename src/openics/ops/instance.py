"""The whole system on one machine: its home, database, ports and processes."""

import fcntl
import os
import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from types import TracebackType
from typing import IO, Self

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from openics.ops import database
from openics.ops.ports import free_port, is_open, one_at_a_time
from openics.ops.postgres import EmbeddedServer, PostgresError
from openics.ops.settings import settings
from openics.ops.supervisor import Supervisor

MAILBOX_PORT = 8026
READY_SECONDS = 60.0
WATCH_SECONDS = 0.1
MOST_FAILURES = 5
PORT_SETTINGS = (("web_port", "web_host"), ("smtp_port", "smtp_host"), ("lmtp_port", "smtp_host"))


class NotReadyError(RuntimeError):
    """The processes did not come up."""


class AlreadyRunningError(RuntimeError):
    """Another process runs the system in the same home."""


@dataclass(slots=True)
class Instance:
    """One running system. Enter it to hold the home's lock; leaving it stops what was started."""

    home: Path
    console: Console
    base_port: int | None = None
    """Where to look for free ports first; None: where the settings say."""
    ports: dict[str, int] = field(default_factory=dict)
    server: EmbeddedServer | None = None
    supervisor: Supervisor | None = None
    _lock: IO[str] | None = None

    @classmethod
    def from_settings(cls, console: Console) -> Self:
        """The instance whose home the settings name."""
        return cls(settings().home.resolve(), console)

    def __enter__(self) -> Self:
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = (self.home / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.seek(0)
            owner = self._lock.read().strip() or "another process"
            text = (
                f"OpenICS runs already in {self.home} ({owner}): use that one, or set OPENICS_HOME to another directory"
            )
            raise AlreadyRunningError(text) from error
        self._lock.truncate(0)
        self._lock.write(f"process {os.getpid()}")
        self._lock.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ExitStack() as stack:
            if self._lock is not None:
                stack.callback(self._lock.close)
            if self.server is not None:
                stack.callback(self.server.stop)
            if self.supervisor is not None:
                stack.callback(self.supervisor.stop)

    def start(self, stop: Flag) -> None:
        """Bring everything up; steps are shown. Returns early, part way up, when `stop` is set."""
        with self.console.status("Starting the database…") as status, one_at_a_time():
            self._choose_ports()
            self._start_database()
            if stop.is_set():
                return
            status.update("Bringing the tables up to date…")
            database.migrate()
            self._seed(status)
            if stop.is_set():
                return
            status.update("Starting the processes…")
            self.supervisor = Supervisor(self.home, self.environment(), self._roles())
            self.supervisor.start()
            self._wait_until_ready(stop)

    def watch(self, stop: Flag) -> None:
        """Keep the database and the processes running until `stop` is set."""
        while not stop.wait(WATCH_SECONDS):
            self._check()

    def _check(self) -> None:
        """Start again what has ended."""
        if self.server is not None and not self.server.is_running():
            self.console.print("The database has ended: starting it again.")
            try:
                self.server.start()
            except PostgresError as error:
                self.console.print(f"[red]{escape(str(error))}[/red]")
        if self.supervisor is not None:
            self.supervisor.check()

    def welcome(self) -> None:
        """Say where everything is and what to try."""
        from openics.sandbox.welcome import welcome

        welcome(self.console, self.home, self.web_url, self.ports)

    def remove(self) -> None:
        """Stop everything and delete the instance with all its data."""
        if self.supervisor is not None:
            self.supervisor.stop()
            self.supervisor = None
        if self.server is not None:
            self.server.remove()
            self.server = None
        shutil.rmtree(self.home)

    @property
    def web_url(self) -> str:
        """The address of the web pages."""
        return settings().web_url or f"http://localhost:{self.ports['web_port']}"

    def environment(self) -> dict[str, str]:
        """The variables that give a process of this instance its settings."""
        found = {f"OPENICS_{name.upper()}": str(port) for name, port in self.ports.items()}
        found["OPENICS_HOME"] = str(self.home)
        found["OPENICS_DATABASE_URL"] = database.database_url()
        found["OPENICS_WEB_URL"] = self.web_url
        return found

    def _wait_until_ready(self, stop: Flag) -> None:
        """Wait until every port is open; processes that end meanwhile are started again, and reported when they keep ending."""
        waiting = dict(self.ports)
        end = time.monotonic() + READY_SECONDS
        while waiting and self.supervisor is not None and not stop.wait(0.05):
            self._check()
            waiting = {name: port for name, port in waiting.items() if not is_open(self._host(name), port)}
            ending = [child.name for child in self.supervisor.children if child.failures > MOST_FAILURES]
            if ending or time.monotonic() > end:
                names = ", ".join(ending or waiting)
                raise NotReadyError(
                    f"{names} did not start: the reason is at the end of the logs in {self.home / 'logs'}"
                )

    def _host(self, port_name: str) -> str:
        host_setting = dict((*PORT_SETTINGS, ("relay_port", "relay_host")))[port_name]
        return str(getattr(settings(), host_setting))

    def _choose_ports(self) -> None:
        chosen, reserved = settings(), set[int]()
        wanted = [(name, getattr(chosen, name), getattr(chosen, host)) for name, host in PORT_SETTINGS]
        if chosen.relay_port == 0:
            wanted.append(("relay_port", MAILBOX_PORT, chosen.relay_host))
        for place, (name, port, host) in enumerate(wanted):
            if port == 0:
                continue
            first = port if self.base_port is None else self.base_port + place
            self.ports[name] = free_port(host, first, reserved)
            if self.ports[name] != first and self.base_port is None:
                self.console.print(f"Port {first} is taken: using {self.ports[name]} instead (OPENICS_{name.upper()}).")

    def _start_database(self) -> None:
        if settings().database_url:
            return
        self.server = EmbeddedServer(self.home)
        os.environ["OPENICS_DATABASE_URL"] = self.server.start()
        os.environ["OPENICS_HOME"] = str(self.home)
        for name, port in self.ports.items():
            os.environ[f"OPENICS_{name.upper()}"] = str(port)
        settings.cache_clear()

    def _seed(self, status: Status) -> None:
        """Fill a fresh home; production homes get their own keys, sites and people."""
        chosen, seeded = settings(), self.home / "seeded"
        if not chosen.test:
            return
        if not seeded.exists():
            status.update("Making the test authority, example sites and reference data…")
            database.use_django()
        from openics.sandbox.environment import Environment, repoint

        host, port = chosen.smtp_host, self.ports["smtp_port"]
        environment = Environment(chosen.gateway_address, chosen.customs_site, host, port, chosen.test, self.web_url)
        if seeded.exists():
            repoint(self.home, environment)
            return
        from openics.sandbox.seed import seed

        seed(self.home, environment)
        seeded.touch()

    def _roles(self) -> list[tuple[str, str]]:
        workers = [(f"worker-{number + 1}", "worker") for number in range(settings().workers)]
        sandbox = [("mailbox", "mailbox")] if "relay_port" in self.ports else []
        return [
            *sandbox,
            ("gateway", "gateway"),
            *workers,
            ("courier", "courier"),
            ("sweeper", "sweeper"),
            ("webhooks", "webhooks"),
            ("web", "web"),
        ]
