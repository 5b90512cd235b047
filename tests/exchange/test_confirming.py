"""CONTRL from a site: matched by owner and control reference, with every action, in any number, and never answered."""

from itertools import product

import pytest

from exchange.conftest import OTHER, SITE, counts, declaration, interchange, sent, take
from openics.exchange.confirming import reason
from openics.exchange.worker import Worker
from openics.messages.gateway.contrl import ElementReport, MessageReport, SegmentReport, SyntaxReport

ANSWER = "00000000000002"
HISTORY = (
    "SELECT code, data ->> 'control_reference', data ->> 'reason' FROM event WHERE code LIKE 'exchange.%' ORDER BY id"
)


def contrl(action: str = "7", **changes: object) -> SyntaxReport:
    """The site's CONTRL on the answer to its declaration."""
    values: dict[str, object] = {
        "control_reference": ANSWER,
        "sender": "AAA336C",
        "owner": "AAA336C",
        "recipient": SITE,
        "action": action,
    }
    return SyntaxReport(**(values | changes))


def message(action: str = "4", **changes: object) -> MessageReport:
    values: dict[str, object] = {
        "reference": "000001",
        "type": "CUSRES",
        "version": "D",
        "release": "99B",
        "agency": "UN",
    }
    return MessageReport(**(values | {"action": action} | changes))


@pytest.fixture
def answered(worker: Worker) -> Worker:
    """A declaration was answered by CONTRL and EXDR, the second of which wants a confirmation."""
    take(worker, interchange(declaration()))
    worker.connection.execute("UPDATE outbox_item SET state = 'delivered', sends = 1")
    return worker


def confirm(worker: Worker, *reports: SyntaxReport, reference: str, site: str = SITE, receipt: bool = True) -> None:
    take(worker, interchange(*reports, reference=reference, site=site, acknowledgement_request=receipt), site=site)


def state(worker: Worker) -> tuple[str, str]:
    row = worker.connection.execute("SELECT state, error FROM outbox_item ORDER BY id DESC LIMIT 1").fetchone()
    assert row is not None
    return row[0], row[1]


def history(worker: Worker) -> list[tuple[str, str, str]]:
    return worker.connection.execute(HISTORY).fetchall()


def words(worker: Worker) -> list[str]:
    """What the log says beside the last message received."""
    row = worker.connection.execute(
        "SELECT findings FROM message WHERE direction = 'in' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row is not None
    return [finding["text"] for finding in row[0]]


@pytest.mark.parametrize("action", ["7", "8"])
def test_an_acceptance_or_a_receipt_confirms(answered: Worker, action: str) -> None:
    confirm(answered, contrl(action), reference="R2")
    assert (state(answered), words(answered), history(answered)) == (("confirmed", ""), [], [])


def test_a_refusal_is_parked_with_place_and_reason(answered: Worker) -> None:
    refusal = contrl("4", messages=(message(error=18, segments=(SegmentReport(position=10, error=13),)),))
    confirm(answered, refusal, reference="R2")
    said = "refused by the site's software: 13 missing (message 000001, segment 10)"
    assert (state(answered), words(answered)) == (("parked", said), [said])
    assert history(answered) == [("exchange.refused-by-site", ANSWER, said)]


def test_an_accepted_interchange_with_a_refused_message_is_refused(answered: Worker) -> None:
    confirm(answered, contrl("7", messages=(message("4", error=14),)), reference="R2")
    said = "refused by the site's software: 14 value not supported in this position (message 000001)"
    assert state(answered) == ("parked", said)


def test_the_same_refusal_again_is_harmless_and_an_acceptance_ends_it(answered: Worker) -> None:
    for reference in ("R2", "R3"):
        confirm(answered, contrl("4", error=12), reference=reference)
    assert len(history(answered)) == 1
    confirm(answered, contrl("7"), reference="R4")
    assert state(answered) == ("confirmed", "")


def test_what_was_confirmed_stays_confirmed(answered: Worker) -> None:
    confirm(answered, contrl("7"), reference="R2")
    before = answered.connection.execute("SELECT confirmed_at FROM outbox_item ORDER BY id").fetchall()
    confirm(answered, contrl("7"), reference="R3")
    confirm(answered, contrl("4", error=12), reference="R4")
    assert state(answered) == ("confirmed", "")
    assert answered.connection.execute("SELECT confirmed_at FROM outbox_item ORDER BY id").fetchall() == before
    said = "refused by the site's software: 12 invalid value; it had confirmed it before, so nothing was changed"
    assert (words(answered), history(answered)) == ([said], [("exchange.confirmation-ignored", ANSWER, said)])


def test_a_duplicate_is_as_good_as_a_confirmation(answered: Worker) -> None:
    confirm(answered, contrl("4", error=26), reference="R2")
    said = "the site has it already (its software answered with error 26, duplicate detected)"
    assert (state(answered), words(answered), history(answered)) == (("confirmed", said), [said], [])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"control_reference": "00000000000099"},
            f"No interchange 00000000000099 was sent to {SITE}; nothing was changed.",
        ),
        ({"owner": OTHER}, f"It names the interchange owner '{OTHER}', not 'AAA336C'; nothing was changed."),
        (
            {"owner": None, "sender": OTHER},
            f"It names the interchange owner '{OTHER}', not 'AAA336C'; nothing was changed.",
        ),
        ({"recipient": OTHER}, f"It names the recipient '{OTHER}', not '{SITE}', which sent it; nothing was changed."),
    ],
)
@pytest.mark.parametrize("action", ["4", "7", "8"])
def test_what_fits_nothing_is_noted_in_words(
    answered: Worker, changes: dict[str, object], said: str, action: str
) -> None:
    before = counts(answered)
    confirm(answered, contrl(action, **changes), reference="R2")
    assert (state(answered), words(answered)) == (("delivered", ""), [said])
    assert [(code, text) for code, _, text in history(answered)] == [("exchange.confirmation-ignored", said)]
    after = counts(answered)
    assert {name: after[name] - count for name, count in before.items() if after[name] != count} == {
        "interchange": 1,
        "message": 1,
        "event": 1,
    }


def test_the_owner_alone_identifies_us(answered: Worker) -> None:
    confirm(answered, contrl(sender="ZZZ", owner="AAA336C"), reference="R2")
    assert state(answered) == ("confirmed", "")


def test_another_site_confirms_nothing(answered: Worker) -> None:
    confirm(answered, contrl(), reference="R2", site=OTHER)
    confirm(answered, contrl(recipient=OTHER), reference="R3", site=OTHER)
    assert state(answered) == ("delivered", "")
    assert [code for code, _, _ in history(answered)] == ["exchange.confirmation-ignored"] * 2


def test_several_in_one_interchange(answered: Worker) -> None:
    confirm(answered, contrl(control_reference="00000000000001"), contrl(), reference="R2")
    rows = answered.connection.execute("SELECT state FROM outbox_item ORDER BY id").fetchall()
    assert rows == [("confirmed",), ("confirmed",)]


def test_beside_other_messages_it_counts_and_only_those_are_answered(answered: Worker) -> None:
    before = len(sent(answered))
    take(answered, interchange(contrl(), declaration("EXPORT-2"), reference="R2"))
    states = answered.connection.execute("SELECT state FROM outbox_item ORDER BY id").fetchall()
    assert states == [("delivered",), ("confirmed",), ("waiting",), ("waiting",)]
    report, response = sent(answered)[before:]
    assert isinstance(report, SyntaxReport)
    assert [(each.type, each.action) for each in report.messages] == [("CONTRL", "7"), ("CUSDEC", "7")]
    assert response.name == "EXDR"


@pytest.mark.parametrize(
    ("action", "receipt", "error", "known"), list(product("478", [True, False], [None, 12, 26], [True, False]))
)
def test_nothing_ever_answers_a_contrl(
    answered: Worker, action: str, receipt: bool, error: int | None, known: bool
) -> None:
    before = counts(answered)["outbox_item"], len(sent(answered))
    report = contrl(action, error=error, control_reference=ANSWER if known else "77")
    confirm(answered, report, report, reference="R2", receipt=receipt)
    assert (counts(answered)["outbox_item"], len(sent(answered))) == before


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (contrl("4"), "it gives no reason"),
        (contrl("4", error=99), "99"),
        (
            contrl("4", error=13, service_segment="UNB", element=5, component=2),
            "13 missing (UNB, element 5, component 2)",
        ),
        (
            contrl("4", messages=(message(error=29, service_segment="UNT", element=2),)),
            "29 control count does not match (message 000001, UNT, element 2)",
        ),
        (
            contrl(
                "4",
                messages=(
                    message(
                        error=18,
                        segments=(
                            SegmentReport(
                                position=4,
                                error=18,
                                elements=(ElementReport(error=39, element=3, component=1), ElementReport(error=12)),
                            ),
                        ),
                    ),
                ),
            ),
            "39 data element too long (message 000001, segment 4, element 3, component 1); "
            "12 invalid value (message 000001, segment 4)",
        ),
        (
            contrl("4", messages=(message(segments=tuple(SegmentReport(position=n, error=15) for n in range(1, 8))),)),
            "; ".join(f"15 not supported in this position (message 000001, segment {n})" for n in range(1, 6))
            + "; and 2 more",
        ),
    ],
)
def test_the_reason_names_the_place(report: SyntaxReport, said: str) -> None:
    assert reason(report) == said
