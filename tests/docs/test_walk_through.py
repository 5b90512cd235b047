"""A newcomer goes from the home page to a first accepted declaration, by the tutorial alone, with pictures of the way.

The tutorial's text says what is typed, asked and answered: its commands, its table of answers, who signs in. What is done
in the browser is one function for a section; a section without one has commands alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from docs.test_commands import BLOCK, ENDS, ROOT, STARTED_BY_THE_TEST, Shell, delivered, place, running, shell  # noqa: F401
from openics.sandbox.environment import sign_ins
from system.conftest import make_system  # noqa: F401 - a fixture
from system.instances import System, wait_for
from web.conftest import WIDE, assets, chromium  # noqa: F401 - fixtures

pytestmark = pytest.mark.xdist_group("system")

PICTURES = ROOT / "build" / "screenshots" / "walk-through"
SECTION = re.compile(r"^## (?:\d+\. )?(.+)$", re.MULTILINE)
ROW = re.compile(r"^\| (.+\?) \| (.+) \|$", re.MULTILINE)
LAST: Final = "See it in the browser"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the tutorial."""

    title: str
    text: str

    @property
    def lines(self) -> list[str]:
        """What is typed into the second terminal."""
        found = [line for block in BLOCK.findall(self.text) for line in block.splitlines() if line.strip()]
        return [line for line in found if line != STARTED_BY_THE_TEST]


@dataclass(slots=True)
class Walk:
    """How far the newcomer is: the browser's page, and what the terminal said last."""

    page: Page
    system: System
    shell: Shell
    said: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)

    def type(self, line: str) -> None:
        """Type a line of the tutorial; it ends as the tutorial says."""
        if " listen " in line:
            wait_for("the answers are delivered", lambda: delivered(self.system))
        code, output = self.shell.type(line)
        assert (line, code) == (line, int(match[1]) if (match := ENDS.search(line)) else 0), output
        self.said[line] = output

    def take(self, name: str) -> None:
        """Keep a picture of the page."""
        self.pictures.append(f"{len(self.pictures) + 1:02d}-{name}.png")
        self.page.screenshot(path=PICTURES / self.pictures[-1], full_page=True)


def sections() -> list[Section]:
    """The tutorial's sections up to the one that shows the accepted declaration."""
    _, *parts = SECTION.split((ROOT / "docs" / "tutorial.md").read_text())
    found = [Section(title, text) for title, text in zip(parts[::2], parts[1::2], strict=True)]
    return found[: [each.title for each in found].index(LAST) + 1]


def arrive(page: Page, title: str) -> None:
    """Wait for a page by its title; the machine has much else to do."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=60_000)


def find_the_way(walk: Walk, section: Section) -> None:
    """Home page, first-time users, the tutorial's answers, the checklist."""
    page = walk.page
    page.goto(walk.system.web_url)
    walk.take("home")
    page.get_by_role("main").get_by_role("link", name="First time users").click()
    answers = ROW.findall(section.text)
    assert len(answers) == 4
    for question, answer in answers:
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    walk.take("questions")
    page.get_by_role("button", name="Show my checklist").click()
    arrive(page, "Communicate by EDI")
    assert page.locator(".ics-checklist li").count() > 8
    walk.take("checklist")
    page.get_by_role("link", name="The gateway's certificates").first.click()
    arrive(page, "The gateway's certificates")
    walk.take("certificates-of-the-gateway")


def see_it(walk: Walk, section: Section) -> None:
    """Signed in: the message that was refused, the one that was accepted, the declaration with its number."""
    page = walk.page
    sign_in(walk, section)
    page.get_by_role("row", name="200401270001").get_by_role("link", name="EXD from").click()
    arrive(page, "Export declaration 200401270001 Rejected")
    walk.take("rejected")
    page.get_by_role("link", name="Messages", exact=True).first.click()
    page.get_by_role("row", name="MY-FIRST-EXPORT").get_by_role("link", name="EXD from").click()
    arrive(page, "Export declaration MY-FIRST-EXPORT Accepted")
    walk.take("accepted")
    number = re.findall(r"Export declaration (\w{9}) ", walk.said["openics explain MY-FIRST-EXPORT"])[0]
    page.get_by_role("link", name="Export declarations", exact=True).first.click()
    page.get_by_role("link", name=number).click()
    arrive(page, f"Export declaration {number} is clear")
    walk.take("declaration")


def sign_in(walk: Walk, section: Section) -> None:
    """As the tutorial says, with the password that `make run` printed and the code of its command."""
    email = re.findall(r"sign in as `(\S+)`", section.text)[0]
    password = {person.email: person.password for person in sign_ins(walk.system.home)}[email]
    assert password in walk.system.output
    page = walk.page
    page.goto(walk.system.web_url)
    page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    walk.take("sign-in")
    page.get_by_role("button", name="Sign in with password").click()
    walk.type(section.lines[0])
    page.get_by_label("Code from your app").fill(walk.said[section.lines[0]].strip())
    page.get_by_role("button", name="Continue").click()
    arrive(page, "Messages")
    walk.take("messages")


IN_THE_BROWSER: Final[dict[str, Callable[[Walk, Section], None]]] = {
    "Find your way from the home page": find_the_way,
    LAST: see_it,
}
"""What is done in the browser, by the section that tells it."""


def test_a_newcomer_gets_a_declaration_accepted_by_the_tutorial_alone(
    running: System,  # noqa: F811 - a fixture
    shell: Shell,  # noqa: F811 - a fixture
    chromium: Browser,  # noqa: F811 - a fixture
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    told = sections()
    assert IN_THE_BROWSER.keys() - {each.title for each in told} == set()
    page = chromium.new_page(viewport=WIDE, locale="en-AU")  # type: ignore[arg-type]
    page.set_default_timeout(30_000)
    walk = Walk(page, running, shell)
    for section in told:
        if section.title in IN_THE_BROWSER:
            IN_THE_BROWSER[section.title](walk, section)
        for line in section.lines:
            walk.type(line)
    assert sorted(path.name for path in PICTURES.iterdir()) == walk.pictures
    assert len(walk.pictures) == 9


def test_the_pictures_are_not_committed() -> None:
    assert "build/" in Path(ROOT, ".gitignore").read_text().splitlines()
