"""Ports that are taken are passed over."""

import os
import socket
import tempfile
from pathlib import Path
from threading import Event, Thread

import pytest

from openics.ops import ports
from openics.ops.ports import free_port, is_open, one_at_a_time


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


def test_an_open_port_is_told_from_a_closed_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert is_open("127.0.0.1", port)
    assert not is_open("127.0.0.1", port)


def test_systems_that_start_together_choose_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    order: list[str] = []
    holding = Event()

    def second() -> None:
        holding.wait()
        with one_at_a_time():
            order.append("second")

    thread = Thread(target=second)
    thread.start()
    with one_at_a_time():
        holding.set()
        thread.join(0.3)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_lock_that_somebody_keeps_does_not_stop_a_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(ports, "LONGEST_WAIT", 0.2)
    with one_at_a_time(), one_at_a_time():
        assert [path.name for path in tmp_path.iterdir()] == [f"openics-ports-{os.getuid()}.lock"]
