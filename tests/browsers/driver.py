"""What every browser can be told, and the words in which a journey tells it.

A browser brings a few abilities of its own (open, click, type, resize, print); everything else is asked of the page by
scripts of the driver, which run even where those of the page are switched off.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from enum import Enum
from typing import Any, ClassVar

WIDE, NARROW = (1280, 900), (320, 640)
TAB, ENTER = "\ue004", "\ue007"
"""Keys as WebDriver writes them."""
PATIENCE = 30.0
"""Seconds that a page may take until it shows what is waited for."""
_FIND = "document.evaluate(xpath, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue"
_TEXT = f"""xpath => {{
    const found = {_FIND}
    return found !== null && found.checkVisibility() ? found.innerText.replace(/\\s+/g, ' ').trim() : null
}}"""
_FOCUSED = f"xpath => document.activeElement === {_FIND}"
_AT = "path => location.pathname === path ? path : null"
_COUNT = "xpath => document.evaluate(`count(${xpath})`, document).numberValue"
_OVERFLOW = "() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"


class GoneError(Exception):
    """The page could not be asked, mostly as it is about to be replaced by the next one."""


class Ability(Enum):
    """What not every browser can be made to do by a test."""

    SCRIPTS = "run the scripts of pages"
    PASSKEYS = "hold passkeys without a device"
    PAPER = "print to a file"


class Driver(ABC):
    """A browser with one window; `scripts` is whether pages may run theirs, `ends` what its end does."""

    name: ClassVar[str]
    version: str
    abilities: ClassVar[frozenset[Ability]]

    def __init__(self, *, scripts: bool) -> None:
        self.scripts = scripts
        self.ends = ExitStack()
        self.problems: list[str] = []
        """Errors of the page's scripts and of its policy, where the browser tells them."""

    @abstractmethod
    def start(self) -> None:
        """Start the browser and learn its version; what was started is ended by `ends`."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Load a page, to its end."""

    @abstractmethod
    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a function of JavaScript returns in the page, as JSON has it; raises `GoneError`."""

    @abstractmethod
    def click(self, xpath: str) -> None:
        """Click an element with the mouse; raises `GoneError`."""

    @abstractmethod
    def type(self, keys: str) -> None:
        """Press keys one after the other, wherever the keyboard is."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page a size, in CSS pixels."""

    @abstractmethod
    def give_cookie(self, address: str, name: str, value: str) -> None:
        """Have the browser keep a cookie for a site."""

    @abstractmethod
    def forget(self) -> None:
        """Delete all cookies."""

    def print(self) -> bytes:
        """The page as a PDF; with the ability to."""
        raise AssertionError(f"the driver of {self.name} cannot print")

    def give_passkeys(self) -> None:
        """Put a virtual authenticator into the browser; with the ability to."""
        raise AssertionError(f"the driver of {self.name} has no virtual authenticator")


class Window:
    """A browser's window as a journey uses it: it waits for what it is told to see, and fails when that does not come."""

    def __init__(self, driver: Driver, base: str) -> None:
        self.driver, self.base = driver, base

    def open(self, address: str) -> None:
        """Load a page of the site."""
        self.driver.open(self.base + address)

    def see(self, xpath: str) -> str:
        """The text of an element, once it is shown."""
        return str(self._wait(f"{xpath} is shown", lambda: self.driver.evaluate(_TEXT, xpath)))

    def arrive(self, path: str) -> None:
        """Wait until the address is this path."""
        self._wait(f"the page is {path}", lambda: self.driver.evaluate(_AT, path))

    def type(self, keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys.partition(ENTER):
            if key:
                self.driver.type(key)

    def shown(self, xpath: str) -> bool:
        """Whether an element is shown now."""
        return self.driver.evaluate(_TEXT, xpath) is not None

    def count(self, xpath: str) -> int:
        """How many elements there are."""
        return int(self.driver.evaluate(_COUNT, xpath))

    def click(self, xpath: str) -> None:
        """Click an element, once it is shown."""
        self.see(xpath)
        self.driver.click(xpath)

    def fill(self, xpath: str, text: str) -> None:
        """Click a field that is empty, and type."""
        self.click(xpath)
        self.driver.type(text)

    def tab_to(self, xpath: str) -> None:
        """Press Tab until the keyboard is in an element."""
        self.see(xpath)
        for _ in range(80):
            self.driver.type(TAB)
            if self.driver.evaluate(_FOCUSED, xpath):
                return
        raise AssertionError(f"Tab does not lead to {xpath}")

    def fits(self, *addresses: str) -> None:
        """See that pages need no sideways scrolling, on a desk and on a phone."""
        for size in (NARROW, WIDE):
            self.driver.resize(*size)
            for address in addresses:
                self.open(address)
                wide = self.driver.evaluate("() => window.innerWidth"), self.driver.evaluate(_OVERFLOW)
                assert (address, *wide) == (address, size[0], 0)

    def _wait(self, what: str, ask: Callable[[], Any]) -> Any:
        end, last = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            try:
                if (answer := ask()) is not None:
                    return answer
            except GoneError as error:
                last = f" ({error})"
            time.sleep(0.05)
        seen = self.driver.evaluate("() => location.href + ': ' + document.body.innerText.slice(0, 1500)")
        raise AssertionError(f"not within {PATIENCE:.0f} s: {what}{last}; instead {seen}")


def heading(text: str) -> str:
    """The page's main heading with this text."""
    return f'//h1[normalize-space()="{text}"]'


def link(text: str) -> str:
    """A link with this text; the first one counts."""
    return f'//a[normalize-space()="{text}"]'


def button(text: str) -> str:
    """The button with this text, or a link that looks like one."""
    return f'//*[self::button or @role="button"][normalize-space()="{text}"]'


def field(label: str) -> str:
    """The field or choice with this label."""
    return f'//*[@id=//label[normalize-space()="{label}"]/@for]'
