"""Finds free ports, and says which were taken."""

import errno
import socket


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
