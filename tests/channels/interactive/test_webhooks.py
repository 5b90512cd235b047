"""The pages of webhooks: register, look, change, and what others may not."""

import re

import pytest
from django.urls import reverse
from pytest_django import Settings

from channels.interactive.conftest import Browse
from openics.clients.models import Person
from openics.exchange.models import Event
from openics.exchange.webhook_models import Webhook, WebhookDelivery
from web import sample as samples
from web.sample import Sample

URL = "https://hooks.exports.example/customs"


@pytest.fixture
def webhook(sample: Sample, browse: Browse) -> Webhook:
    """A webhook that the trader has registered, with one delivery taken and one that failed."""
    answer = browse(sample.trader).post(reverse("webhooks"), {"url": URL, "code": "export."})
    assert answer.status_code == 302
    found = Webhook.objects.get()
    events = list(Event.objects.order_by("id")[:2])
    now = found.created_at
    WebhookDelivery.objects.create(
        webhook=found, event=events[0], subject="A", state="taken", status=200, taken_at=now, next_attempt_at=now
    )
    WebhookDelivery.objects.create(
        webhook=found, event=events[1], subject="B", attempts=3, status=503, answer="<b>busy</b>", next_attempt_at=now
    )
    return found


def text(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def test_registering(webhook: Webhook, sample: Sample) -> None:
    assert (webhook.url, webhook.codes, webhook.state, webhook.generation) == (URL, ["export."], "active", 1)
    assert (webhook.client, webhook.created_by) == (sample.trader.client, sample.trader.email)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://hooks.exports.example/", "The address does not begin with https://."),
        ("", "The address does not begin with https://."),
        ("https://user:word@hooks.exports.example/", "The address holds a user name, a password or a fragment."),
    ],
)
def test_a_wrong_address_is_told_and_kept(sample: Sample, browse: Browse, url: str, problem: str) -> None:
    answer = browse(sample.trader).post(reverse("webhooks"), {"url": url})
    assert answer.status_code == 422
    assert answer.content.decode().count(problem) == 2
    assert f'value="{url}"' in answer.content.decode() or not url
    assert Webhook.objects.count() == 0


def test_the_page_shows_how_it_does(webhook: Webhook, sample: Sample, browse: Browse) -> None:
    answer = browse(sample.trader).get(reverse("webhook", args=[webhook.pk]))
    shown = text(answer.content)
    assert answer.status_code == 200
    assert f"Webhook {webhook.pk}: active" in shown
    assert "tried 3 times" in shown
    assert "&lt;b&gt;busy" in answer.content.decode()
    assert re.search(r"whsec_[A-Za-z0-9+/]{43}=", answer.content.decode())


def test_an_officer_sees_it_without_its_secret(webhook: Webhook, sample: Sample, browse: Browse) -> None:
    officer = browse(sample.officer, "Case 7")
    page = officer.get(reverse("webhook", args=[webhook.pk]))
    assert (page.status_code, b"whsec_" in page.content, b"Renew" in page.content) == (200, False, False)
    assert officer.post(reverse("webhook_change", args=[webhook.pk, "end"])).status_code == 403
    assert officer.post(reverse("webhooks"), {"url": URL}).status_code == 200
    assert [row.state for row in Webhook.objects.all()] == ["active"]


def test_webhooks_are_for_administrators(webhook: Webhook, sample: Sample, browse: Browse) -> None:
    colleague = browse(samples.person("second@meridian.example", "Second Clerk", sample.trader.client))
    address = reverse("webhooks")
    answers = [colleague.get(address), colleague.post(address, {"url": f"{URL}/mine"})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert [URL.encode() in answer.content for answer in answers] == [False, False]
    for change in ("pause", "resume", "renew", "replay", "end"):
        assert colleague.post(reverse("webhook_change", args=[webhook.pk, change])).status_code == 404
    assert [(row.url, row.state, row.generation) for row in Webhook.objects.all()] == [(URL, "active", 1)]


def test_somebody_elses_does_not_exist(webhook: Webhook, sample: Sample, browse: Browse) -> None:
    stranger = browse(sample.stranger)
    foreign = stranger.get(reverse("webhook", args=[webhook.pk]))
    missing = stranger.get(reverse("webhook", args=[webhook.pk + 1]))
    assert (foreign.status_code, missing.status_code, text(foreign.content) == text(missing.content)) == (
        404,
        404,
        True,
    )
    for change in ("pause", "resume", "renew", "replay", "end"):
        assert stranger.post(reverse("webhook_change", args=[webhook.pk, change])).status_code == 404
    assert URL not in stranger.get(reverse("webhooks")).content.decode()
    webhook.refresh_from_db()
    assert (webhook.state, webhook.generation) == ("active", 1)


def change(browse: Browse, person: Person, webhook: Webhook, name: str, **values: str) -> str:
    """Make a change, and what the next page says of it."""
    browser = browse(person)
    answer = browser.post(reverse("webhook_change", args=[webhook.pk, name]), values, follow=True)
    assert answer.status_code == 200
    webhook.refresh_from_db()
    return text(answer.content)


def test_changes(webhook: Webhook, sample: Sample, browse: Browse) -> None:
    own = sample.trader
    assert "The webhook is paused" in change(browse, own, webhook, "pause", reason="Maintenance")
    assert (webhook.state, webhook.reason) == ("paused", "Maintenance")
    assert "it is not active" in change(browse, own, webhook, "pause")
    assert "goes on with what waits" in change(browse, own, webhook, "resume")
    assert "has a new secret" in change(browse, own, webhook, "renew")
    assert (webhook.state, webhook.generation) == ("active", 2)
    assert "sent once more" in change(browse, own, webhook, "replay", after="no number")
    assert f"Webhook {webhook.pk} has ended" in change(browse, own, webhook, "end")
    assert webhook.state == "ended"
    assert browse(own).get(reverse("webhook", args=[webhook.pk])).status_code == 404


def test_a_change_that_there_is_not(webhook: Webhook, sample: Sample, browse: Browse) -> None:
    browser = browse(sample.trader)
    assert browser.post(reverse("webhook_change", args=[webhook.pk, "burn"])).status_code == 404
    assert browser.get(reverse("webhook_change", args=[webhook.pk, "end"])).status_code == 405
    webhook.refresh_from_db()
    assert webhook.state == "active"


def test_private_addresses_where_they_are_allowed(sample: Sample, browse: Browse, settings: Settings) -> None:
    settings.WEBHOOKS_PRIVATE = True
    answer = browse(sample.trader).post(reverse("webhooks"), {"url": "http://127.0.0.1:9/x"})
    assert (answer.status_code, Webhook.objects.get().url) == (302, "http://127.0.0.1:9/x")
