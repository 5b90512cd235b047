"""Missing answers: what is open on either side, and a range that is sent again on request."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from exchange.conftest import NOW, OTHER, SITE, counts, declaration, interchange, take
from openics.clients.register_errors import RegisterError
from openics.edifact.reader import read_interchange
from openics.exchange import retransmission
from openics.exchange.care import By
from openics.exchange.retransmission import checked_range, send_range_again, unanswered, unconfirmed
from openics.exchange.worker import Worker

BY = By("clerk@trader.example", "web", NOW + timedelta(hours=2))


@pytest.fixture
def answered(worker: Worker) -> Worker:
    """Three declarations answered: six interchanges to the site, all delivered; one to another site."""
    for number in range(1, 4):
        take(worker, interchange(declaration(f"EXPORT-{number}"), reference=f"R{number}"))
    take(worker, interchange(declaration("EXPORT-4"), reference="R1", site=OTHER), site=OTHER)
    worker.connection.execute("UPDATE outbox_item SET state = 'delivered', sends = 5, error = 'x'")
    return worker


def again(worker: Worker, first: str, last: str = "", site: str = SITE) -> int:
    return len(send_range_again(worker.connection, site, first, last, BY))


def states(worker: Worker) -> list[tuple[str, str, str, int, str]]:
    return worker.connection.execute(
        "SELECT o.site, i.control_reference, o.state, o.sends, o.error FROM outbox_item o "
        "JOIN interchange i ON i.id = o.interchange_id ORDER BY o.id"
    ).fetchall()


def test_a_range_goes_again_with_a_new_date_and_nothing_else(answered: Worker) -> None:
    assert again(answered, "2", "00000000000004") == 3
    due = [(f"{number:014d}", "waiting", 0, "") for number in (2, 3, 4)]
    assert [row[1:] for row in states(answered) if row[0] == SITE and row[2] == "waiting"] == due
    assert [row[2] for row in states(answered)].count("delivered") == 5
    rows = answered.connection.execute(
        "SELECT content FROM interchange WHERE direction = 'out' AND site = %s ORDER BY id", (SITE,)
    ).fetchall()
    headers = [read_interchange(bytes(content)).header for (content,) in rows]
    assert [header.time if header else "" for header in headers] == ["1230", "1430", "1430", "1430", "1230", "1230"]
    told = answered.connection.execute("SELECT actor, channel, data FROM event WHERE code = 'exchange.sent-again'")
    assert told.fetchall() == [
        ("clerk@trader.example", "web", {"first": "00000000000002", "last": "00000000000004", "count": 3})
    ]


def test_one_alone_and_what_is_on_its_way_is_left(answered: Worker) -> None:
    assert [again(answered, "6"), again(answered, "6"), again(answered, "5", "6")] == [1, 0, 1]


@pytest.mark.parametrize("state", ["confirmed", "parked"])
def test_what_was_confirmed_or_given_up_goes_again_too(answered: Worker, state: str) -> None:
    answered.connection.execute("UPDATE outbox_item SET state = %s", (state,))
    assert again(answered, "1", "6") == 6


@pytest.mark.parametrize(
    ("first", "last", "site", "code"),
    [
        ("7", "9", SITE, "nothing-sent"),
        ("1", "6", "AAA999N", "nothing-sent"),
        ("4", "2", SITE, "bad-range"),
        ("", "", SITE, "bad-reference"),
        ("R1", "", SITE, "bad-reference"),
        ("-1", "", SITE, "bad-reference"),
        ("1", "123456789012345", SITE, "bad-reference"),
        ("\u0664", "", SITE, "bad-reference"),
    ],
)
def test_a_range_that_cannot_be_used_changes_nothing(
    answered: Worker, first: str, last: str, site: str, code: str
) -> None:
    before = states(answered), counts(answered)
    with pytest.raises(RegisterError) as refused:
        again(answered, first, last, site)
    assert (refused.value.code, states(answered), counts(answered)) == (code, *before)


def test_more_than_the_most_is_refused(answered: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retransmission, "MOST_AT_ONCE", 5)
    with pytest.raises(RegisterError) as refused:
        again(answered, "1", "6")
    assert refused.value.text == "There are more than 5 interchanges from 00000000000001 to 00000000000006."
    assert again(answered, "1", "5") == 5


def test_leading_noughts_may_be_left_out() -> None:
    assert checked_range(SITE, " 12 ", "") == ("00000000000012",) * 2


def test_what_is_not_confirmed(answered: Worker) -> None:
    with answered.connection.cursor() as cursor:
        found = unconfirmed(cursor, SITE)
        assert [(each.control_reference, each.names, each.state, each.sends) for each in found] == [
            (f"{number:014d}", "EXDR", "delivered", 5) for number in (2, 4, 6)
        ]
        assert {each.site for each in unconfirmed(cursor)} == {SITE, OTHER}
        assert len(unconfirmed(cursor, limit=1)) == 1
    answered.connection.execute("UPDATE outbox_item SET state = 'confirmed'")
    with answered.connection.cursor() as cursor:
        assert unconfirmed(cursor) == []


def test_what_is_not_answered(answered: Worker, make_worker: Callable[..., Worker]) -> None:
    with answered.connection.cursor() as cursor:
        assert unanswered(cursor, SITE) == []
    answered.connection.execute("UPDATE message SET answers_id = NULL WHERE name = 'EXDR' AND site = %s", (SITE,))
    with answered.connection.cursor() as cursor:
        found = unanswered(cursor, SITE)
    assert [(each.name, each.sender_reference, each.control_reference, each.state) for each in found] == [
        ("EXD", f"EXPORT-{number}", f"R{number}", "accepted") for number in (1, 2, 3)
    ]
    answered.connection.execute("UPDATE message SET state = 'invalid' WHERE sender_reference = 'EXPORT-1'")
    with answered.connection.cursor() as cursor:
        assert [each.sender_reference for each in unanswered(cursor, SITE)] == ["EXPORT-2", "EXPORT-3"]
