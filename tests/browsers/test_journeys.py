"""Every browser goes every journey, with its scripts and without."""

import pytest
from django.core.cache import cache

from browsers.driver import WIDE, Driver
from browsers.journeys import Visit
from browsers.results import DRIVERS, WAYS, Results, expected

CASES = [pytest.param((name, way), id=f"{name}-{word}") for name in DRIVERS for way, word in WAYS.items()]


@pytest.mark.parametrize("driver", CASES, indirect=True)
def test_the_journeys(driver: Driver, visit: Visit, results: Results, subtests: pytest.Subtests) -> None:
    for journey in expected(driver.name, scripts=driver.scripts):
        results.begin(driver, journey)
        with subtests.test(journey.name):
            begin(driver)
            journey.go(visit)
            assert driver.problems == []
            results.passed(driver, journey)


def begin(driver: Driver) -> None:
    """A browser that knows nobody, a server that has seen no code, a window as on a desk."""
    cache.clear()
    driver.forget()
    driver.resize(*WIDE)
    driver.problems.clear()
