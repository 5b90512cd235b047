"""Chromium, driven by Playwright."""

from typing import Any

from playwright.sync_api import Error, sync_playwright

from browsers.driver import ENTER, TAB, Ability, Driver, GoneError
from web.conftest import CHROMIUM, FLAGS, note_error

_KEYS = {TAB: "Tab", ENTER: "Enter"}


class Chromium(Driver):
    """Debian's Chromium without a window on a screen."""

    name = "Chromium"
    abilities = frozenset({Ability.PASSKEYS, Ability.PAPER})

    def start(self) -> None:
        playwright = self.ends.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        self.ends.callback(browser.close)
        self.version = browser.version
        self._page = browser.new_page(java_script_enabled=self.scripts)
        self._page.on("console", lambda said: note_error(said, self.problems))
        self._page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, address: str) -> None:
        self._page.goto(address)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        try:
            return self._page.evaluate(f"given => ({function})(...given)", list(arguments))
        except Error as error:
            raise GoneError(str(error)) from error

    def click(self, xpath: str) -> None:
        self._page.locator(f"xpath={xpath}").first.click()

    def type(self, keys: str) -> None:
        if keys in _KEYS:
            self._page.keyboard.press(_KEYS[keys])
        else:
            self._page.keyboard.type(keys)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})

    def give_cookie(self, address: str, name: str, value: str) -> None:
        self._page.context.add_cookies([{"name": name, "value": value, "url": address}])

    def forget(self) -> None:
        self._page.context.clear_cookies()

    def print(self) -> bytes:
        return self._page.pdf()

    def give_passkeys(self) -> None:
        session = self._page.context.new_cdp_session(self._page)
        session.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        verified = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        session.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **verified}})
