"""An officer's purpose."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase

from channels.interactive.conftest import Browse
from openics.channels.interactive import purpose
from openics.information.models import Disclosure
from web.sample import Sample

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_it_holds_for_an_hour() -> None:
    session = SessionBase()
    assert purpose.current(session, NOW) == ""
    assert purpose.give(session, "AUDIT", " Sample of March ", NOW) == "AUDIT: Sample of March"
    last = NOW + purpose.LASTS - timedelta(microseconds=1)
    assert [purpose.current(session, at) for at in (NOW, last, NOW + purpose.LASTS)] == [
        *("AUDIT: Sample of March", "AUDIT: Sample of March", "")
    ]
    assert purpose.until(session) == NOW + timedelta(hours=1)
    purpose.end(session)
    assert (purpose.current(session, NOW), purpose.until(session)) == ("", None)


@pytest.mark.parametrize(
    ("reason", "words", "fields"),
    [
        ("AUDIT", "Case 7", set()),
        ("", "Case 7", {"reason"}),
        ("CURIOSITY", "Case 7", {"reason"}),
        ("AUDIT", "    x    ", {"words"}),
        ("AUDIT", "x" * 151, {"words"}),
        ("", "", {"reason", "words"}),
    ],
)
def test_what_is_wrong_with_it(reason: str, words: str, fields: set[str]) -> None:
    assert set(purpose.problems(reason, words)) == fields


def test_giving_and_ending_it(sample: Sample, browse: Browse) -> None:
    client = browse(sample.officer)
    given = client.post("/purpose/", {"reason": "ENQUIRY", "words": "Case 7", "next": "/gateway/"})
    assert (given.status_code, given["Location"]) == (302, "/gateway/")
    assert client.get("/gateway/").status_code == 200
    assert client.post("/purpose/end/")["Location"] == "/"
    assert client.get("/gateway/")["Location"] == "/purpose/?next=%2Fgateway%2F"
    assert list(Disclosure.objects.order_by("id").values_list("subject_kind", "subject_key", "purpose")) == [
        ("PURPOSE", "given", "ENQUIRY: Case 7"),
        ("GATEWAY", "", "ENQUIRY: Case 7"),
        ("PURPOSE", "ended", "ENQUIRY: Case 7"),
    ]


def test_a_bad_one_is_not_kept(sample: Sample, browse: Browse) -> None:
    client = browse(sample.officer)
    answer = client.post("/purpose/", {"reason": "", "words": "x"})
    assert (answer.status_code, b"Select what you are looking for" in answer.content) == (422, True)
    assert "purpose" not in client.session
    assert Disclosure.objects.count() == 0


def test_it_leads_nowhere_else(sample: Sample, browse: Browse) -> None:
    given = {"reason": "ENQUIRY", "words": "Case 7", "next": "https://elsewhere.example/"}
    assert browse(sample.officer).post("/purpose/", given)["Location"] == "/messages/"


def test_traders_need_none(sample: Sample, browse: Browse) -> None:
    assert browse(sample.trader).get("/purpose/")["Location"] == "/messages/"


def test_a_purpose_is_read_in_words() -> None:
    assert purpose.in_words("AUDIT: case 7: again") == "Internal audit: case 7: again"
    assert purpose.in_words("UNHEARD") == "UNHEARD"
