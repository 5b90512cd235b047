"""The two ends of the load: what sends mails to the gateway by SMTP or over HTTPS, and what takes its answers."""

import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import urllib3

CONNECTIONS = 4
Mail = tuple[str, str, bytes]
"""Sender, recipient, bytes."""
Post = Callable[[Mail], object]
Connect = Callable[[], AbstractContextManager[Post]]


def smtp(port: int) -> Connect:
    """Connections to the mail gateway."""

    @contextmanager
    def connect() -> Iterator[Post]:
        with smtplib.SMTP("127.0.0.1", port, "bench.example") as session:
            yield lambda mail: session.sendmail(mail[0], [mail[1]], mail[2])

    return connect


def https(port: int) -> Connect:
    """Connections to the web server, which is reached without TLS here, as behind a front end."""
    url = f"http://127.0.0.1:{port}/edi/interchanges"

    @contextmanager
    def connect() -> Iterator[Post]:
        with urllib3.PoolManager(maxsize=1, retries=False) as pool:
            yield lambda mail: _post(pool, url, mail[2])

    return connect


def _post(pool: urllib3.PoolManager, url: str, content: bytes) -> None:
    answer = pool.request("POST", url, body=content, headers={"Content-Type": "message/rfc822"})
    if answer.status != 202:
        raise RuntimeError(f"{url} answers {answer.status}: {answer.data[:200]!r}")


def send_all(mails: Sequence[Mail], connect: Connect, pace: float | None) -> None:
    """Send everything over some connections, `pace` a second or as fast as it is taken; raises what went wrong."""
    start = time.monotonic()
    failures: list[Exception] = []

    def work(own: Sequence[tuple[int, Mail]]) -> None:
        try:
            with connect() as post:
                for place, mail in own:
                    if pace is not None:
                        time.sleep(max(0.0, start + place / pace - time.monotonic()))
                    post(mail)
        except Exception as error:
            failures.append(error)

    numbered = list(enumerate(mails))
    threads = [threading.Thread(target=work, args=(numbered[part::CONNECTIONS],)) for part in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


class Sink:
    """A mail server that takes everything and keeps nothing, so that the load's other end costs little."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more."""
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=_take, args=(connection,), daemon=True).start()


def _take(connection: socket.socket) -> None:
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 sink\r\n")
        while line := lines.readline():
            command = line[:4].upper()
            if command == b"DATA":
                connection.sendall(b"354 go on\r\n")
                while lines.readline() not in (b".\r\n", b""):
                    pass
            connection.sendall(b"221 bye\r\n" if command == b"QUIT" else b"250 ok\r\n")
            if command == b"QUIT":
                return
