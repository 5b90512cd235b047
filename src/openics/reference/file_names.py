"""The names of reference files: `<CODE>-<ENV>-<SET>-<STAMP>.<format>`, as customs publishes them.

The grammar is documented for `.txt`; `.csv` and `.json` follow it. Stamps are in Canberra's local time, to the minute.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from openics.reference.facts import CANBERRA
from openics.reference.problems import Problem, ReferenceFileError

_NAME: Final = re.compile(
    r"(?P<code>[A-Z]{1,8})-(?P<environment>P1|Q1)-(?P<set>[A-Z]{6})-(?P<stamp>\d{10}|\d{12})\.(?P<format>txt|csv|json)"
)
COMPLETE, CHANGE = "EDMAIN", "EDCHNG"
_GRAMMAR: Final = "name it CODE-P1-EDMAIN-YYMMDDHHMM.txt (Q1 for industry test, EDCHNG for changes, or .csv or .json)"


class Format(StrEnum):
    """How a file is written."""

    TXT = "txt"
    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class FileName:
    """What the name of a reference file says."""

    code: str
    environment: str
    set: str
    stamp: datetime
    format: Format

    @property
    def is_change(self) -> bool:
        """Whether the file holds changes only."""
        return self.set.endswith("CHNG")

    def __str__(self) -> str:
        """The name, with the stamp in ten digits."""
        return f"{self.code}-{self.environment}-{self.set}-{stamp_text(self.stamp)}.{self.format.value}"


def environment_code(*, test: bool) -> str:
    """What stands for the environment in a name."""
    return "Q1" if test else "P1"


def stamp_text(moment: datetime) -> str:
    """A moment as the stamp of a name: `YYMMDDHHMM` in Canberra's time."""
    return f"{moment.astimezone(CANBERRA):%y%m%d%H%M}"


def parse(name: str) -> FileName:
    """Take a name apart. Raises ReferenceFileError when it does not follow the grammar."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ReferenceFileError([Problem(name, "the name is not one of a reference file", _GRAMMAR)])
    stamp = _stamp(found["stamp"])
    if stamp is None:
        fix = "write year, month, day, hour and minute as YYMMDDHHMM"
        raise ReferenceFileError([Problem(name, f"its stamp {found['stamp']} is not a moment", fix)])
    return FileName(found["code"], found["environment"], found["set"], stamp, Format(found["format"]))


def _stamp(digits: str) -> datetime | None:
    text = digits if len(digits) == 12 else f"20{digits}"
    try:
        return datetime.strptime(text, "%Y%m%d%H%M").replace(tzinfo=CANBERRA).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
