"""Fixtures of the whole system: a home in which `openics run` is started, taken away at the end whatever happened."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from system.instances import System

Make = Callable[..., System]


@pytest.fixture(scope="module")
def make_system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes systems that do not run yet; keywords are settings."""
    with ExitStack() as stack:

        def make(home: Path | None = None, **settings: str) -> System:
            system = System(home or tmp_path_factory.mktemp("system") / "home", settings)
            stack.callback(system.remove)
            return system

        yield make


@pytest.fixture(scope="module")
def system(make_system: Make) -> System:
    """A system that runs, shared by the tests of a module."""
    found = make_system()
    found.start()
    return found
