"""A whole system as somebody runs it: `openics run` in a process of its own, and what can be seen of it from outside."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from openics.ops.ports import free_port
from openics.ops.postgres import EmbeddedServer
from openics.sandbox.counterpart import Counterpart

START_SECONDS = 90.0
STOP_SECONDS = 10.0
RUNNING = "Ctrl-C stops everything and keeps the state."


def wait_for(what: str, condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until a condition holds; fails with `what` when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.05)


@dataclass
class System:
    """One home in which the system is started and stopped any number of times; `remove` takes everything away."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        first, chosen = random.SystemRandom().randrange(20_000, 30_000), set[int]()
        ports = {name: str(free_port("127.0.0.1", first, chosen)) for name in ("WEB_PORT", "SMTP_PORT", "LMTP_PORT")}
        self.settings = {**ports, **self.settings}

    @property
    def environment(self) -> dict[str, str]:
        """All that the system is told: `PATH` and `HOME`, where its own home is, and its settings."""
        own = {f"OPENICS_{name}": value for name, value in self.settings.items()}
        kept = {name: os.environ[name] for name in ("PATH", "HOME")}
        return {**kept, "COLUMNS": "200", "OPENICS_HOME": str(self.home), **own}

    @property
    def output(self) -> str:
        """What the last start has said so far."""
        return self._log.read_text(errors="replace")

    @property
    def _log(self) -> Path:
        return self.home.with_name(f"{self.home.name}.output")

    def openics(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the program on this home, to its end."""
        return subprocess.run(
            [sys.executable, "-m", "openics.ops.cli.main", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=self.environment,
            cwd=self.home.parent,
            timeout=60,
        )

    def start(self) -> None:
        """Start the system and wait until it says that it runs."""
        self.begin()
        wait_for("the system runs", lambda: RUNNING in self.output or self._running().poll() is not None, START_SECONDS)
        assert RUNNING in self.output, self.output

    def begin(self) -> None:
        """Start the system and do not wait."""
        with self._log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "openics.ops.cli.main", "run"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self.environment,
                cwd=self.home.parent,
                start_new_session=True,
            )

    def interrupt(self) -> int:
        """Press Ctrl-C: SIGINT to the whole process group; returns the exit code."""
        process = self._running()
        os.killpg(process.pid, signal.SIGINT)
        return process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """Kill -9 the process that was started, and only that."""
        self._running().kill()
        self._running().wait()

    def remove(self) -> None:
        """End whatever is left of it, and delete home and database."""
        if self.process is not None and self.process.poll() is None:
            self.kill()
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                if process.name() != "postgres":
                    process.kill()
        server = EmbeddedServer(self.home)
        if server.state.exists():
            server.remove()
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def smtp_port(self) -> int:
        """Where the gateway listens."""
        return self._port(r"SMTP 127\.0\.0\.1:(\d+)")

    @property
    def web_url(self) -> str:
        """Where the web pages are, by address: the sandbox of the tests resolves no names."""
        port = self._port(r"http://localhost:(\d+)/health")
        return f"http://127.0.0.1:{port}"

    def site(self, site: str) -> Counterpart:
        """An example site's software."""
        return Counterpart.open(self.home, site)

    def database(self) -> psycopg.Connection:
        """A connection to the system's database, as an operator could open it."""
        return psycopg.connect(EmbeddedServer(self.home).url, autocommit=True, connect_timeout=5)

    def roles(self) -> dict[str, list[int]]:
        """The process ids by role: what the supervisor started, itself, the postmaster and the database's backends."""
        found: dict[str, list[int]] = {"supervisor": [self._running().pid]}
        for process in psutil.Process(self._running().pid).children():
            command = _command(process)
            if "openics.ops.serve" in command:
                found.setdefault(command[-1], []).append(process.pid)
        postmaster = self._postmaster()
        if postmaster is not None:
            found["postmaster"] = [postmaster.pid]
            found["backend"] = [process.pid for process in postmaster.children()]
        return found

    def processes(self) -> list[psutil.Process]:
        """Every process that belongs to the home, whoever started it."""
        data = EmbeddedServer(self.home).data
        return [process for process in psutil.process_iter() if _belongs(process, self.home, data)]

    def _running(self) -> subprocess.Popen[bytes]:
        assert self.process is not None, "it was never started"
        return self.process

    def _port(self, pattern: str) -> int:
        match = re.search(pattern, self.output)
        assert match is not None, self.output
        return int(match[1])

    def _postmaster(self) -> psutil.Process | None:
        try:
            number = (EmbeddedServer(self.home).data / "postmaster.pid").read_text().partition("\n")[0]
            found = psutil.Process(int(number))
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return None
        return found if found.name() == "postgres" else None


def _belongs(process: psutil.Process, home: Path, data: Path) -> bool:
    try:
        if process.environ().get("OPENICS_HOME") == str(home) and process.pid != os.getpid():
            return process.status() != psutil.STATUS_ZOMBIE
        return process.cwd() == str(data)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []
