"""Takes the pictures of the docs: plays the story on a fresh instance and looks at its pages in a real browser.

The wide pictures go to `docs/images/` and are committed; those of a narrow screen go to `build/`, to look at.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Flag
from typing import Final

import psycopg
from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from openics.ops.instance import Instance
from openics.ops.settings import settings
from openics.sandbox.environment import sign_ins
from openics.sandbox.story import Story

ROOT: Final = Path(__file__).resolve().parents[1]
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 320, "height": 640}
FIRST_PORT: Final = 18480
LARGEST: Final = 300_000
"""A committed picture has fewer bytes."""
UNTOLD: Final = {"withdraw", "ask_withdrawn"}
"""Steps of the story that are left out, so that the declaration is clear at the end."""
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)

console = Console()


class PictureError(RuntimeError):
    """A picture could not be taken, or is too large to commit."""


@contextmanager
def fresh_instance() -> Iterator[Instance]:
    """An instance of its own, gone at the end."""
    home = Path(tempfile.mkdtemp(prefix="openics-screenshots-"))
    os.environ["OPENICS_HOME"] = str(home)
    os.environ.pop("OPENICS_DATABASE_URL", None)
    settings.cache_clear()
    with Instance(home, console, base_port=FIRST_PORT) as instance:
        try:
            instance.start(Flag())
            yield instance
        finally:
            instance.remove()


def tell(instance: Instance) -> tuple[str, int]:
    """Play the story; returns the number of its declaration and of the message that lodged it."""
    with psycopg.connect(os.environ["OPENICS_DATABASE_URL"], autocommit=True) as connection:
        story = Story(
            instance.home, lambda statement, values: connection.execute(statement.encode(), values).fetchall()
        )
        for step in story.steps():
            if step.act.__name__ not in UNTOLD:
                console.print(step.title)
                step.act()
        story.exporter.collect()
        lodged = connection.execute(
            "SELECT min(id) FROM message WHERE direction = 'in' AND subject_key = %s AND function = '9'", (story.edn,)
        ).fetchone()
    if lodged is None or lodged[0] is None:
        raise PictureError(f"the message that lodged {story.edn} is not in the log")
    return story.edn, int(lodged[0])


def sign_in(page: Page, instance: Instance) -> None:
    """Sign in as the first example trader, with password and code."""
    trader = sign_ins(instance.home)[0]
    page.goto(f"{instance.web_url}/account/sign-in/")
    page.get_by_label("E-mail address").fill(trader.email)
    page.get_by_label("Password", exact=True).fill(trader.password)
    page.get_by_role("button", name="Sign in with password").click()
    command = [sys.executable, "-m", "openics.ops.cli.main", "user", "code", trader.email]
    environment = {**os.environ, **instance.environment()}
    code = subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout.strip()
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("heading", name="Messages", level=1).wait_for()


def take(page: Page, address: str, name: str) -> None:
    """Take both pictures of a page."""
    for size, directory in ((WIDE, ROOT / "docs" / "images"), (NARROW, ROOT / "build")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(address, wait_until="networkidle")
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / f"{name}.png"
        page.screenshot(path=path, full_page=size is NARROW)
        console.print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
        if directory.name == "images" and path.stat().st_size >= LARGEST:
            raise PictureError(f"{path} has {path.stat().st_size} bytes; make it smaller than {LARGEST}")


def main() -> int:
    """Take every picture."""
    program = shutil.which("chromium") or "/usr/bin/chromium"
    with fresh_instance() as instance, sync_playwright() as playwright:
        edn, lodged = tell(instance)
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        page = browser.new_page(viewport=WIDE, locale="en-AU")  # type: ignore[arg-type]
        sign_in(page, instance)
        take(page, f"{instance.web_url}/messages/", "messages")
        take(page, f"{instance.web_url}/messages/{lodged}/", "journey")
        take(page, f"{instance.web_url}/declarations/{edn}/", "declaration")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
