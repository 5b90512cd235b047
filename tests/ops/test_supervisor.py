"""The supervisor: starts, starts again, stops, and takes its processes with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from openics.ops.supervisor import Supervisor


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    """A supervisor of two processes that wait for their end."""
    program = tmp_path / "openics" / "ops"
    program.mkdir(parents=True)
    (program.parent / "__init__.py").touch()
    (program / "__init__.py").touch()
    (program / "serve.py").write_text(
        "import os, pathlib, signal, sys\n"
        "home = pathlib.Path(os.environ['OPENICS_HOME'])\n"
        "(home / f'{sys.argv[1]}.pid').write_text(str(os.getpid()))\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit((home / f'{sys.argv[1]}.stopped').touch()))\n"
        "if sys.argv[1] == 'crash': sys.exit(1)\n"
        "os.read(0, 1)\n"
        "(home / f'{sys.argv[1]}.orphaned').touch()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    found = Supervisor(tmp_path, {"OPENICS_HOME": str(tmp_path)}, [("first", "one"), ("second", "two")])
    yield found
    found.stop()


def test_every_process_starts_and_is_stopped(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start()
    wait_for(lambda: all((tmp_path / f"{role}.pid").exists() for role in ("one", "two")))
    supervisor.stop()
    assert all((tmp_path / f"{role}.stopped").exists() for role in ("one", "two"))


def test_a_killed_process_is_started_again(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start()
    pid = tmp_path / "one.pid"
    wait_for(lambda: pid.exists() and pid.read_text() != "")
    first = int(pid.read_text())
    os.kill(first, signal.SIGKILL)

    def again() -> bool:
        supervisor.check()
        return int(pid.read_text() or first) != first

    wait_for(again)
    assert [child.failures for child in supervisor.children] == [1, 0]


def test_a_process_that_keeps_ending_is_started_ever_more_slowly(supervisor: Supervisor) -> None:
    supervisor.roles = [("crash", "crash")]
    supervisor.start()

    def failed_three_times() -> bool:
        supervisor.check()
        return supervisor.children[0].failures == 3

    wait_for(failed_three_times)
    assert supervisor.children[0].process is None
    assert supervisor.children[0].restart_at > time.monotonic()


def test_processes_learn_that_their_supervisor_was_killed(supervisor: Supervisor, tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2] / 'src')!r})\n"
        "from pathlib import Path\n"
        "from openics.ops.supervisor import Supervisor\n"
        f"Supervisor(Path({str(tmp_path)!r}), {{'OPENICS_HOME': {str(tmp_path)!r}}}, [('first', 'one')]).start()\n"
        "time.sleep(60)\n"
    )
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["PYTHONPATH"] = str(tmp_path)
    code = tmp_path / "parent.py"
    code.write_text(
        script.replace("from openics.ops.supervisor", "sys.modules.pop('openics', None)\nfrom openics.ops.supervisor")
    )
    parent = subprocess.Popen([sys.executable, "-I", str(code)], env=environment)
    wait_for((tmp_path / "one.pid").exists)
    parent.kill()
    parent.wait()
    wait_for((tmp_path / "one.orphaned").exists)
