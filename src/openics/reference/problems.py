"""What is wrong with a reference file: place, cause and fix."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `place` is a file name, with the line or entry where there is one; `may_force` marks a mere suspicion."""

    place: str
    cause: str
    fix: str
    may_force: bool = False

    def __str__(self) -> str:
        """The fault as one sentence."""
        return f"{self.place}: {self.cause}; {self.fix}"


class ReferenceFileError(ValueError):
    """A reference file that cannot be loaded; `problems` holds every fault that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the faults; there is at least one."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(each) for each in self.problems))
