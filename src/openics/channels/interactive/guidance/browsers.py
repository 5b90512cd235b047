"""The browsers in which the pages were tried: what the last run of the tests measured, from a data file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

FILE: Final = "browsers.json"
"""Written by `make browsers`."""

Outcomes = Mapping[str, bool]
"""Whether each journey that was gone came to its end, by its key."""


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser of the run; a journey that its driver could not go is in neither of the outcomes."""

    name: str
    version: str
    with_scripts: Outcomes
    without_scripts: Outcomes

    @property
    def failed(self) -> Sequence[str]:
        """The keys of journeys that did not come to their end, in one way or in both."""
        outcomes = (*self.with_scripts.items(), *self.without_scripts.items())
        return tuple(dict.fromkeys(key for key, passed in outcomes if not passed))


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the tests: its day, the journeys' titles by key, and the browsers."""

    day: date
    journeys: Mapping[str, str]
    browsers: Sequence[Browser]

    def outcomes(self, key: str) -> Iterator[str]:
        """How a journey went in each browser, in words."""
        return (_word(each, key) for each in self.browsers)


@cache
def last_run() -> Run:
    """The run that this version of OpenICS was published with."""
    return read(files(__package__).joinpath(FILE).read_text("utf-8"))


def read(text: str) -> Run:
    """A run from its file's text."""
    content = json.loads(text)
    return Run(
        date.fromisoformat(content["date"]), content["journeys"], [_browser(each) for each in content["browsers"]]
    )


def _browser(row: Mapping[str, Any]) -> Browser:
    return Browser(row["name"], row["version"], row["with_scripts"], row["without_scripts"])


def _word(browser: Browser, key: str) -> str:
    outcomes = browser.with_scripts.get(key), browser.without_scripts.get(key)
    match outcomes:
        case (True, True):
            return "works, also without scripts"
        case (True, None):
            return "works; it needs scripts"
        case (True, False):
            return "works with scripts only"
        case (None, None):
            return "not tried: the test cannot drive it"
        case _:
            return "does not work"
