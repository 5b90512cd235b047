"""Every route has a rule, and every rule holds for everybody."""

import re
from collections.abc import Iterator

import pytest
from django.db.models import Model
from django.urls import URLPattern, URLResolver, reverse

from channels.interactive.conftest import Browse
from openics.channels.interactive import urls
from openics.channels.interactive.access import Access
from openics.clients.models import Client, Person, Site
from openics.exchange.models import Event, Evidence, Intake, Interchange, Message, OutboxItem
from openics.exports.models import ExportDeclaration, ExportDeclarationVersion
from openics.information.models import Disclosure
from web.sample import Sample

DOMAIN: tuple[type[Model], ...] = (
    *(Client, Person, Site, Event, Evidence, Intake, Interchange, Message, OutboxItem),
    *(ExportDeclaration, ExportDeclarationVersion),
)
PUBLIC = {
    *("home", "account_login", "account_logout", "account_inactive", "mfa_authenticate", "mfa_login_webauthn"),
    *("reference", "reference_page", "reference_search", "workshop"),
    *("reference_data", "reference_manifest", "reference_file"),
    *(
        "start",
        "certificates",
        "gateway_certificates",
        "gateway_pem",
        "gateway_der",
        "terms",
        "continuity",
        "information",
    ),
    "status",
}


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns)
        else:
            yield each


ROUTES = list(routes(urls.urlpatterns))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_has_an_access_rule(route: URLPattern) -> None:
    assert route.callback.access in Access


def test_no_route_is_public_by_accident() -> None:
    assert {route.name for route in ROUTES if route.callback.access is Access.PUBLIC} == PUBLIC


def addresses(sample: Sample) -> dict[str, str]:
    """Every page of records that a trader's own rows are on."""
    message, item = sample.answer, sample.answer.interchange.outbox_item
    return {
        "messages": reverse("messages"),
        "message": reverse("message", args=[message.pk]),
        "interchange": reverse("interchange", args=[sample.duplicate.pk]),
        "interchange_bytes": reverse("interchange_bytes", args=[sample.duplicate.pk]),
        "declarations": reverse("declarations"),
        "declaration": reverse("declaration", args=[sample.declaration.edn]),
        "outbox": reverse("outbox"),
        "sealed_bytes": reverse("sealed_bytes", args=[item.pk]),
        "received": reverse("received", args=[sample.duplicate.intake_id]),
        "received_bytes": reverse("received_bytes", args=[sample.duplicate.intake_id]),
    }


LISTS = {"messages", "declarations", "outbox"}


def counts() -> list[int]:
    return [model._default_manager.count() for model in DOMAIN]


def test_records_for_each_kind_of_person(sample: Sample, browse: Browse) -> None:
    before = counts()
    for name, address in addresses(sample).items():
        seen = {
            "anonymous": browse(None).get(address).status_code,
            "newcomer": browse(sample.newcomer).get(address).status_code,
            "trader": browse(sample.trader).get(address).status_code,
            "stranger": browse(sample.stranger).get(address).status_code,
            "officer": browse(sample.officer).get(address).status_code,
            "officer with purpose": browse(sample.officer, "Case 7").get(address).status_code,
        }
        assert (name, seen) == (
            name,
            {
                "anonymous": 302,
                "newcomer": 302,
                "trader": 200,
                "stranger": 200 if name in LISTS else 404,
                "officer": 302,
                "officer with purpose": 200,
            },
        )
    assert counts() == before


def test_where_people_are_sent_first(sample: Sample, browse: Browse) -> None:
    address = reverse("message", args=[sample.answer.pk])
    assert browse(None).get(address)["Location"] == f"/account/sign-in/?next=%2Fmessages%2F{sample.answer.pk}%2F"
    assert browse(sample.newcomer).get(address)["Location"] == "/account/security/"
    assert browse(sample.officer).get(address)["Location"] == f"/purpose/?next=%2Fmessages%2F{sample.answer.pk}%2F"


def test_a_page_that_refreshes_itself_is_loaded_again_as_a_whole(sample: Sample, browse: Browse) -> None:
    for person in (None, sample.officer):
        answer = browse(person).get(reverse("messages"), headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Refresh"], answer.content) == (204, "true", b"")


def test_the_gateway_is_for_officers(sample: Sample, browse: Browse) -> None:
    address = reverse("gateway")
    assert [
        browse(None).get(address).status_code,
        browse(sample.trader).get(address).status_code,
        browse(sample.officer).get(address).status_code,
        browse(sample.officer, "Case 7").get(address).status_code,
    ] == [302, 403, 302, 200]


def test_withdrawing_is_for_the_reporting_party(sample: Sample, browse: Browse) -> None:
    address = reverse("withdrawal", args=[sample.declaration.edn])
    before = counts()
    for method in ("get", "post"):
        assert [
            getattr(browse(None), method)(address).status_code,
            getattr(browse(sample.stranger), method)(address).status_code,
            getattr(browse(sample.officer, "Case 7"), method)(address).status_code,
        ] == [302, 404, 403]
    assert browse(sample.trader).get(address).status_code == 200
    assert counts() == before


def test_sending_again_needs_interest_and_post(sample: Sample, browse: Browse) -> None:
    address = reverse("send_again", args=[sample.parked_item.pk])
    assert [
        browse(sample.trader).get(address).status_code,
        browse(None).post(address).status_code,
        browse(sample.stranger).post(address).status_code,
        browse(sample.officer).post(address).status_code,
    ] == [405, 302, 404, 302]
    sample.parked_item.refresh_from_db()
    assert sample.parked_item.state == "parked"


def blank_tokens(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


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
def test_a_foreign_record_is_answered_like_a_missing_one(
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
    assert blank_tokens(answers[0].content) == blank_tokens(answers[1].content)
    kind = {"message": "MESSAGE", "interchange": "INTERCHANGE", "received": "RECEIVED", "declaration": "EDN"}[name]
    logged = Disclosure.objects.order_by("id").values_list("person", "subject_kind", "subject_key", "allowed")
    assert list(logged) == [(sample.trader.pk, kind, str(key), False) for key in (foreign, missing)]


def test_answers_to_foreign_and_missing_records_take_the_same_queries(sample: Sample, browse: Browse) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse(sample.trader)
    shapes = []
    for number in (sample.foreign_message.pk, 999_999):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("message", args=[number]))
        shapes.append([re.sub(r"\d+", "N", query["sql"]) for query in queries])
    assert len(shapes[0]) == len(shapes[1])
    assert [shape.split()[0] for shape in shapes[0]] == [shape.split()[0] for shape in shapes[1]]
