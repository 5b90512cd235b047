"""What is kept of interchanges, and the files it is kept in."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.trader.durable import write_durably
from openics.trader.maildir import Maildir
from openics.trader.records import (
    Note,
    Received,
    Sent,
    all_received,
    all_sent,
    load_received,
    load_sent,
    store,
    store_record,
)

NOTE = Note("EXD", "1", "200401270001", 1)
SENT = Sent("202605040001", "202605040001", "<1@trader.example>", "2026-05-04T03:21:00+00:00", (NOTE,))
RECEIVED = Received(
    "00000000000054",
    "00000000000054",
    "2605041321",
    "2026-05-04T03:22:00+00:00",
    "<2@c.example>",
    "ab",
    (NOTE, NOTE),
    True,
)


def test_what_was_sent_is_read_as_it_was_written(tmp_path: Path) -> None:
    delivered = replace(SENT, deliveries=("2026-05-04T03:21:05+00:00",), error="none")
    store(tmp_path, delivered, b"UNB", b"mail")
    assert load_sent(tmp_path, SENT.key) == delivered
    assert (tmp_path / "202605040001.edi").read_bytes() == b"UNB"
    assert (tmp_path / "202605040001.eml").read_bytes() == b"mail"
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_what_was_received_is_read_as_it_was_written(tmp_path: Path) -> None:
    store(tmp_path, RECEIVED, b"UNB", b"mail")
    assert load_received(tmp_path, RECEIVED.key) == RECEIVED


def test_without_its_record_an_interchange_does_not_exist(tmp_path: Path) -> None:
    store(tmp_path, SENT, b"UNB", b"mail")
    (tmp_path / "202605040001.json").unlink()
    assert load_sent(tmp_path, SENT.key) is None
    assert list(all_sent(tmp_path)) == []


def test_records_come_in_the_order_of_time(tmp_path: Path) -> None:
    later, earlier = replace(SENT, key="1", created_at="2026-05-05"), replace(SENT, key="2", created_at="2026-05-04")
    for each in (later, earlier):
        store_record(tmp_path, each)
    assert list(all_sent(tmp_path)) == [earlier, later]


def test_received_records_come_in_the_order_of_arrival(tmp_path: Path) -> None:
    later, earlier = replace(RECEIVED, key="1", received_at="2026-05-05"), replace(RECEIVED, key="2")
    for each in (later, earlier):
        store_record(tmp_path, each)
    assert list(all_received(tmp_path)) == [earlier, later]


@given(
    st.builds(
        Note,
        *[st.text(st.characters(exclude_categories=["Cs"]))] * 3,
        version=st.none() | st.integers(),
        verdict=st.text(st.characters(exclude_categories=["Cs"])),
    )
)
def test_any_note_survives(tmp_path_factory: pytest.TempPathFactory, note: Note) -> None:
    record = replace(SENT, notes=(note,))
    store_record(tmp_path_factory.getbasetemp(), record)
    assert load_sent(tmp_path_factory.getbasetemp(), SENT.key) == record


def test_only_contrl_confirms() -> None:
    report = Note("CONTRL", "1")
    assert [replace(SENT, notes=notes).confirms for notes in ((report,), (NOTE,), (report, NOTE))] == [
        True,
        False,
        False,
    ]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_durably(path, b"old")
    with pytest.raises(TypeError):
        write_durably(path, "text")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_maildir_is_empty_until_something_comes(tmp_path: Path) -> None:
    assert Maildir(tmp_path / "none").waiting() == []


def test_a_maildir_keeps_mails_apart_and_in_order(tmp_path: Path) -> None:
    maildir = Maildir(tmp_path / "box")
    mails = [bytes([65 + number]) for number in range(20)]
    paths = [maildir.deliver(mail) for mail in mails]
    assert maildir.waiting() == paths
    maildir.handled(paths[0])
    assert [path.read_bytes() for path in maildir.waiting()] == mails[1:]
    assert [path.name for path in (tmp_path / "box" / "cur").iterdir()] == [f"{paths[0].name}:2,S"]
