"""Planned outages: what may be announced and changed, and how one stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from openics.clients.register_errors import RegisterError
from openics.continuity.codes import Concern, Phase
from openics.continuity.outages import Outage, cancelled, changed, checked, concerned

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OUTAGE = Outage(7, NOW + DAY, NOW + DAY + 4 * HOUR, (Concern.GATEWAY,), "New machines.", (7, 1), NOW)


def refused(wanted: Any) -> str:
    with pytest.raises(RegisterError) as refusal:
        wanted()
    assert refusal.value.fix.endswith(".")
    return refusal.value.code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ends_at": NOW + DAY}, "bad-times"),
        ({"starts_at": NOW - 2 * HOUR, "ends_at": NOW}, "bad-times"),
        ({"ends_at": NOW + DAY + timedelta(days=7, seconds=1)}, "bad-times"),
        ({"words": "  "}, "bad-words"),
        ({"words": "x" * 501}, "bad-words"),
        ({"words": "bell \x07"}, "bad-words"),
        ({"concerns": ()}, "no-concern"),
        ({"notice_days": ()}, "bad-days"),
        ({"notice_days": (91,)}, "bad-days"),
        ({"notice_days": (-1,)}, "bad-days"),
    ],
)
def test_what_is_not_announced(changes: dict[str, Any], code: str) -> None:
    assert refused(lambda: checked(replace(OUTAGE, **changes), NOW)) == code


def test_what_is_announced() -> None:
    wanted = replace(OUTAGE, words=" New\n machines. ", notice_days=(1, 7, 1), concerns=(Concern.GATEWAY,) * 2)
    assert checked(wanted, NOW) == OUTAGE
    begun = replace(OUTAGE, starts_at=NOW - HOUR)
    assert checked(begun, NOW) == begun


def test_how_it_stands() -> None:
    moments = (OUTAGE.starts_at - timedelta(seconds=1), OUTAGE.starts_at, OUTAGE.ends_at)
    assert [OUTAGE.phase(at) for at in moments] == [Phase.AHEAD, Phase.UNDER_WAY, Phase.OVER]
    assert replace(OUTAGE, cancelled_at=NOW).phase(OUTAGE.starts_at) is Phase.CALLED_OFF


@pytest.mark.parametrize(
    ("concerns", "words", "channels"),
    [
        ((Concern.GATEWAY,), "the mail gateway", ("mail",)),
        ((Concern.GATEWAY, Concern.API), "the mail gateway and the HTTPS interface", ("mail", "api")),
        (
            (Concern.GATEWAY, Concern.WEB, Concern.API),
            "the mail gateway, these web pages and the HTTPS interface",
            ("mail", "web", "api"),
        ),
        ((Concern.WEB, Concern.EVERYTHING), "the whole system", ("web", "mail", "api", "file")),
    ],
)
def test_what_it_concerns(concerns: tuple[Concern, ...], words: str, channels: tuple[str, ...]) -> None:
    assert (concerned(concerns), replace(OUTAGE, concerns=concerns).channels) == (words, channels)


def test_changes() -> None:
    assert changed(OUTAGE, NOW) is None
    assert changed(OUTAGE, NOW, words="New machines.") is None
    new = changed(OUTAGE, NOW, starts_at=NOW + 2 * HOUR, words="Others.")
    assert new == replace(OUTAGE, starts_at=NOW + 2 * HOUR, words="Others.", sequence=1)
    under_way = OUTAGE.starts_at + HOUR
    assert changed(OUTAGE, under_way, ends_at=OUTAGE.ends_at + HOUR) == replace(
        OUTAGE, ends_at=OUTAGE.ends_at + HOUR, sequence=1
    )
    assert refused(lambda: changed(OUTAGE, under_way, starts_at=NOW)) == "begun"
    assert refused(lambda: changed(OUTAGE, under_way, ends_at=under_way)) == "bad-times"
    assert refused(lambda: changed(OUTAGE, OUTAGE.ends_at, ends_at=OUTAGE.ends_at + DAY)) == "past"


def test_calling_off() -> None:
    new = cancelled(OUTAGE, " no  need ", NOW)
    assert new == replace(OUTAGE, cancelled_at=NOW, cancel_reason="no need", sequence=1)
    assert new is not None
    assert cancelled(new, "again", NOW) is None
    assert refused(lambda: cancelled(OUTAGE, "", NOW)) == "no-reason"
    assert refused(lambda: cancelled(OUTAGE, "late", OUTAGE.ends_at)) == "past"
    assert refused(lambda: changed(new, NOW, words="x")) == "past"
