"""A real browser for the pages: Debian's Chromium, driven by Playwright."""

import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from openics.channels.interactive import outage_board, purpose
from openics.clients.models import Person
from web import sample as samples

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
"""Playwright's synchronous interface runs an event loop in this thread, which Django takes for asynchronous code."""


def missing(what: str) -> None:
    """Skip on a developer's machine; in the checks nothing may be missing."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def load_build() -> Any:
    """The asset build, which is a script outside of the package."""
    spec = importlib.util.spec_from_file_location("build_assets", ROOT / "tools" / "build_assets.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


@pytest.fixture(scope="session")
def assets() -> Path:
    """The built assets; returns the accessibility engine."""
    tool = load_build()
    try:
        tool.build()
    except tool.AssetError as error:
        missing(str(error))
    engine: Path = tool.AXE
    return engine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser's tests together: while it runs, its event loop is in the way of tests with loops of their own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")
def chromium(assets: Path) -> Iterator[Browser]:
    """One browser for a module."""
    if not Path(CHROMIUM).exists():
        missing(f"there is no Chromium at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def sample(transactional_db: None) -> samples.Sample:
    """The sample rows, committed, so that the server's threads see them."""
    cache.clear()
    outage_board.forget()
    outage_board.current()
    return samples.make()


OpenBrowser = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, live_server: Any, sample: samples.Sample) -> Iterator[OpenBrowser]:
    """Open a browser window, signed in as `person` (an officer with a purpose); errors in its console fail the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def opened(person: Person | None = None, **options: Any) -> Page:
        settings = {"base_url": live_server.url, "viewport": WIDE, **options}
        context = chromium.new_context(**settings)
        contexts.append(context)
        if person is not None:
            context.add_cookies([{"name": "openics_session", "value": session_of(person), "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: note_error(message, problems))
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


def note_error(message: Any, problems: list[str]) -> None:
    """Keep what a console calls an error, but for answers that say no on purpose."""
    if message.type == "error" and "the server responded with a status of 4" not in message.text:
        problems.append(message.text)


def session_of(person: Person) -> str:
    """A session of somebody who has just given the password again; of an officer, with a purpose."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    if person.is_officer:
        purpose.give(session, "ENQUIRY", "Case 7")
    session.save()
    return client.cookies["openics_session"].value
