"""Bounds and manners: sizes, counts, methods, parameters, ETags, cursors, waiting."""

import threading
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from channels.api.conftest import House, ask, declaration, interchange
from openics.channels.api.limits import WINDOW
from openics.exchange.models import Intake


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("it was read")


@pytest.mark.parametrize(
    ("length", "status"),
    [("401", "413 Request Entity Too Large"), ("ten", "400 Bad Request"), ("-1", "400 Bad Request")],
)
def test_what_is_too_large_is_not_read(length: str, status: str, house: House, settings: Settings) -> None:
    settings.API_LARGEST_INTERCHANGE = 100
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/v1/submissions",
        "CONTENT_LENGTH": length,
        "CONTENT_TYPE": "application/json",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": Unread(),
        "wsgi.url_scheme": "http",
    }
    get_wsgi_application()(environ, lambda status, _: told.append(status))
    assert told == [status]


def test_an_interchange_may_be_as_large_as_by_mail(house: House, settings: Settings) -> None:
    sent = interchange(declaration())
    settings.API_LARGEST_INTERCHANGE = len(sent) - 1
    answer = house.program("post", "/submissions", edifact=sent)
    assert (answer.status, answer.body["rule"], Intake.objects.count()) == (413, "E5", 0)
    settings.API_LARGEST_INTERCHANGE = len(sent)
    assert house.program("post", "/submissions", edifact=sent).status == 202


def test_requests_are_counted_for_each_caller(house: House, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 3
    answers = [house.program("get", "/self") for _ in range(4)]
    if [each.status for each in answers] != [200, 200, 200, 429]:  # a minute began between them
        answers = [house.program("get", "/self") for _ in range(4)]
    assert [each.status for each in answers] == [200, 200, 200, 429]
    assert [each.headers["RateLimit"].split(";")[1] for each in answers[:3]] == ["r=2", "r=1", "r=0"]
    assert answers[0].headers["RateLimit-Policy"] == f'"minute";q=3;w={WINDOW}'
    assert 1 <= int(answers[3].headers["Retry-After"]) <= WINDOW
    assert answers[3].body["title"] == "Too many requests in this minute"
    assert house.stranger("get", "/self").status == 200


def test_methods_and_addresses_that_are_not_offered(house: House) -> None:
    answer = house.program("put", "/submissions")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert house.program("post", "/openapi.json").status == 405
    for path in ("/nothing", "/", "/messages/", "/messages/x/y/z"):
        answer = house.program("get", path)
        assert (answer.status, answer.body["type"].rpartition("#")[2]) == (404, "problem-not-found")


def test_head_is_get_without_a_body(house: House) -> None:
    head, get = house.program("head", "/self"), house.program("get", "/self")
    assert (head.status, head.headers["ETag"], head.content) == (200, get.headers["ETag"], b"")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/messages?limit=0", "query.limit"),
        ("/messages?limit=201", "query.limit"),
        ("/messages?limit=x", "query.limit"),
        ("/messages?colour=red", "query.colour"),
        ("/messages?direction=sideways", "query.direction"),
        ("/messages?cursor=x", "query.cursor"),
        ("/declarations?status=GREEN", "query.status"),
        ("/messages/0", "path.number"),
        ("/messages/x", "path.number"),
        ("/reference/COLOURS", "path.name"),
        ("/reference/PORT?on=tomorrow", "query.on"),
        ("/reference/PORT?on=0", "query.on"),
        ("/reference/PORT?on=2026-02-30", "query.on"),
        ("/self?x=%00", "address"),
    ],
)
def test_a_wrong_parameter_is_named(path: str, place: str | None, house: House) -> None:
    answer = house.program("get", path)
    assert (answer.status, answer.body.get("place")) == (400 if place == "address" else 422, place)


def test_what_did_not_change_is_not_sent_again(house: House) -> None:
    first = house.program("get", "/documents/EXD")
    tag = first.headers["ETag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = house.program("get", "/documents/EXD", headers={"If-None-Match": given})
        assert (again.status, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert house.program("get", "/documents/EXD", headers={"If-None-Match": '"other"'}).status == 200
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first.headers["Vary"]


def test_lists_go_on_by_cursor(house: House) -> None:
    for number in range(5):
        house.program("post", "/submissions", edifact=interchange(declaration(f"R{number}"), reference=f"R{number}"))
    house.work()
    found, path, pages = [], "/messages?name=EXD&limit=2", 0
    while path:
        answer = house.program("get", path)
        found += [each["sender_reference"] for each in answer.body["items"]]
        pages += 1
        cursor = answer.body["next"]
        path = f"/messages?name=EXD&limit=2&cursor={cursor}" if cursor else ""
        assert unquote(answer.headers.get("Link", "")) == (f'</api/v1{path}>; rel="next"' if path else "")
    assert (found, pages) == (["R4", "R3", "R2", "R1", "R0"], 3)
    cursor = house.program("get", "/messages?limit=1").body["next"]
    assert house.program("get", f"/interchanges?cursor={cursor}").body["place"] == "query.cursor"


def test_filters(house: House) -> None:
    house.program("post", "/submissions", edifact=interchange(declaration("F1"), reference="F1"))
    house.program("post", "/submissions", edifact=interchange(declaration("F2", port_of_loading=None), reference="F2"))
    house.work()
    edn = house.program("get", "/declarations").body["items"][0]["edn"]

    def names(query: str) -> list[str]:
        return [each["name"] for each in house.program("get", f"/messages?{query}").body["items"]]

    assert names("state=rejected") == ["EXD"]
    assert names("direction=out&name=exdr") == ["EXDR", "EXDR"]
    assert sorted(names(f"subject={edn.lower()}")) == ["CONTRL", "EXD", "EXDR"]
    assert names("sender_reference=F2&direction=in") == ["EXD"]
    assert house.program("get", "/declarations?status=CLEAR").body["items"][0]["sender_reference"] == "F1"
    assert house.program("get", "/declarations?status=HELD").body["items"] == []
    assert len(house.program("get", "/interchanges?direction=in&control_reference=F1").body["items"]) == 1
    assert house.program("get", "/submissions?state=pending").body["items"] == []
    why = house.program("get", "/explanations/F2").body["messages"][0]
    assert (why["state"], why["findings"][0]["severity"]) == ("rejected", "ERROR")


def test_waiting_for_the_decision(house: House) -> None:
    timer = threading.Timer(0.3, house.work)
    timer.start()
    answer = house.program("post", "/submissions", edifact=interchange(declaration()), headers={"Prefer": "wait=15"})
    timer.join()
    assert (answer.status, answer.body["state"], answer.headers["Preference-Applied"]) == (200, "done", "wait=15")
    assert answer.body["messages"][0]["state"] == "accepted"


def test_a_wait_ends(house: House) -> None:
    answer = house.program("post", "/submissions", edifact=interchange(declaration()), headers={"Prefer": "wait=1"})
    assert (answer.status, answer.body["state"], answer.headers["Preference-Applied"]) == (202, "pending", "wait=1")
    other = house.program(
        "post", "/submissions", edifact=interchange(declaration()), headers={"Prefer": "respond-async"}
    )
    assert (other.status, "Preference-Applied" in other.headers) == (202, False)


def test_checking_stores_nothing(house: House) -> None:
    well = house.program("post", "/checks", edifact=interchange(declaration()))
    assert (well.status, well.body) == (200, {"ok": True, "messages": 1, "problems": []})
    wrong = house.program(
        "post", "/checks", data={"message": "EXD", "document": declaration(goods_type="ZZ").to_json()}
    )
    assert (wrong.body["ok"], wrong.body["problems"][0]["item"]) == (False, "Export Goods Type")
    assert house.program("post", "/checks", edifact=b"hello").body["ok"] is False
    assert Intake.objects.count() == 0


def test_reference_data_as_at_a_day(house: House) -> None:
    entry = house.program("get", "/reference/PORT/AUMEL")
    assert (entry.status, entry.body["data"]["zone"]) == (200, "Australia/Melbourne")
    assert house.program("get", "/reference/PORT/AUMEL?on=1850-01-01").status == 404
    found = house.program("get", "/reference/PORT?search=AUM&limit=200").body["items"]
    assert "AUMEL" in [each["code"] for each in found]
    assert house.program("get", "/codes/GoodsType").body["codes"][0]["meaning"] != ""
    assert house.program("get", "/codes/Nothing").status == 404
    schema = house.program("get", "/documents/EXD").body
    assert (schema["scope"], schema["document_schema"]["title"]) == ("exports:lodge", "ExportDeclaration")
    assert house.program("get", "/documents/EXDR").status == 404
    assert ask("get", "/gateway/certificates").body == {"items": []}
