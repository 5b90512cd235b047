"""Ports that are taken are passed over."""

import socket

import pytest

from openics.ops.ports import free_port


def test_a_free_port_is_taken_as_it_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert free_port("127.0.0.1", port) == port


def test_a_taken_port_leads_to_the_next() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert free_port("127.0.0.1", port) > port


def test_a_port_is_not_given_twice() -> None:
    reserved: set[int] = set()
    first = free_port("127.0.0.1", 39000, reserved)
    second = free_port("127.0.0.1", 39000, reserved)
    assert second > first
    assert reserved == {first, second}


def test_an_address_that_is_not_ours_has_no_free_port() -> None:
    with pytest.raises(OSError, match="no port from 39000"):
        free_port("192.0.2.1", 39000)
