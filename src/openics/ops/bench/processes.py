"""Processor time and memory of an instance's processes, as the kernel counts them."""

import os
from pathlib import Path

from openics.ops.instance import Instance

TICKS = os.sysconf("SC_CLK_TCK")


def tree(instance: Instance) -> list[int]:
    """The processes of an instance: those that the supervisor started, and PostgreSQL's first one."""
    found = _children(instance)
    if instance.server is not None:
        found.append(int((instance.server.data / "postmaster.pid").read_text().splitlines()[0]))
    return found


def processor_seconds(roots: list[int]) -> float:
    """User and system time of the processes, their living children, and those that ended and were waited for."""
    parents: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        process = int(path.parent.name)
        parents.setdefault(int(fields[1]), []).append(process)
        times[process] = sum(int(field) for field in fields[11:15]) / TICKS
    total, waiting = 0.0, list(roots)
    while waiting:
        process = waiting.pop()
        total += times.get(process, 0.0)
        waiting.extend(parents.get(process, []))
    return total


def peak_memory(instance: Instance) -> int:
    """The most that any one of our own processes ever held, in bytes."""
    return max(_peak(process) for process in _children(instance))


def _children(instance: Instance) -> list[int]:
    children = instance.supervisor.children if instance.supervisor is not None else []
    return [child.process.pid for child in children if child.process is not None]


def _peak(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0
