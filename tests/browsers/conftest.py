"""The browsers, one after the other in one worker, and the records that they look at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsers.driver import Driver, Window
from browsers.firefox import FIREFOX
from browsers.journeys import Visit
from browsers.results import DRIVERS, Results
from browsers.webkit import PROGRAM, SCREEN, browser
from web import sample as samples
from web.conftest import CHROMIUM, ROOT, assets, missing  # noqa: F401 - a fixture among them

WRITTEN = ROOT / "build" / "browsers.json"
NEEDS = {
    "Chromium": ((CHROMIUM,), "chromium"),
    "Firefox": ((FIREFOX,), "firefox-esr"),
    "WebKitGTK": ((PROGRAM, SCREEN, str(browser())), "webkit2gtk-driver xvfb"),
}
"""The programs of each browser, and the packages of Debian that bring them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep them together, in a worker of their own beside the other tests with a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browsers"))


@pytest.fixture(scope="session")
def results() -> Iterator[Results]:
    """What this run measures; written down when it was all of it."""
    found = Results()
    yield found
    if found.complete:
        found.write(WRITTEN)


@pytest.fixture
def driver(
    request: pytest.FixtureRequest,
    assets: Path,  # noqa: F811 - a fixture
    transactional_db: None,
) -> Iterator[Driver]:
    """A browser that runs, with scripts or without; it ends before the database that its pages came from is emptied."""
    name, scripts = request.param
    programs, packages = NEEDS[name]
    if not all(Path(each).is_file() for each in programs):
        missing(f"there is no {name} on this machine: apt-get install {packages}")
    made = DRIVERS[name](scripts=scripts)
    with made.ends:
        made.start()
        yield made


@pytest.fixture
def visit(driver: Driver, live_server: Any, transactional_db: None) -> Visit:
    """Somebody in front of it; no journey is in the way of another."""
    return Visit(Window(driver, live_server.url), samples.make())
