"""Where people are sent first, and what is kept of looks that were refused. Who may open what is tested in `tests/isolation`."""

import pytest
from django.db.models import Model
from django.urls import reverse

from channels.interactive.conftest import Browse
from openics.clients.models import Client, Person, Site
from openics.exchange.models import Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from web.sample import Sample

DOMAIN: tuple[type[Model], ...] = (
    *(Client, Person, Site, Event, Evidence, Intake, Interchange, Message, OutboxItem),
    *(ExportDeclaration, ExportDeclarationVersion),
)


def counts() -> list[int]:
    """How many records of each kind there are."""
    return [model._default_manager.count() for model in DOMAIN]


def test_where_people_are_sent_first(sample: Sample, browse: Browse) -> None:
    address = reverse("message", args=[sample.answer.pk])
    assert browse(None).get(address)["Location"] == f"/account/sign-in/?next=%2Fmessages%2F{sample.answer.pk}%2F"
    assert browse(sample.newcomer).get(address)["Location"] == "/account/security/"
    assert browse(sample.officer).get(address)["Location"] == f"/purpose/?next=%2Fmessages%2F{sample.answer.pk}%2F"


def test_a_page_that_refreshes_itself_is_loaded_again_as_a_whole(sample: Sample, browse: Browse) -> None:
    for person in (None, sample.officer):
        answer = browse(person).get(reverse("messages"), headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Refresh"], answer.content) == (204, "true", b"")


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("message", 999_999),
        ("message", 10**30),
        ("interchange", 999_999),
        ("received", 999_999),
        ("declaration", "AAAAAAAA1"),
    ],
)
def test_a_foreign_record_and_a_missing_one_are_refused_on_record(
    name: str, missing: int | str, sample: Sample, browse: Browse
) -> None:
    foreign = {
        "message": sample.foreign_message.pk,
        "interchange": sample.foreign_message.interchange_id,
        "received": sample.foreign_message.interchange.intake_id,
        "declaration": sample.foreign.edn,
    }[name]
    client = browse(sample.trader)
    answers = [client.get(reverse(name, args=[number])) for number in (foreign, missing)]
    assert [answer.status_code for answer in answers] == [404, 404]
    kind = {"message": "MESSAGE", "interchange": "INTERCHANGE", "received": "RECEIVED", "declaration": "EDN"}[name]
    logged = Disclosure.objects.order_by("id").values_list("person", "actor", "subject_kind", "subject_key", "allowed")
    who = (sample.trader.pk, sample.trader.email, kind)
    assert list(logged) == [(*who, str(key), False) for key in (foreign, missing)]


def test_who_waits_for_confirmation_is_told_so(sample: Sample, browse: Browse) -> None:
    type(sample.trader).objects.filter(pk=sample.trader.pk).update(standing="pending")
    answer = browse(sample.trader).get(reverse("messages"))
    assert answer.status_code == 403
    assert "Your registration waits for an administrator of your organisation" in answer.content.decode()


def test_an_officer_without_the_duty_is_told_which_one_and_it_is_recorded(sample: Sample, browse: Browse) -> None:
    sample.officer.duties.filter(duty="gateway").delete()
    answer = browse(sample.officer, "Case 7").get(reverse("gateway"))
    assert answer.status_code == 403
    assert "This page is for officers with the duty gateway" in answer.content.decode()
    assert list(Disclosure.objects.values_list("subject_kind", "subject_key", "allowed")) == [
        ("DUTY", "gateway /gateway/", False)
    ]
