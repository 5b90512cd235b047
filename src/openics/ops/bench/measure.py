"""How things are measured: the best of several runs of processor time, so that a busy machine disturbs least."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `bar` is what is aimed at, in the same unit; `least` says whether more is better."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    least: bool = True
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None without one."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.least else self.value <= self.bar


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Processor seconds of the fastest of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def megabytes_per_second(size: int, work: Callable[[], object], runs: int = 5) -> float:
    """Millions of bytes for each second of processor time."""
    return size / 1e6 / max(seconds(work, runs), 1e-9)
