"""What the front proxy says is believed, and what anybody else says is dropped and written down."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from structlog.testing import capture_logs

from channels.front import SECRET
from openics.channels.proxy import HEADERS, TrustedProxy, client_certificate, refused_certificate
from person_certificates import Held, authority, of_person

SAID = {
    "HTTP_X_CLIENT_ADDRESS": "198.51.100.4",
    "HTTP_X_CLIENT_SCHEME": "https",
    "HTTP_X_CLIENT_VERIFY": "SUCCESS",
    "HTTP_X_PROXY_SECRET": SECRET,
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """A person's certificate."""
    directory = tmp_path_factory.mktemp("ca")
    authority(directory)
    return of_person(directory)


@pytest.fixture(autouse=True)
def configured(settings: Any) -> None:
    """A proxy that shares a secret with us."""
    settings.PROXY_SECRET, settings.PROXY_ADDRESSES = SECRET, frozenset()


def passed(said: dict[str, str], peer: str = "127.0.0.1") -> tuple[HttpRequest, list[Any]]:
    """The request as it comes out behind the middleware, and what was logged."""
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http", **said}
    with capture_logs() as logged:
        TrustedProxy(lambda _: HttpResponse())(request)
    return request, logged


def facts(request: HttpRequest) -> tuple[bool, str, str]:
    """Whether a certificate is there, the browser's address, and the scheme."""
    return client_certificate(request) is not None, request.META["REMOTE_ADDR"], request.META["wsgi.url_scheme"]


def test_the_proxy_is_believed(held: Held) -> None:
    request, logged = passed({**SAID, "HTTP_X_CLIENT_CERTIFICATE": held.escaped})
    assert facts(request) == (True, "198.51.100.4", "https")
    assert client_certificate(request) == held.certificate
    assert logged == []


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", f"{SECRET}, {SECRET}", "ü" * 48])
def test_without_the_right_secret_everything_is_dropped_and_written_down(secret: str | None, held: Held) -> None:
    said = {**SAID, "HTTP_X_CLIENT_CERTIFICATE": held.escaped, "HTTP_X_PROXY_SECRET": secret or ""}
    if secret is None:
        del said["HTTP_X_PROXY_SECRET"]
    request, logged = passed(said, "203.0.113.9")
    assert facts(request) == (False, "203.0.113.9", "http")
    names = [name for name in HEADERS if name != "X-Proxy-Secret" or secret is not None]
    assert logged == [
        {"event": "proxy headers dropped", "log_level": "warning", "peer": "203.0.113.9", "headers": sorted(names)}
    ]


def test_no_header_of_the_proxy_reaches_a_page(held: Held) -> None:
    for secret in (SECRET, "wrong"):
        said = {**SAID, "HTTP_X_CLIENT_CERTIFICATE": held.escaped, "HTTP_X_PROXY_SECRET": secret}
        request, _ = passed(said)
        assert [name for name in request.META if name.startswith(("HTTP_X_CLIENT", "HTTP_X_PROXY"))] == []


def test_without_a_secret_of_ours_nobody_is_believed(held: Held, settings: Any) -> None:
    settings.PROXY_SECRET = ""
    for secret in ("", SECRET):
        said = {**SAID, "HTTP_X_CLIENT_CERTIFICATE": held.escaped, "HTTP_X_PROXY_SECRET": secret}
        assert facts(passed(said)[0]) == (False, "127.0.0.1", "http")


def test_where_the_proxys_address_is_known_no_other_is_believed(held: Held, settings: Any) -> None:
    settings.PROXY_ADDRESSES = frozenset({"192.0.2.5", "::1"})
    said = {**SAID, "HTTP_X_CLIENT_CERTIFICATE": held.escaped}
    believed = [facts(passed(said, peer)[0])[0] for peer in ("192.0.2.5", "::1", "127.0.0.1", "192.0.2.50", "")]
    assert believed == [True, True, False, False, False]


@pytest.mark.parametrize(
    "verdict", ["", "NONE", "FAILED:self-signed certificate", "success", "SUCCESS, SUCCESS", "SUCCESS "]
)
def test_a_certificate_that_was_not_verified_is_none(verdict: str, held: Held) -> None:
    said = {**SAID, "HTTP_X_CLIENT_VERIFY": verdict, "HTTP_X_CLIENT_CERTIFICATE": held.escaped}
    request, _ = passed(said)
    assert client_certificate(request) is None
    assert refused_certificate(request) == ("self-signed certificate" if verdict.startswith("FAILED") else "")


@pytest.mark.parametrize("text", ["x", "%00", "-----BEGIN CERTIFICATE-----", "A" * 40_000, "twice", "comma"])
def test_what_is_not_one_certificate_is_none_and_written_down(text: str, held: Held) -> None:
    made = {"twice": held.escaped * 2, "comma": f"{held.escaped[:-40]}, {held.escaped}"}.get(text, text)
    request, logged = passed({**SAID, "HTTP_X_CLIENT_CERTIFICATE": made})
    assert client_certificate(request) is None
    assert [line["event"] for line in logged] == ["certificate from the proxy not readable"]


@pytest.mark.parametrize("address", ["", "nonsense", "198.51.100.4, 203.0.113.9", "198.51.100.4:80", "<script>"])
def test_an_address_that_is_none_leaves_the_proxys(address: str) -> None:
    assert passed({**SAID, "HTTP_X_CLIENT_ADDRESS": address})[0].META["REMOTE_ADDR"] == "127.0.0.1"


def test_only_the_two_schemes_are_taken() -> None:
    schemes = [
        passed({**SAID, "HTTP_X_CLIENT_SCHEME": each})[0].META["wsgi.url_scheme"] for each in ("https", "http", "ftp")
    ]
    assert schemes == ["https", "http", "http"]
