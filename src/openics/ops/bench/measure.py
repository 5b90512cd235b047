"""How things are measured: the best of several runs of processor time, so that a busy machine disturbs least."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report. `bar` is what is aimed at, in the same unit; `least` says whether more is better.

    Without a `value` nothing could be measured, and `note` says why. `engine` is whose figure it is.
    """

    name: str
    value: float | None
    unit: str
    bar: float | None = None
    least: bool = True
    note: str = ""
    engine: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None without one, or without a value."""
        if self.bar is None or self.value is None:
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
