"""Sending again."""

from channels.interactive.conftest import Browse
from openics.exchange.models import OutboxItem
from openics.information.models import Disclosure
from web.sample import Sample


def test_a_parked_answer_is_sent_again(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    answer = client.post(f"/outbox/{sample.parked_item.pk}/again")
    message = sample.parked_item.interchange.messages.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/messages/{message.pk}/")
    sample.parked_item.refresh_from_db()
    assert (sample.parked_item.state, sample.parked_item.error) == ("waiting", "")
    assert (
        b"It will be signed, encrypted and sent again within a few seconds." in client.get(answer["Location"]).content
    )
    assert Disclosure.objects.filter(subject_kind="OUTBOX", subject_key=f"{sample.parked_item.pk} again").count() == 1


def test_twice_is_once(sample: Sample, browse: Browse) -> None:
    client = browse(sample.trader)
    for _ in range(2):
        answer = client.post(f"/outbox/{sample.parked_item.pk}/again")
    assert b"Nothing to do: it is on its way already." in client.get(answer["Location"]).content


def test_the_outbox_lists_what_is_not_confirmed(sample: Sample, browse: Browse) -> None:
    page = browse(sample.trader).get("/outbox/").content.decode()
    shown = OutboxItem.objects.filter(site="AAA676Y", wants_confirmation=True).exclude(state="confirmed")
    assert page.count('id="item-') == shown.count() == 2
    shown.update(state="confirmed")
    assert "Everything is confirmed." in browse(sample.trader).get("/outbox/").content.decode()


def test_a_notice_to_an_administrator_is_listed_without_a_message(sample: Sample, browse: Browse) -> None:
    item = sample.parked_item
    OutboxItem.objects.create(
        notice="A mail could not be accepted", subject="OpenICS could not accept mail 7", site="AAA676Y",
        recipient="it@meridian.example", wants_confirmation=False, state="parked", created_at=item.created_at,
        next_attempt_at=item.created_at,
    )  # fmt: skip
    assert b"Notice to the administrator" in browse(sample.trader).get("/outbox/").content
    assert browse(sample.trader).post(f"/outbox/{OutboxItem.objects.latest('id').pk}/again")["Location"] == "/outbox/"
