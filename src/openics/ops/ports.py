"""Finds free ports, and says which were taken."""

import errno
import fcntl
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST_WAIT = 30.0
"""Seconds to wait for other systems that start just now."""


def free_port(host: str, wanted: int, reserved: set[int] | None = None) -> int:
    """The wanted port if it is free, else the next free one; `reserved` ports are passed over and the result joins them."""
    taken = reserved if reserved is not None else set()
    for port in range(wanted, wanted + 200):
        if port not in taken and _is_free(host, port):
            taken.add(port)
            return port
    raise OSError(errno.EADDRINUSE, f"no port from {wanted} to {wanted + 199} is free on {host}")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def is_open(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=1.0):
            return True
    except OSError:
        return False


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let systems that one user starts at the same moment choose their ports one after the other.

    Held until the ports are open. Where the lock cannot be had within a while, there is none.
    """
    descriptor = None
    with suppress(OSError):
        descriptor = os.open(_lock_file(), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        _lock(descriptor)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock_file() -> Path:
    return Path(tempfile.gettempdir()) / f"openics-ports-{os.getuid()}.lock"


def _lock(descriptor: int) -> None:
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        else:
            return
