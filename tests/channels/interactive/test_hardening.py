"""What holds for every route: forged forms, frames, caches, cookies, hosts, and redirects to elsewhere."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from channels.interactive.conftest import Browse
from openics.channels.interactive.access import Access
from openics.channels.sign_in.models import SignIn
from openics.exchange.models import Intake
from openics.information.models import Disclosure
from web.sample import PASSWORD, Sample, code_of

EXAMPLES = {
    "int": "1",
    "slug": "name",
    "str": "AAA676Y",
    "path": "messages",
}
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    r"\\evil.example",
    r"/\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "\thttps://evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


EXEMPT = {
    "/api/v1/": "a token or a certificate in the request itself says who calls, and cookies are not looked at",
    "/edi/": "the signature of what is handed in is the proof, and cookies are not looked at",
    "/sandbox/authority/ocsp": "programs ask how a certificate stands; nobody is signed in, and nothing changes",
}
"""Beginnings of addresses where a form from elsewhere is nothing to fear, and why."""
EVERYTHING_ELSE = "^(?P<rest>.*)$"


def _walk(patterns: list[Any], before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, address)
        else:
            yield _example(address), each


def _example(address: str) -> str:
    filled = re.sub(r"<(?:(\w+):)?\w+>", lambda kind: EXAMPLES[kind[1] or "str"], address)
    return filled.replace(EVERYTHING_ELSE, "nowhere")


@cache
def _routes() -> list[tuple[str, URLPattern]]:
    """Every route by an address of it; operations of the API that share one are one route."""
    return list(dict(_walk(get_resolver().url_patterns)).items())


def _exempt(address: str) -> bool:
    return address.startswith(tuple(EXEMPT))


ADDRESSES = [address for address, _ in _routes()]
FORMS = [address for address in ADDRESSES if not _exempt(address)]
PRIVATE = [
    address for address, route in _routes() if getattr(route.callback, "access", Access.PUBLIC) is not Access.PUBLIC
]


def test_the_routes_are_all_there() -> None:
    assert len(ADDRESSES) > 60
    everything = [address for address, _ in _walk(get_resolver().url_patterns)]
    assert {each for each in everything if everything.count(each) > 1} == {
        "/api/v1/token",
        "/api/v1/submissions",
    }, "their methods are routes of their own"
    assert {"/health", "/metrics", "/account/sign-in/", "/people/1/sign-in/", "/workshop/"} <= set(ADDRESSES)
    assert [address for address in ADDRESSES if "<" in address] == []


def test_the_routes_without_the_check_against_forgery_are_those_with_a_reason() -> None:
    unchecked = [address for address, route in _routes() if getattr(route.callback, "csrf_exempt", False)]
    assert unchecked == [address for address in ADDRESSES if _exempt(address)]
    assert [begins for begins in EXEMPT if not any(address.startswith(begins) for address in unchecked)] == []


@pytest.mark.parametrize("address", [address for address in ADDRESSES if _exempt(address)])
def test_where_nothing_is_checked_the_cookie_of_a_session_counts_for_nothing(
    address: str, sample: Sample, browse: Browse
) -> None:
    """A page elsewhere can make a browser send a form with its cookies: the answer is that to a stranger."""
    before, answers = (Intake.objects.count(), Disclosure.objects.count()), []
    for person, purpose in ((None, ""), (sample.trader, ""), (sample.officer, "Case 7")):
        client = browse(person, purpose)
        answer = client.post(address, {"do": "end", "reason": "x"}, headers={"Origin": "https://evil.example"})
        answers.append((answer.status_code, answer.headers["Content-Type"], _said(answer)))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] in {200, 400, 401, 404, 405, 415, 422, 503}
    assert (Intake.objects.count(), Disclosure.objects.count()) == before


def _said(answer: Any) -> bytes:
    """What the answer says, but for pages, whose frame tells who is signed in."""
    return b"" if answer.headers["Content-Type"].startswith("text/html") else bytes(answer.content)


@pytest.mark.parametrize("address", FORMS)
def test_a_form_from_elsewhere_is_refused_by_every_route(address: str, sample: Sample, browse: Browse) -> None:
    signed_in = Client(enforce_csrf_checks=True, raise_request_exception=True)
    signed_in.cookies = browse(sample.officer, "Case 7").cookies
    for client in (Client(enforce_csrf_checks=True), signed_in):
        client.get("/account/sign-in/")
        token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
        forged = [
            client.post(address, {"do": "end", "reason": "x"}),
            client.post(address, {"csrfmiddlewaretoken": "a" * 64}),
            client.post(address, {"csrfmiddlewaretoken": token}, headers={"Origin": "https://evil.example"}),
        ]
        assert [answer.status_code for answer in forged] == [403] * 3


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_can_be_framed_or_guessed_at(address: str, sample: Sample, browse: Browse) -> None:
    for client in (browse(None), browse(sample.officer, "Case 7")):
        answer = client.get(address)
        said = {
            name: answer.headers.get(name) for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")
        }
        assert said == {
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
        }
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_page_is_kept_by_a_cache(address: str, sample: Sample, browse: Browse) -> None:
    for client in (browse(None), browse(sample.officer, "Case 7"), browse(sample.trader)):
        answer = client.get(address)
        if answer.status_code == 200:
            assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", PRIVATE)
def test_no_private_page_opens_for_nobody(address: str, db: None) -> None:
    client = Client()
    for answer in (client.get(address), client.post(address), client.get(address, headers={"HX-Request": "true"})):
        assert answer.status_code in {204, 302, 405}
        assert SESSION_KEY not in client.session


@pytest.mark.parametrize("address", ["/", "/account/sign-in/", "/messages/", "/health/live"])
def test_a_host_that_is_not_ours_is_refused(address: str, db: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["ics.example"]
    answers = [Client(headers={"Host": host}).get(address) for host in ("evil.example", "ics.example.evil.example")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert b"evil.example" not in answers[0].content


@pytest.mark.parametrize("to", ELSEWHERE)
def test_next_leads_nowhere_else(to: str, sample: Sample, browse: Browse) -> None:
    client = Client()
    client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD, "next": to})
    answer = client.post("/account/security/code/", {"code": code_of(sample.trader), "next": to})
    assert _leads(answer) == "/messages/"
    assert _leads(browse(sample.trader).get("/account/sign-in/", {"next": to})) == "/messages/"
    officer = browse(sample.officer)
    entered = {"reason": "AUDIT", "words": "Case 7", "next": to}
    assert _leads(officer.post("/purpose/", entered)) == "/messages/"
    assert _leads(client.post("/account/sign-out/", {"next": to})) == "/"


def _leads(answer: HttpResponseBase) -> str:
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.mark.parametrize("secure", [True, False], ids=["https", "http"])
def test_cookies_are_for_the_server_alone(secure: bool, sample: Sample, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = secure
    client = Client()
    client.get("/account/sign-in/", secure=secure)
    client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD}, secure=secure)
    client.post("/account/security/code/", {"code": code_of(sample.trader)}, secure=secure)
    flags = {
        name: (bool(morsel["secure"]), bool(morsel["httponly"]), morsel["samesite"])
        for name, morsel in client.cookies.items()
        if morsel.value
    }
    assert flags == {
        "csrftoken": (secure, True, "Lax"),
        "openics_session": (secure, True, "Lax"),
        "openics_place": (secure, True, "Lax"),
        "openics_device": (secure, True, "Lax"),
    }


def test_headers_of_a_proxy_that_is_not_there_change_nothing(sample: Sample) -> None:
    client = Client(
        headers={"X-Client-Address": "198.51.100.9", "X-Client-Scheme": "https", "X-Forwarded-For": "9.9.9.9"}
    )
    client.post("/account/sign-in/", {"login": sample.trader.email, "password": PASSWORD})
    client.post("/account/security/code/", {"code": code_of(sample.trader)})
    assert SignIn.objects.get().address == "127.0.0.1"
