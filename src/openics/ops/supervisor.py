"""Runs the whole system on one machine: starts the processes, starts again what ends, stops all on Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 6.0
RESTART_SECONDS = 0.5
LONGEST_RESTART = 10.0
STEADY_SECONDS = 5.0
"""A process that ran for so long is taken to be well; its next end is restarted at once."""


@dataclass(slots=True)
class Child:
    """One process of the system."""

    name: str
    role: str
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    restart_at: float = 0.0


@dataclass(slots=True)
class Supervisor:
    """The processes of one machine; their logs go to `<home>/logs/<name>.log`."""

    home: Path
    environment: Mapping[str, str]
    roles: Sequence[tuple[str, str]]
    """Name and role of each process."""
    children: list[Child] = field(default_factory=list)

    def start(self) -> None:
        """Start every process."""
        (self.home / "logs").mkdir(mode=0o700, exist_ok=True)
        self.children = [Child(name, role) for name, role in self.roles]
        for child in self.children:
            self._spawn(child)

    def check(self) -> None:
        """Look at every process once."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                child.failures = 0 if now - child.started > STEADY_SECONDS else child.failures + 1
                pause = (
                    0.0 if child.failures <= 1 else min(RESTART_SECONDS * 2 ** (child.failures - 2), LONGEST_RESTART)
                )
                child.restart_at = now + pause
                _close(child.process)
                child.process = None
            if child.process is None and now >= child.restart_at:
                self._spawn(child)

    def stop(self) -> None:
        """Ask every process to end, and end those that do not."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _close(process)

    def _spawn(self, child: Child) -> None:
        log = self.home / "logs" / f"{child.name}.log"
        with log.open("ab") as output:
            # The child reads the pipe that we never write to: its end tells the child that we are gone, even by kill -9.
            child.process = subprocess.Popen(
                [sys.executable, "-m", "openics.ops.serve", child.role],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                env={**os.environ, **self.environment, "OPENICS_SUPERVISED": "1"},
                start_new_session=True,
            )
        child.started = time.monotonic()


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
