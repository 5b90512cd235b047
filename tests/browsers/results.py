"""What a run measured, as the file that the public page shows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from browsers.chromium import Chromium
from browsers.driver import Driver
from browsers.firefox import Firefox
from browsers.journeys import JOURNEYS, Journey
from browsers.webkit import WebKit

DRIVERS: dict[str, type[Driver]] = {each.name: each for each in (Chromium, Firefox, WebKit)}
WAYS = {True: "with_scripts", False: "without_scripts"}


def expected(browser: str, *, scripts: bool) -> Sequence[Journey]:
    """The journeys that a browser goes with scripts, or without."""
    return [each for each in JOURNEYS if each.applies(DRIVERS[browser], scripts=scripts)]


@dataclass(slots=True)
class Results:
    """The outcomes of a run; a journey counts as failed until it has passed."""

    versions: dict[str, str] = field(default_factory=dict)
    outcomes: dict[tuple[str, bool, str], bool] = field(default_factory=dict)

    def begin(self, driver: Driver, journey: Journey) -> None:
        """A journey begins."""
        self.versions[driver.name] = driver.version
        self.outcomes[driver.name, driver.scripts, journey.name] = False

    def passed(self, driver: Driver, journey: Journey) -> None:
        """It came to its end."""
        self.outcomes[driver.name, driver.scripts, journey.name] = True

    @property
    def complete(self) -> bool:
        """Whether every browser went every journey in both ways."""
        wanted = {(name, way, each.name) for name in DRIVERS for way in WAYS for each in expected(name, scripts=way)}
        return wanted == self.outcomes.keys()

    def write(self, path: Path) -> None:
        """Write the file."""
        content = {
            "date": datetime.now(UTC).date().isoformat(),
            "journeys": {each.name: each.title for each in JOURNEYS},
            "browsers": [self._browser(name) for name in DRIVERS],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n")

    def _browser(self, name: str) -> dict[str, Any]:
        ways = {
            word: {each.name: self.outcomes[name, way, each.name] for each in expected(name, scripts=way)}
            for way, word in WAYS.items()
        }
        return {"name": name, "version": self.versions[name], **ways}
