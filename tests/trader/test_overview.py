"""What became of what was sent: confirmations, answers, and their order."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from openics.trader.home import Config, TraderHome
from openics.trader.overview import Followed, overview
from openics.trader.records import Note, Received, Sent, store_record

DECLARATION = Note("EXD", "1", "REF-1", 1)
SENT = Sent("A1", "A1", "<1@t.example>", "2026-05-04T03:21:00+00:00", (DECLARATION,), ("2026-05-04T03:21:05+00:00",))
ACCEPTED = Note("CONTRL", "000001", about="A1", verdict="syntax accepted")
DUPLICATE = Note(
    "CONTRL", "000001", about="A1", verdict="syntax rejected: 26 duplicate detected", rejected=True, error=26
)


@pytest.fixture
def home(tmp_path: Path) -> TraderHome:
    return TraderHome.create(tmp_path, Config("AAR399A", "edi@trader.example", "ccf@customs.example"))


def answer(verdict: str, version: int = 1) -> Note:
    return Note("EXDR", "000001", "REF-1", version, verdict=verdict)


def arrives(home: TraderHome, number: int, note: Note, prepared: str = "2605041321") -> Received:
    record = Received(
        key=f"{number:014d}",
        control_reference=f"{number:014d}",
        prepared=prepared,
        received_at=f"2026-05-04T03:22:{number:02d}+00:00",
        message_id="",
        signer="",
        notes=(note,),
        wants_confirmation=False,
    )
    store_record(home.received, record)
    return record


def followed(home: TraderHome) -> list[Followed]:
    return list(overview(home).sent)


def test_status_from_made_to_answered(home: TraderHome) -> None:
    seen = []
    store_record(home.sent, replace(SENT, deliveries=()))
    seen.append(followed(home)[0].status)
    store_record(home.sent, replace(SENT, deliveries=(), error="no server"))
    seen.append(followed(home)[0].status)
    store_record(home.sent, SENT)
    seen.append(followed(home)[0].status)
    arrives(home, 1, ACCEPTED)
    seen.append(followed(home)[0].status)
    arrives(home, 2, answer("CLEAR"))
    seen.append(followed(home)[0].status)
    assert seen == ["not sent", "not sent: no server", "sent, no answer yet", "syntax accepted", "EXDR: CLEAR"]


def test_a_rejection_is_the_status(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    arrives(home, 1, replace(ACCEPTED, verdict="syntax rejected: 18 unspecified error", rejected=True, error=18))
    assert followed(home)[0].status == "syntax rejected: 18 unspecified error"


def test_the_answer_may_come_before_the_confirmation(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    arrives(home, 1, answer("CLEAR"))
    arrives(home, 2, ACCEPTED)
    (one,) = followed(home)
    assert one.status == "EXDR: CLEAR"
    assert one.receipt is not None
    assert one.receipt.note == ACCEPTED


@pytest.mark.parametrize("order", list(permutations(["2605041321", "2605041322", "2605041323"])))
def test_the_answer_with_the_latest_unb_counts_in_whatever_order_they_come(
    home: TraderHome, order: tuple[str, ...]
) -> None:
    store_record(home.sent, SENT)
    for number, prepared in enumerate(order, start=1):
        arrives(home, number, answer(prepared), prepared)
    (one,) = followed(home)
    assert one.status == "EXDR: 2605041323"
    assert [each.superseded for each in one.answers] == [prepared != "2605041323" for prepared in order]


def test_at_the_same_time_the_later_arrival_counts(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    arrives(home, 1, answer("FIRST"))
    arrives(home, 2, answer("SECOND"))
    assert followed(home)[0].status == "EXDR: SECOND"


def test_different_reports_stand_side_by_side(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    arrives(home, 1, answer("CLEAR"), "2605041330")
    arrives(home, 2, Note("ERM", "1", "REF-1", 1, verdict="1 error: 22"), "2605041320")
    assert followed(home)[0].status == "EXDR: CLEAR; ERM: 1 error: 22"


def test_an_answer_belongs_to_its_version_alone(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    store_record(home.sent, replace(SENT, key="A2", control_reference="A2", notes=(replace(DECLARATION, version=2),)))
    arrives(home, 1, answer("FIRST"))
    arrives(home, 2, answer("SECOND", version=2))
    assert [each.status for each in followed(home)] == ["EXDR: FIRST", "EXDR: SECOND"]


def test_a_duplicate_is_told_of_the_second_use_and_leaves_the_first_alone(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    store_record(home.sent, replace(SENT, key="A1-2", created_at="2026-05-04T03:30:00+00:00"))
    arrives(home, 1, ACCEPTED)
    arrives(home, 2, answer("CLEAR"))
    arrives(home, 3, DUPLICATE)
    first, second = followed(home)
    assert (first.sent.key, first.status) == ("A1", "EXDR: CLEAR")
    assert (second.sent.key, second.status) == ("A1-2", "syntax rejected: 26 duplicate detected")
    assert second.answers == ()


def test_a_report_on_something_unknown_belongs_to_nothing(home: TraderHome) -> None:
    store_record(home.sent, SENT)
    arrives(home, 1, replace(ACCEPTED, about="OTHER"))
    arrives(home, 2, Note("EXDR", "1", "OTHER", 1, verdict="CLEAR"))
    assert followed(home)[0].status == "sent, no answer yet"
    assert len(overview(home).received) == 2


def test_our_confirmations_wait_for_no_answer(home: TraderHome) -> None:
    store_record(home.sent, replace(SENT, notes=(Note("CONTRL", "1", about="1"),)))
    assert followed(home)[0].status == "sent"
