"""The mail gateway under strain: its bounds, silent and vanishing peers, and its end."""

import socket
from dataclasses import replace

import pytest

from channels.mail.gateways import GATEWAY, SENDER, MemoryStore, Peer, running
from openics.channels.mail.listener import Bounds


def test_a_mail_over_the_limit_is_refused_and_the_next_one_taken() -> None:
    store = MemoryStore()
    gateway_of_1000 = replace(GATEWAY, bounds=Bounds(mail_bytes=1000))
    with running(gateway_of_1000, store) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data()
        peer.say(b"x" * 300_000, b".")
        assert peer.hear() == b"552 5.3.4 The mail is larger than 1000 bytes; send a smaller one"
        for line in (b"MAIL FROM:<a@trader.example>", b"RCPT TO:<ccf@customs.example>", b"DATA"):
            peer.ask(line)
        peer.say(b"x" * 998, b".")
        assert peer.hear() == b"250 2.0.0 Stored as intake 41"
    assert store.taken == [(b"x" * 998 + b"\r\n", "a@trader.example")]


def test_all_connections_together_hold_a_bounded_amount_of_mail() -> None:
    store = MemoryStore(waits=True)
    small = replace(GATEWAY, bounds=Bounds(held_bytes=1500))
    with running(small, store) as gateway, Peer(gateway.smtp) as first, Peer(gateway.smtp) as second:
        first.open_data()
        first.say(b"1" * 1000, b".")
        assert store.entered.wait(10)
        second.open_data()
        second.say(b"2" * 1000, b".")
        assert second.hear() == b"452 4.3.1 Too much mail is arriving at once; send it again in a few minutes"
        store.release.set()
        assert first.hear() == b"250 2.0.0 Stored as intake 41"
        for line in (b"MAIL FROM:<b@trader.example>", b"RCPT TO:<ccf@customs.example>", b"DATA"):
            second.ask(line)
        second.say(b"2" * 1000, b".")
        assert second.hear() == b"250 2.0.0 Stored as intake 42"


def test_the_connection_limit_answers_421_and_frees_places_again() -> None:
    two = replace(GATEWAY, bounds=Bounds(connections=2))
    with running(two, MemoryStore()) as gateway, Peer(gateway.smtp) as first, Peer(gateway.smtp) as second:
        assert (first.hear()[:3], second.hear()[:3]) == (b"220", b"220")
        with Peer(gateway.smtp) as third:
            assert third.hear() == (
                b"421 4.3.2 gateway.example already serves 2 connections, its limit; connect again in a minute"
            )
            assert third.file.read() == b""
        assert first.ask(b"QUIT")[:3] == b"221"
        assert first.file.read() == b""
        with Peer(gateway.smtp) as fourth:
            assert fourth.hear()[:3] == b"220"


def test_a_silent_peer_is_told_and_dropped() -> None:
    hasty = replace(GATEWAY, bounds=Bounds(timeout=0.3))
    store = MemoryStore()
    with running(hasty, store) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data()
        peer.say(b"never ended")
        assert peer.hear() == (b"421 4.4.2 gateway.example closes the connection: no complete command for 0.3 seconds")
        assert peer.file.read() == b""
    assert store.taken == []


def test_storing_may_take_longer_than_the_timeout() -> None:
    hasty = replace(GATEWAY, bounds=Bounds(timeout=0.2))
    store = MemoryStore(waits=True)
    with running(hasty, store) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data()
        peer.say(b"body", b".")
        assert not store.release.wait(0.6)
        store.release.set()
        assert peer.hear() == b"250 2.0.0 Stored as intake 41"


def test_a_peer_that_vanishes_in_the_middle_leaves_nothing() -> None:
    store = MemoryStore()
    with running(GATEWAY, store) as gateway:
        with Peer(gateway.smtp) as peer:
            peer.open_data()
            peer.say(b"half a mail")
        with Peer(gateway.smtp) as peer:
            peer.open_data()
            peer.say(b"whole", b".")
            assert peer.hear() == b"250 2.0.0 Stored as intake 41"
    assert store.taken == [(b"whole\r\n", SENDER)]


def test_shutdown_lets_a_mail_be_stored_and_turns_idle_peers_away() -> None:
    store = MemoryStore(waits=True)
    with running(GATEWAY, store) as gateway, Peer(gateway.smtp) as busy, Peer(gateway.smtp) as idle:
        busy.open_data()
        busy.say(b"body", b".")
        assert store.entered.wait(10)
        assert idle.hear()[:3] == b"220"
        gateway.stop()
        assert idle.hear() == b"421 4.3.2 gateway.example is shutting down; send again later"
        store.release.set()
        assert busy.hear() == b"250 2.0.0 Stored as intake 41"
        assert busy.hear() == b"421 4.3.2 gateway.example is shutting down; send again later"
        gateway.thread.join(10)
        assert not gateway.thread.is_alive()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", gateway.smtp))


def test_shutdown_does_not_wait_for_ever() -> None:
    store = MemoryStore()
    with running(GATEWAY, store, grace=0.2) as gateway, Peer(gateway.smtp) as peer:
        peer.open_data()
        peer.say(b"never ended")
        gateway.stop()
        gateway.thread.join(10)
        assert not gateway.thread.is_alive()
    assert store.taken == []


def test_a_taken_port_is_an_error() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(OSError, match="address already in use"),
        running(replace(GATEWAY, smtp_port=taken.getsockname()[1]), MemoryStore()),
    ):
        raise AssertionError("the gateway started")
