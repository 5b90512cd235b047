"""Sessions: begun, listed, ended by their person, by officers, by a password, by time."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from channels.interactive.conftest import Browse
from channels.sign_in.conftest import just_signed_in
from openics.channels.sign_in import sessions
from openics.channels.sign_in.models import SignIn
from openics.clients.models import Person
from openics.exchange.models import Event
from web.sample import PASSWORD, Sample, code_of

MINE = "/account/sessions/"


def open_page(client: Client) -> bool:
    """Whether the session still opens a page."""
    return client.get("/messages/").status_code == 200


def begun(browse: Browse, person: Person, count: int) -> list[tuple[Client, SignIn]]:
    """Sessions of a person, with their rows."""
    made = []
    for _ in range(count):
        client = browse(person)
        assert open_page(client)
        made.append((client, SignIn.objects.get(pk=client.session[sessions.KEY])))
    return made


def test_a_sign_in_is_written_down(sample: Sample) -> None:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD})
    assert SignIn.objects.count() == 0
    client.post("/account/security/code/", {"code": code_of(sample.trader)})
    row = SignIn.objects.get()
    assert (row.person, row.method, row.address, row.ended_at) == (
        sample.trader,
        "password and one-time code",
        "127.0.0.1",
        None,
    )
    page = client.get(MINE).content.decode()
    assert page.count("Firefox on Linux") == 1
    assert "This session" in page


def test_the_key_of_the_session_changes_at_sign_in(sample: Sample) -> None:
    client = Client()
    client.get("/account/sign-in/")
    client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD})
    planted = client.session.session_key
    client.post("/account/security/code/", {"code": code_of(sample.trader)})
    assert client.session.session_key != planted
    other = Client()
    other.cookies["openics_session"] = planted
    assert not open_page(other)


def test_signing_out_is_written_down(sample: Sample, browse: Browse) -> None:
    [(client, row)] = begun(browse, sample.trader, 1)
    client.post("/account/sign-out/")
    row.refresh_from_db()
    assert (row.ended_at is not None, row.reason) == (True, "")
    assert not open_page(client)
    assert client.cookies["openics_place"].value == ""


def test_one_ends_another_session_and_no_foreign_one(sample: Sample, browse: Browse) -> None:
    (here, _), (there, row) = begun(browse, sample.trader, 2)
    [(foreign, foreign_row)] = begun(browse, sample.stranger, 1)
    assert here.post(f"{MINE}{foreign_row.pk}/end/").status_code == 404
    assert here.post(f"{MINE}{row.pk}/end/")["Location"] == MINE
    assert [open_page(each) for each in (here, there, foreign)] == [True, False, True]
    assert here.post(f"{MINE}{row.pk}/end/").status_code == 404


def test_one_ends_all_others(sample: Sample, browse: Browse) -> None:
    (here, _), (second, _), (third, _) = begun(browse, sample.trader, 3)
    page = here.post(f"{MINE}end/", follow=True).content.decode()
    assert "2 other sessions are ended." in page
    assert [open_page(each) for each in (here, second, third)] == [True, False, False]
    event = Event.objects.get(code="person.sessions-ended")
    assert (event.actor, event.data) == (sample.trader.email, {"count": 2, "reason": "ended from another session"})
    assert "You were signed in nowhere else." in here.post(f"{MINE}end/", follow=True).content.decode()
    assert Event.objects.filter(code="person.sessions-ended").count() == 1


def test_the_end_is_said(sample: Sample, browse: Browse) -> None:
    (here, _), (there, _) = begun(browse, sample.trader, 2)
    here.post(f"{MINE}end/")
    assert "Your session has ended. Sign in to go on." in there.get("/messages/", follow=True).content.decode()


def test_a_new_password_ends_the_other_sessions(sample: Sample, browse: Browse) -> None:
    (here, _), (there, row) = begun(browse, sample.trader, 2)
    just_signed_in(here, sample.trader)
    fields = {"oldpassword": PASSWORD, "password1": "nine-mountains-south", "password2": "nine-mountains-south"}
    assert here.post("/account/password/", fields)["Location"] == "/account/security/"
    assert [open_page(each) for each in (here, there)] == [True, False]
    row.refresh_from_db()
    assert row.reason == "the password was changed"


def test_a_closed_account_opens_nothing(sample: Sample, browse: Browse) -> None:
    [(client, _)] = begun(browse, sample.trader, 1)
    Person.objects.filter(pk=sample.trader.pk).update(is_active=False)
    assert not open_page(client)


def test_an_officer_ends_them_with_a_reason(sample: Sample, browse: Browse) -> None:
    (first, row), (second, _) = begun(browse, sample.trader, 2)
    officer, address = browse(sample.officer, "Case 7"), f"/people/{sample.trader.pk}/sign-in/"
    page = officer.post(address, {"do": "end", "reason": " "})
    assert (page.status_code, b"Enter a reason; the person is told it" in page.content) == (422, True)
    assert open_page(first)
    assert officer.post(address, {"do": "end", "reason": "laptop stolen"})["Location"] == address
    assert [open_page(each) for each in (first, second, officer)] == [False, False, True]
    row.refresh_from_db()
    assert (row.ended_by, row.reason) == (sample.officer.email, "laptop stolen")
    event = Event.objects.get(code="person.sessions-ended")
    assert (event.subject_key, event.actor, event.data["reason"]) == (
        sample.trader.email,
        sample.officer.email,
        "laptop stolen",
    )


def test_no_session_lasts_longer_than_twelve_hours(sample: Sample, browse: Browse) -> None:
    [(client, row)] = begun(browse, sample.trader, 1)
    for ago, lives in ((sessions.LONGEST - timedelta(minutes=1), True), (sessions.LONGEST, False)):
        SignIn.objects.filter(pk=row.pk).update(begun_at=timezone.now() - ago)
        assert open_page(client) is lives
    row.refresh_from_db()
    assert row.ended_at is not None


def test_a_session_that_idled_out_is_not_listed(sample: Sample, browse: Browse, settings: Any) -> None:
    [(_, row)] = begun(browse, sample.trader, 1)
    now = timezone.now()
    assert list(sessions.current(sample.trader, now)) == [row]
    assert list(sessions.current(sample.trader, now + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1))) == []


def test_looking_again_is_written_down_once_a_minute(sample: Sample, browse: Browse) -> None:
    [(client, row)] = begun(browse, sample.trader, 1)
    seen = row.seen_at
    open_page(client)
    row.refresh_from_db()
    assert row.seen_at == seen
    SignIn.objects.filter(pk=row.pk).update(seen_at=seen - timedelta(minutes=5))
    open_page(client)
    row.refresh_from_db()
    assert row.seen_at > seen


def test_going_on_starts_the_idle_time_again(sample: Sample, browse: Browse) -> None:
    [(client, _)] = begun(browse, sample.trader, 1)
    answer = client.post("/account/stay/")
    assert (answer.status_code, answer.cookies["openics_session"]["max-age"]) == (204, 1200)
    assert Client().post("/account/stay/").status_code == 302


def test_the_session_of_another_person_is_not_ones_own(sample: Sample, browse: Browse) -> None:
    [(client, _)], [(_, foreign)] = begun(browse, sample.trader, 1), begun(browse, sample.stranger, 1)
    session = client.session
    session[sessions.KEY] = foreign.pk
    session.save()
    assert not open_page(client)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("", "Unknown browser"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.0 Safari/605.1", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "Unknown browser"),
    ],
)
def test_browsers_in_words(agent: str, said: str) -> None:
    from openics.channels.interactive import words

    assert words.browser(agent) == said
