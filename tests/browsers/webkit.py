"""WebKitGTK, driven by WebDriver: its small test browser on a screen that nobody sees."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import psutil
from selenium.common import WebDriverException
from selenium.webdriver import ActionChains, Remote, WebKitGTKOptions
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.service import Service

from browsers.driver import Driver, GoneError

PROGRAM = shutil.which("WebKitWebDriver") or "WebKitWebDriver"
SCREEN = shutil.which("Xvfb") or "Xvfb"
NARROW_BARS = "* { font-size: 1px; min-width: 0; margin: 0; padding: 0; border: 0; }"
"""GTK styles: with bars of the usual size the window cannot be made as narrow as a phone."""


def browser() -> Path | None:
    """The test browser, which lies beside WebKit's own programs."""
    return next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)


class WebKit(Driver):
    """Debian's WebKitGTK in a window on a virtual screen."""

    name = "WebKitGTK"

    abilities = frozenset()

    def start(self) -> None:
        settings = self.ends.enter_context(tempfile.TemporaryDirectory(prefix="openics-webkit-"))
        styles = Path(settings, "gtk-3.0", "gtk.css")
        styles.parent.mkdir()
        styles.write_text(NARROW_BARS)
        environment = {**os.environ, "DISPLAY": self._screen(), "XDG_CONFIG_HOME": settings}
        service = Service(PROGRAM, env=environment)
        service.start()
        self.ends.callback(service.stop)
        connection = RemoteConnection(client_config=ClientConfig(service.service_url))
        self._web = Remote(connection, options=self._options())
        self.ends.callback(self._quit, service)
        self.version = self._web.capabilities["browserVersion"]

    def _quit(self, service: Service) -> None:
        """End the window, and wait for what it leaves behind: it holds connections to the pages for a while."""
        processes = psutil.Process(service.process.pid).children(recursive=True)
        self._web.quit()
        psutil.wait_procs(processes, timeout=20)

    def _screen(self) -> str:
        command = [SCREEN, "-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ends.callback(process.communicate, timeout=20)
        self.ends.callback(process.terminate)
        assert process.stdout is not None
        return f":{process.stdout.readline().strip()}"

    def _options(self) -> WebKitGTKOptions:
        options = WebKitGTKOptions()
        options.binary_location = str(browser())
        options.add_argument("--automation")
        if not self.scripts:
            options.add_argument("--enable-javascript=false")
        return options

    def open(self, address: str) -> None:
        self._web.get(address)

    def evaluate(self, function: str, *arguments: Any) -> Any:
        whole = f"return JSON.stringify(({function})(...arguments) ?? null)"
        try:
            return json.loads(self._web.execute_script(whole, *arguments))
        except WebDriverException as error:
            raise GoneError(str(error)) from error

    def click(self, xpath: str) -> None:
        try:
            self._web.find_element(By.XPATH, xpath).click()
        except WebDriverException as error:
            raise GoneError(str(error)) from error

    def type(self, keys: str) -> None:
        ActionChains(self._web, duration=0).send_keys(keys).perform()

    def resize(self, width: int, height: int) -> None:
        self._web.set_window_size(width, height)
        bars = height - self.evaluate("() => window.innerHeight")
        self._web.set_window_size(width, height + bars)

    def give_cookie(self, address: str, name: str, value: str) -> None:
        self._web.get(address)
        self._web.add_cookie({"name": name, "value": value, "path": "/"})

    def forget(self) -> None:
        self._web.delete_all_cookies()
