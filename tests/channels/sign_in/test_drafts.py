"""Drafts: a form that came too late is kept for its person, offered afterwards, and never sent by itself."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from channels.interactive.conftest import Browse
from openics.channels.interactive import purpose
from openics.channels.sign_in import drafts, places
from openics.channels.sign_in.models import Draft
from openics.clients.models import Person, Site
from openics.exports.models import ExportDeclaration
from web.sample import Sample

PAUSE = "/sites/AAA676Y/pause/"
TYPED = {"reason": "key lost at sea"}


def timed_out(browse: Browse, person: Person, what_for: str = "") -> Client:
    """A browser in which a session idled out."""
    client = browse(person, what_for)
    client.get("/")
    assert client.cookies[places.PLACE].value
    client.cookies.pop("openics_session")
    return client


def again(client: Client, person: Person, what_for: str = "Case 7") -> Client:
    """Somebody signs in in this browser."""
    client.force_login(person)
    if what_for and person.is_officer:
        session = client.session
        purpose.give(session, "ENQUIRY", what_for)
        session.save()
    return client


def test_a_form_sent_too_late_is_there_after_signing_in(sample: Sample, browse: Browse) -> None:
    client = timed_out(browse, sample.officer, "Case 7")
    answer = client.post(PAUSE, TYPED)
    assert answer["Location"] == "/account/sign-in/?next=%2Fdrafts%2Fkept%2F"
    assert Site.objects.get(site_id="AAA676Y").active
    assert "What you typed is kept" in client.get(answer["Location"]).content.decode()
    again(client, sample.officer)
    row = Draft.objects.get()
    back = client.get("/drafts/kept/")["Location"]
    assert back == f"{PAUSE}?draft={row.pk}"
    page = client.get(back).content.decode()
    assert 'value="key lost at sea"' in page
    assert Site.objects.get(site_id="AAA676Y").active
    client.post(PAUSE, TYPED)
    assert (Site.objects.get(site_id="AAA676Y").active, Draft.objects.count()) == (False, 0)


def test_nobody_else_sees_it(sample: Sample, browse: Browse) -> None:
    client = timed_out(browse, sample.officer, "Case 7")
    client.post(PAUSE, TYPED)
    row = Draft.objects.get()
    for other in (sample.trader, sample.stranger):
        again(client, other)
        assert client.get("/drafts/kept/")["Location"] == "/messages/"
        assert b"key lost" not in client.get("/drafts/").content
        assert client.get(f"/drafts/{row.pk}/").status_code == 404
        assert client.post(f"/drafts/{row.pk}/remove/").status_code == 404
    second = browse(
        Person.objects.create(email="second@customs.example", name="SECOND OFFICER", is_officer=True), "Case 8"
    )
    assert b"key lost" not in second.get(f"{PAUSE}?draft={row.pk}").content
    assert Draft.objects.count() == 1


def test_without_the_cookie_of_a_session_nothing_is_kept(sample: Sample, browse: Browse) -> None:
    made_up = Client()
    made_up.cookies[places.PLACE] = f"{sample.officer.pk}:abc:def"
    signed_out = browse(sample.officer, "Case 7")
    signed_out.get("/")
    signed_out.post("/account/sign-out/")
    for client in (Client(), made_up, signed_out):
        assert client.post(PAUSE, TYPED)["Location"] == "/account/sign-in/?next=%2F"
    assert Draft.objects.count() == 0


def test_the_cookie_of_another_purpose_is_none(sample: Sample, browse: Browse) -> None:
    client = timed_out(browse, sample.officer, "Case 7")
    device = client.cookies[places.DEVICE].value
    client.cookies[places.PLACE] = device
    client.post(PAUSE, TYPED)
    assert Draft.objects.count() == 0


def test_a_session_that_was_ended_by_somebody_keeps_nothing(sample: Sample, browse: Browse) -> None:
    client, other = browse(sample.officer, "Case 7"), browse(sample.officer, "Case 7")
    client.get("/")
    other.get("/")
    other.post("/account/sessions/end/")
    client.get("/")
    assert client.cookies[places.PLACE].value == ""
    client.post(PAUSE, TYPED)
    assert Draft.objects.count() == 0


def test_a_forged_form_keeps_nothing(sample: Sample, browse: Browse) -> None:
    before = timed_out(browse, sample.officer, "Case 7")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[places.PLACE] = before.cookies[places.PLACE].value
    assert strict.post(PAUSE, TYPED, headers={"Origin": "https://evil.example"}).status_code == 403
    assert Draft.objects.count() == 0


def test_the_cookie_says_little_and_only_to_us(sample: Sample, browse: Browse) -> None:
    client = browse(sample.officer)
    client.get("/")
    for name in (places.PLACE, places.DEVICE):
        morsel = client.cookies[name]
        assert (morsel["httponly"], morsel["samesite"], sample.officer.email in morsel.value) == (True, "Lax", False)


def test_a_purpose_that_ended_loses_nothing_either(sample: Sample, browse: Browse) -> None:
    client = browse(sample.officer)
    answer = client.post(PAUSE, TYPED)
    assert answer["Location"] == "/purpose/?next=%2Fdrafts%2Fkept%2F"
    assert (Draft.objects.get().person, Draft.objects.get().content) == (sample.officer, TYPED)


def test_a_withdrawal_goes_back_to_its_question(sample: Sample, browse: Browse) -> None:
    client = timed_out(browse, sample.trader)
    client.post("/declarations/AAAAAAAT4/withdrawal/")
    again(client, sample.trader)
    assert (
        client.get("/drafts/kept/")["Location"] == f"/declarations/AAAAAAAT4/withdrawal/?draft={Draft.objects.get().pk}"
    )
    assert ExportDeclaration.objects.get(edn="AAAAAAAT4").status == "CLEAR"


def save(client: Client, page: str, content: Any) -> int:
    """What a page does while somebody types."""
    return client.post("/drafts/save/", {"page": page, "content": json.dumps(content)}).status_code


def test_a_page_saves_itself_and_the_workshop_goes_on_with_it(sample: Sample, browse: Browse) -> None:
    client, typed = browse(sample.trader), {"do": "decode", "interchange": "UNB+UNOC:3+A+B+260101:0900+1'"}
    assert save(client, "/workshop/", typed) == 204
    assert save(client, "/workshop/", {**typed, "interchange": "UNB+UNOC:3+C+D+260101:0900+2'"}) == 204
    row = Draft.objects.get()
    assert (row.kept, row.content["interchange"]) == (False, "UNB+UNOC:3+C+D+260101:0900+2'")
    page = client.get("/drafts/kept/", follow=True)
    assert page.redirect_chain == [(f"/drafts/{row.pk}/", 302)]
    assert "Go on with it" in page.content.decode()
    decoded = client.post("/workshop/", row.content)
    assert (decoded.status_code, b"UNB+UNOC:3+C+D" in decoded.content) == (200, True)


@pytest.mark.parametrize(
    ("page", "content"),
    [
        ("/account/password/", {"x": "1"}),
        ("/nowhere/", {"x": "1"}),
        ("https://evil.example/workshop/", {"x": "1"}),
        ("/workshop/", ["x"]),
        ("/workshop/", {"x": 1}),
        ("/workshop/", {"x": "y" * drafts.LARGEST}),
        ("", {}),
    ],
)
def test_what_is_no_form_of_ours_is_not_saved(page: str, content: Any, sample: Sample, browse: Browse) -> None:
    assert save(browse(sample.trader), page, content) == 422
    assert Draft.objects.count() == 0


def test_secrets_are_left_out(sample: Sample, browse: Browse) -> None:
    fields = dict.fromkeys(("password", "oldpassword", "code", "credential", "csrfmiddlewaretoken", "next"), "secret")
    save(browse(sample.trader), "/workshop/", {**fields, "interchange": "x"})
    assert Draft.objects.get().content == {"interchange": "x"}


def test_twenty_and_the_oldest_makes_room(sample: Sample) -> None:
    now = timezone.now()
    for number in range(drafts.MOST + 1):
        page = f"/declarations/E{number}/withdrawal/"
        assert drafts.save(sample.trader.pk, page, {}, now + timedelta(seconds=number)) is not None
    assert Draft.objects.count() == drafts.MOST
    assert not Draft.objects.filter(page="/declarations/E0/withdrawal/").exists()


def test_they_are_erased_after_a_week(sample: Sample, browse: Browse) -> None:
    now = timezone.now()
    drafts.save(sample.trader.pk, "/workshop/", {"interchange": "old"}, now - drafts.LASTS)
    drafts.save(sample.stranger.pk, "/workshop/", {"interchange": "new"}, now)
    assert (
        b"Workshop" not in browse(sample.trader).get("/drafts/").content.partition(b"<main")[2].partition(b"</main")[0]
    )
    assert drafts.erase_old(now) == 1
    assert Draft.objects.get().content == {"interchange": "new"}


def test_throwing_away(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    save(client, "/workshop/", {"interchange": "x"})
    row = Draft.objects.get()
    assert client.get(f"/drafts/{row.pk}/remove/").status_code == 405
    assert client.post(f"/drafts/{row.pk}/remove/")["Location"] == "/drafts/"
    assert Draft.objects.count() == 0
