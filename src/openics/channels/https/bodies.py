"""Reads the body of a request within bounds: of one request, and of all that are being read at the same time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.http import HttpRequest

from openics.channels.https.entities import EntityError

HELD_BYTES: Final = 100_000_000
"""Bytes of all requests that are being read or stored together."""


class Room:
    """How many bytes may still be held; shared by the threads of a process."""

    def __init__(self, most: int = HELD_BYTES) -> None:
        self._most, self._held, self._lock = most, 0, threading.Lock()

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """Hold so many bytes for a while; EntityError 503 when there is no room for them."""
        with self._lock:
            if self._held + size > self._most:
                fix = "Post the same bytes again in a minute; they are taken once."
                raise EntityError(503, "no-room", "Too much is arriving at once.", fix)
            self._held += size
        try:
            yield
        finally:
            with self._lock:
                self._held -= size


def announced(request: HttpRequest, most: int) -> int:
    """The size that a request announces; EntityError when it announces none or too much, before anything is read."""
    written = request.META.get("CONTENT_LENGTH") or ""
    if not written.isascii() or not written.isdigit():
        fix = "Give Content-Length, the number of bytes of the body."
        raise EntityError(411, "no-length", "The request does not say how long it is.", fix)
    size = int(written)
    if size > most:
        fix = f"Send at most {most} bytes; split the interchange into several of 10 MB or less."
        raise EntityError(413, "too-large", f"The request has {size} bytes; at most {most} are taken.", fix)
    return size


def read(request: HttpRequest, size: int) -> bytes:
    """The whole body; EntityError when fewer bytes came than were announced."""
    body = request.read(size)
    if len(body) != size:
        fix = "Send as many bytes as Content-Length says."
        raise EntityError(400, "cut-off", f"The request ends after {len(body)} of {size} bytes.", fix)
    return bytes(body)
