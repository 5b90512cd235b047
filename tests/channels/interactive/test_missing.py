"""Answers that are missing: asked for again by the site's own people and by officers, and by nobody else."""

import pytest

from channels.interactive.conftest import Browse
from openics.exchange.models import Event, Interchange, Message, OutboxItem
from openics.information.models import Disclosure
from web.sample import Sample

AGAIN, UNANSWERED = "/outbox/again/", "/outbox/unanswered/"


@pytest.fixture
def parked(sample: Sample) -> OutboxItem:
    """A parked answer of the trader's site, under a control reference of customs' own form."""
    item = sample.parked_item
    assert item.interchange is not None
    Interchange.objects.filter(pk=item.interchange_id).update(control_reference="00000000000901")
    item.refresh_from_db()
    return item


def states() -> list[str]:
    return list(OutboxItem.objects.order_by("id").values_list("state", flat=True))


def test_a_trader_asks_for_a_range_again(sample: Sample, browse: Browse, parked: OutboxItem) -> None:
    client = browse(sample.trader)
    assert client.get(AGAIN).status_code == 200
    answer = client.post(AGAIN, {"site": parked.site, "first": "901", "last": "00000000000901"})
    assert (answer.status_code, answer["Location"]) == (302, "/outbox/")
    assert (
        f"1 interchange is sent again to {parked.site} within a few seconds." in client.get("/outbox/").content.decode()
    )
    parked.refresh_from_db()
    assert (parked.state, parked.error) == ("waiting", "")
    assert Event.objects.get(code="exchange.sent-again").actor == sample.trader.email
    assert Disclosure.objects.filter(subject_key=f"{parked.site} 901-00000000000901 again", allowed=True).count() == 1
    assert client.post(AGAIN, {"site": parked.site, "first": "901"}).status_code == 302
    assert "Nothing to do: all of it is on its way already." in client.get("/outbox/").content.decode()


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("", "", "Enter the control reference of the first interchange"),
        ("x", "", "is no control reference of ours."),
        ("905", "901", "The range ends (901) before it begins (905)."),
        ("950", "", "Nothing was sent under the control references 00000000000950 to 00000000000950."),
    ],
)
def test_what_is_wrong_with_a_range_is_said(
    sample: Sample, browse: Browse, parked: OutboxItem, first: str, last: str, problem: str
) -> None:
    before = states()
    answer = browse(sample.trader).post(AGAIN, {"site": parked.site, "first": first, "last": last})
    assert (answer.status_code, problem in answer.content.decode(), states()) == (422, True, before)


def test_who_may_ask_for_what_again(sample: Sample, browse: Browse, parked: OutboxItem) -> None:
    before = states()
    asked = {"site": parked.site, "first": "901"}
    assert [
        browse(None).post(AGAIN, asked).status_code,
        browse(sample.newcomer).post(AGAIN, asked).status_code,
        browse(sample.stranger).post(AGAIN, asked).status_code,
        browse(sample.stranger).post(AGAIN, asked | {"site": "AAA999N"}).status_code,
        browse(sample.officer).post(AGAIN, asked).status_code,
    ] == [302, 302, 404, 404, 302]
    assert (states(), Event.objects.filter(code="exchange.sent-again").count()) == (before, 0)
    assert browse(sample.officer, "Case 7").post(AGAIN, asked)["Location"] == "/outbox/"
    parked.refresh_from_db()
    assert parked.state == "waiting"


def test_messages_without_answer_are_listed_for_their_site(sample: Sample, browse: Browse) -> None:
    answered = Message.objects.get(pk=sample.answer.answers_id)
    address = f'href="/messages/{answered.pk}/"'
    Message.objects.filter(answers__isnull=False).update(answers=None)
    seen = {
        "trader": browse(sample.trader).get(UNANSWERED).content.decode(),
        "stranger": browse(sample.stranger).get(UNANSWERED).content.decode(),
        "officer": browse(sample.officer, "Case 7").get(UNANSWERED).content.decode(),
    }
    assert {who: address in page for who, page in seen.items()} == {"trader": True, "stranger": False, "officer": True}
    assert browse(None).get(UNANSWERED).status_code == 302
    assert browse(sample.officer).get(UNANSWERED).status_code == 302


def test_where_everything_is_answered_it_says_so(sample: Sample, browse: Browse) -> None:
    Message.objects.filter(direction="in").update(state=Message.State.INVALID)
    assert "Everything is answered." in browse(sample.trader).get(UNANSWERED).content.decode()
