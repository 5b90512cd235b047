"""Firefox, driven by WebDriver BiDi: JSON over a WebSocket to the browser itself."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websocket import create_connection

from browsers.driver import Ability, Driver, GoneError

FIREFOX = shutil.which("firefox-esr") or "firefox-esr"
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_QUIET = {"app.update.disabledForTesting": True, "datareporting.policy.dataSubmissionEnabled": False}


def _address(process: subprocess.Popen[str]) -> str:
    """Where the browser listens, which it says when it has started."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        if match := _LISTENS.search(line):
            return match[1]
        said.append(line)
    raise AssertionError(f"Firefox did not start: {''.join(said)}")


class Firefox(Driver):
    """Debian's Firefox ESR without a window on a screen, in a profile of its own."""

    name = "Firefox"

    abilities = frozenset({Ability.PAPER})

    def start(self) -> None:
        profile = self.ends.enter_context(tempfile.TemporaryDirectory(prefix="openics-firefox-"))
        preferences = {**_QUIET, "remote.active-protocols": 1, "javascript.enabled": self.scripts}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
        Path(profile, "user.js").write_text("".join(lines))
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.ends.callback(process.communicate, timeout=20)
        self._sent = 0
        self._socket = create_connection(f"{_address(process)}/session", timeout=60, suppress_origin=True)
        self.ends.callback(self._socket.close)
        self.version = self._send("session.new", capabilities={})["capabilities"]["browserVersion"]
        self.ends.callback(self._send, "browser.close")
        self._send("session.subscribe", events=["log.entryAdded"])
        self._tab = self._send("browsingContext.create", type="tab")["context"]

    def _send(self, method: str, **parameters: Any) -> Any:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.problems.append(told["params"]["text"])
            if told.get("id") == self._sent:
                if told["type"] == "error":
                    raise GoneError(f"{method}: {told['message']}")
                return told["result"]

    def open(self, address: str) -> None:
        self._send("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, function: str, *arguments: Any) -> Any:
        given = [{"type": "string", "value": json.dumps(each)} for each in arguments]
        whole = f"(...given) => JSON.stringify(({function})(...given.map(JSON.parse)) ?? null)"
        told = self._send(
            "script.callFunction",
            functionDeclaration=whole,
            arguments=given,
            target={"context": self._tab},
            awaitPromise=False,
        )
        if told["type"] == "exception":
            raise GoneError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    def click(self, xpath: str) -> None:
        locator = {"type": "xpath", "value": xpath}
        nodes = self._send("browsingContext.locateNodes", context=self._tab, locator=locator, maxNodeCount=1)["nodes"]
        if not nodes:
            raise GoneError(f"there is no {xpath}")
        element = {"sharedId": nodes[0]["sharedId"]}
        self._send(
            "script.callFunction",
            functionDeclaration="element => element.scrollIntoView({block: 'center', behavior: 'instant'})",
            arguments=[element],
            target={"context": self._tab},
            awaitPromise=False,
        )
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": element}}
        press = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    def type(self, keys: str) -> None:
        presses = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": presses})

    def _act(self, source: dict[str, Any]) -> None:
        self._send("input.performActions", context=self._tab, actions=[source])

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self._send("browsingContext.setViewport", context=self._tab, viewport=size)

    def give_cookie(self, address: str, name: str, value: str) -> None:
        host = urlsplit(address).hostname
        cookie = {"name": name, "value": {"type": "string", "value": value}, "domain": host, "path": "/"}
        self._send("storage.setCookie", cookie=cookie)

    def forget(self) -> None:
        self._send("storage.deleteCookies")

    def print(self) -> bytes:
        return base64.b64decode(self._send("browsingContext.print", context=self._tab)["data"])
