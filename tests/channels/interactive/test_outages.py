"""Planned outages on the web: announced, changed, called off by officers; shown to everybody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import OperationalError
from django.test import Client as Browser
from django.utils import timezone

from channels.interactive.conftest import Browse
from channels.interactive.test_sites import text
from openics.channels.interactive import outage_board, standing
from openics.continuity.models import PlannedOutage
from openics.exchange.models import Event
from web.sample import Sample
from web.sample_notices import plan_outages

ENTERED = {
    "from": "2099-05-21T00:01",
    "until": "2099-05-21T04:00",
    "words": "New machines.",
    "concerns": ["gateway", "api"],
    "notice_days": "14, 2",
}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    outage_board.forget()
    standing.forget()
    yield
    outage_board.forget()
    standing.forget()


def said(answer: object) -> str:
    return unescape(text(answer.content))  # type: ignore[attr-defined]


def test_an_officer_announces_one(sample: Sample, browse: Browse) -> None:
    officer = browse(sample.officer, "Case 7")
    answer = officer.post("/outages/", ENTERED, follow=True)
    made = PlannedOutage.objects.get()
    assert f"Outage {made.pk} is announced." in said(answer)
    assert (made.concerns, made.notice_days, made.words) == (["gateway", "api"], [14, 2], "New machines.")
    assert (made.starts_at.isoformat(), made.ends_at.isoformat()) == (
        "2099-05-20T14:01:00+00:00",
        "2099-05-20T18:00:00+00:00",
    )
    assert Event.objects.filter(subject_kind="OUTAGE").values_list("code", "actor", "channel").get() == (
        "outage.announced",
        sample.officer.email,
        "web",
    )
    assert "is announced already" in said(officer.post("/outages/", ENTERED, follow=True))
    assert PlannedOutage.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"from": ""}, "Enter when it begins"),
        ({"until": ""}, "Enter when it ends"),
        ({"from": "2026-10-04T02:30"}, "Canberra's clocks show 2026-10-04T02:30 never on that day."),
        ({"until": "2026-04-05T02:30"}, "Canberra's clocks show 2026-04-05T02:30 twice on that day."),
        ({"until": "2099-05-20T04:00"}, "It would not end as it should."),
        ({"words": " "}, "Say what is done, and what it means"),
        ({"words": "x" * 501}, "Its words cannot be shown."),
        ({"concerns": []}, "Select what it concerns"),
        ({"concerns": ["weather"]}, "Select what it concerns"),
        ({"notice_days": "soon"}, "Enter numbers of days with commas between them"),
        ({"notice_days": "9999999999"}, "The sites would not be told in time."),
    ],
)
def test_what_is_not_announced(changes: dict[str, object], problem: str, sample: Sample, browse: Browse) -> None:
    answer = browse(sample.officer, "Case 7").post("/outages/", {**ENTERED, **changes})
    assert (answer.status_code, problem in said(answer)) == (422, True)
    assert (PlannedOutage.objects.count(), Event.objects.filter(subject_kind="OUTAGE").count()) == (0, 0)


def test_an_officer_changes_it_and_calls_it_off(sample: Sample, browse: Browse) -> None:
    officer = browse(sample.officer, "Case 7")
    officer.post("/outages/", ENTERED)
    made = PlannedOutage.objects.get()
    address = f"/outages/{made.pk}/"
    page = officer.get(address).content.decode()
    assert 'value="2099-05-21T00:01"' in page
    later = {**ENTERED, "action": "change", "until": "2099-05-21T05:00"}
    assert "It is changed. Who was told of it is told anew." in said(officer.post(address, later, follow=True))
    assert "Nothing was changed." in said(officer.post(address, later, follow=True))
    assert officer.post(address, {**later, "until": "x"}).status_code == 422
    assert officer.post(address, {"action": "cancel", "reason": ""}).status_code == 422
    done = said(officer.post(address, {"action": "cancel", "reason": "not needed"}, follow=True))
    assert f"Outage {made.pk} is called off" in done
    assert "Reason: not needed" in done
    assert "Call it off" not in done
    codes = Event.objects.filter(subject_kind="OUTAGE").order_by("id").values_list("code", flat=True)
    assert list(codes) == ["outage.announced", "outage.changed", "outage.called-off"]


def test_outages_are_for_officers(sample: Sample, browse: Browse) -> None:
    number = plan_outages()
    before = PlannedOutage.objects.values().get()
    for address in ("/outages/", f"/outages/{number}/"):
        for method in ("get", "post"):
            given = {**ENTERED, "action": "cancel", "reason": "x"}
            seen = [
                getattr(browse(who), method)(address, given).status_code
                for who in (None, sample.newcomer, sample.trader, sample.officer)
            ]
            assert (address, seen) == (address, [302, 302, 403, 302])
    officer = browse(sample.officer, "Case 7")
    assert [officer.get("/outages/999/").status_code, officer.post("/outages/999/", ENTERED).status_code] == [404, 404]
    assert PlannedOutage.objects.values().get() == before


def banner(address: str = "/terms/") -> str:
    page = said(Browser().get(address))
    return page.partition("Planned outage")[2][:70] if "Planned outage" in page else ""


def test_every_page_says_it_ahead(sample: Sample) -> None:
    assert banner() == ""
    plan_outages()
    assert banner().startswith(": the mail gateway, ")
    starts = timezone.now() + timedelta(days=7, seconds=60)
    PlannedOutage.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=1))
    outage_board.forget()
    assert banner() == ""
    PlannedOutage.objects.update(starts_at=starts - timedelta(seconds=90))
    outage_board.forget()
    assert banner().startswith(": the mail gateway, ")
    PlannedOutage.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    outage_board.forget()
    assert banner().startswith(" under way: the mail gateway, ")
    PlannedOutage.objects.update(cancelled_at=timezone.now())
    outage_board.forget()
    assert banner() == ""


def test_it_leaves_the_pages_at_its_end_without_another_look(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    plan_outages()
    assert len(outage_board.current()) == 1
    ends: datetime = PlannedOutage.objects.get().ends_at
    monkeypatch.setattr(timezone, "now", lambda: ends)
    assert outage_board.current() == ()


def test_a_database_that_is_away_plans_nothing(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("openics.continuity.outage_store.current", away)
    monkeypatch.setattr(outage_board.connection, "close", lambda: None)
    assert outage_board.current() == ()


def test_the_status_page_shows_them(sample: Sample) -> None:
    page = said(Browser().get("/status/"))
    assert "Planned outages None is planned." in page
    plan_outages()
    page = said(Browser().get("/status/"))
    assert "Mail gateway: " in page
    assert "The gateway moves to other machines. What you lodge meanwhile is stored and not lost." in page
