"""A front proxy for tests: nginx as Debian ships it before waitress as we run it, and a small HTTP client."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from waitress.server import create_server

from person_certificates import NAME

SECRET = "0123456789abcdef" * 3
_SHELL = """
daemon off;
pid {here}/nginx.pid;
error_log {here}/error.log warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {here}/body;
    proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi;
    scgi_temp_path {here}/scgi;
    include {here}/openics.conf;
}}
"""


def need_nginx() -> str:
    """The nginx of this machine; on a developer's without one the test is skipped, in the checks nothing may be missing."""
    found = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
    if found is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("there is no nginx: apt-get install nginx-light")
    assert found is not None
    return found


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def web() -> Iterator[int]:
    """The web process's server in a thread; yields its port."""
    kept = connections.settings["default"]["CONN_MAX_AGE"]
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    listening = socket.create_server(("127.0.0.1", 0))
    server = create_server(get_wsgi_application(), sockets=[listening], threads=2, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=_run, args=(server,), daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(5)
        connections.settings["default"]["CONN_MAX_AGE"] = kept


def _run(server: "object") -> None:
    try:
        server.run()  # type: ignore[attr-defined]
    except OSError:  # closed under the loop, as asked
        return


@contextmanager
def nginx(here: Path, port: int) -> Iterator[None]:
    """Nginx with the configuration in `here`, until the block ends."""
    (here / "nginx.conf").write_text(_SHELL.format(here=here))
    process = subprocess.Popen([need_nginx(), "-p", str(here), "-c", str(here / "nginx.conf"), "-e", str(here / "e")])
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not start")


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Browser:
    """Keeps cookies, and presents a certificate if it has one. Without `root` it speaks plain HTTP."""

    port: int
    root: Path | None = None
    certificate: Path | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._send("GET", path)

    def post(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        """Send a form with the token of the cookie, as it is got by opening a page with a form."""
        if "csrftoken" not in self.cookies:
            self._send("GET", "/account/sign-in/")
        body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **(fields or {})})
        return self._send("POST", path, body.encode())

    def announce(self, path: str, length: int) -> int:
        """The status that answers a request which announces so many bytes and waits to be told to send them."""
        connection = self._connection()
        connection.putrequest("POST", path, skip_host=True)
        for name, value in (("Host", NAME), ("Content-Length", str(length)), ("Expect", "100-continue")):
            connection.putheader(name, value)
        connection.endheaders()
        status = connection.getresponse().status
        connection.close()
        return status

    def _send(self, method: str, path: str, body: bytes = b"") -> Answer:
        connection = self._connection()
        connection.putrequest(method, path, skip_host=True)
        known = {"Host": NAME, "Origin": f"https://{NAME}", "Content-Length": str(len(body))}
        known["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        known["Content-Type"] = "application/x-www-form-urlencoded"
        for name, value in (*known.items(), *self.headers):
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(answer.status, dict(answer.headers), text)

    def _connection(self) -> http.client.HTTPConnection:
        if self.root is None:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        context = ssl.create_default_context(cafile=str(self.root))
        if self.certificate is not None:
            context.load_cert_chain(self.certificate)
        connection = http.client.HTTPSConnection(NAME, self.port, timeout=20, context=context)
        connection._create_connection = lambda address, *rest: socket.create_connection(  # type: ignore[attr-defined]
            ("127.0.0.1", self.port), 20
        )
        return connection


def heading(text: str) -> str:
    """The heading of a page."""
    return " ".join(re.findall(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)[0].split())
