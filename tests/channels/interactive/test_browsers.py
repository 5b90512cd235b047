"""The page on browsers: it shows what a run measured, and the committed run is one of today's journeys."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from browsers.journeys import JOURNEYS
from browsers.results import DRIVERS, WAYS, Results, expected
from openics.channels.interactive.guidance import browsers
from web.conftest import ROOT

COMMITTED = Path(browsers.__file__).with_name(browsers.FILE)
RUN = """{"date": "2026-03-02", "journeys": {"home": "Home page", "search": "A search", "passkey": "A passkey"},
"browsers": [
  {"name": "Chromium", "version": "150", "with_scripts": {"home": true, "search": true, "passkey": true},
   "without_scripts": {"home": true, "search": false}},
  {"name": "Firefox", "version": "140", "with_scripts": {"home": true, "search": false},
   "without_scripts": {"home": true, "search": true}}]}"""


def outcomes(way: str) -> dict[str, list[str]]:
    """The journeys of each browser in the committed run, gone in one way."""
    return {each["name"]: list(each[way]) for each in json.loads(COMMITTED.read_text())["browsers"]}


@pytest.mark.parametrize("scripts", list(WAYS), ids=list(WAYS.values()))
def test_the_committed_run_is_of_todays_journeys_in_every_browser(scripts: bool) -> None:
    wanted = {name: [each.name for each in expected(name, scripts=scripts)] for name in DRIVERS}
    assert outcomes(WAYS[scripts]) == wanted


def test_the_committed_titles_are_todays() -> None:
    assert dict(browsers.last_run().journeys) == {each.name: each.title for each in JOURNEYS}


def test_nothing_failed_in_the_committed_run() -> None:
    assert {each.name: each.failed for each in browsers.last_run().browsers} == dict.fromkeys(DRIVERS, ())


def test_the_file_is_part_of_the_package() -> None:
    assert '"channels/interactive/guidance/*.json"' in (ROOT / "pyproject.toml").read_text()


def test_each_outcome_in_words() -> None:
    run = browsers.read(RUN)
    assert {title: list(run.outcomes(key)) for key, title in run.journeys.items()} == {
        "Home page": ["works, also without scripts"] * 2,
        "A search": ["works with scripts only", "does not work"],
        "A passkey": ["works; it needs scripts", "not tried: the test cannot drive it"],
    }
    assert [each.failed for each in run.browsers] == [("search",), ("search",)]


@pytest.mark.django_db
def test_the_page_shows_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openics.channels.interactive.pages.browsers.last_run", lambda: browsers.read(RUN))
    page = Client().get(reverse("browsers")).content.decode()
    assert '<time datetime="2026-03-02">2 Mar 2026</time>' in page
    assert "Chromium 150</th>" in page
    assert "3 of 3 journeys" in page
    assert "1 of 2 journeys" in page
    assert "not tried: the test cannot drive it" in page


def test_a_run_that_left_something_out_is_not_complete() -> None:
    results = Results()
    for name in DRIVERS:
        for way in WAYS:
            for journey in expected(name, scripts=way):
                results.outcomes[name, way, journey.name] = True
    assert results.complete is True
    results.outcomes.pop(("Firefox", False, "terms"))
    assert results.complete is False


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    results = Results(dict.fromkeys(DRIVERS, "1.0"))
    for name in DRIVERS:
        for way in WAYS:
            for journey in expected(name, scripts=way):
                results.outcomes[name, way, journey.name] = (name, way, journey.name) != ("Firefox", True, "terms")
    results.write(tmp_path / "browsers.json")
    run = browsers.read((tmp_path / "browsers.json").read_text())
    assert {each.name: each.failed for each in run.browsers} == {"Chromium": (), "Firefox": ("terms",), "WebKitGTK": ()}
    assert [each.version for each in run.browsers] == ["1.0"] * 3
