"""Fetching from addresses that anybody may have written into a certificate."""

import socket
import time
from collections.abc import Iterator

import pytest

from openics.pki.fetching import FetchError, Limits, fetch
from pki.web_server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.files["/list"] = b"list"
        yield site


def _refusal(address: str, limits: Limits) -> str:
    with pytest.raises(FetchError) as raised:
        fetch(address, limits)
    return raised.value.text


def _inside(site: Site, **limits: float) -> Limits:
    return Limits(private=frozenset({site.host}), **limits)  # type: ignore[arg-type]


def test_what_lies_there_is_fetched(site: Site) -> None:
    assert fetch(site.address("/list"), _inside(site)) == b"list"
    site.files["/ask?a=b"] = b"answer"
    assert fetch(site.address("/ask?a=b"), _inside(site), data=b"question", content_type="a/b") == b"answer"
    assert site.asked == [("GET", "/list", b""), ("POST", "/ask?a=b", b"question")]


def test_a_host_inside_the_network_is_asked_only_where_it_is_allowed(site: Site) -> None:
    text = f"{site.host} is inside the network (127.0.0.1); allow it by OPENICS_REVOCATION_HOSTS"
    assert _refusal(site.address("/list"), Limits()) == text
    assert _refusal(site.address("/list"), Limits(private=frozenset({"127.0.0.1:1", "localhost"}))) == text
    assert site.asked == []


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "[::1]", "[fe80::1]", "[::ffff:10.0.0.1]"]
    + ["100.64.0.1", "224.0.0.1", "[fd00::1]", "2130706433", "0x7f.1", "localhost"],
)
def test_no_way_of_writing_a_private_address_leads_inside(host: str) -> None:
    assert "is inside the network" in _refusal(f"http://{host}:1/list", Limits())


@pytest.mark.parametrize(
    "address",
    ["https://crl.example/list", "ldap://crl.example/list", "file:///etc/passwd", "http:///list", "list", "http://a:b/"]
    + ["http://user:word@crl.example/", f"http://crl.example/{'a' * 2000}"],
)
def test_other_addresses_are_refused(address: str) -> None:
    assert repr(address[:100]) in _refusal(address, Limits())


def test_a_line_break_in_the_path_sends_nothing_else(site: Site) -> None:
    assert "InvalidURL" in _refusal(site.address("/list") + " HTTP/1.1\x7fHost: other", _inside(site))


def test_another_status_and_a_redirection_are_no_answer(site: Site) -> None:
    assert _refusal(site.address("/nothing"), _inside(site)) == f"{site.host} answers 404"
    site.status, site.files["/other"] = 302, b"other"
    assert _refusal(site.address("/list"), _inside(site)) == f"{site.host} answers 302"
    assert [path for _, path, _ in site.asked] == ["/nothing", "/list"]


def test_too_much_is_refused(site: Site) -> None:
    site.files["/list"] = bytes(3000)
    assert _refusal(site.address("/list"), _inside(site, bytes=2999)) == f"{site.host} sends more than 2999 bytes"
    assert fetch(site.address("/list"), _inside(site, bytes=3000)) == bytes(3000)


def test_a_host_that_drips_is_cut_off(site: Site) -> None:
    site.files["/list"], site.drip = bytes(1000), 0.05
    begin = time.monotonic()
    assert _refusal(site.address("/list"), _inside(site, seconds=0.5)) == f"{site.host} takes longer than 0.5 seconds"
    assert time.monotonic() - begin < 3


def test_a_host_that_never_answers_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        begin = time.monotonic()
        refused = _refusal(f"http://{host}/", Limits(seconds=0.5, private=frozenset({host})))
        assert refused.startswith(f"http://{host}/: ")
        assert time.monotonic() - begin < 3


def test_a_host_that_is_not_there(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        host = f"127.0.0.1:{gone.getsockname()[1]}"
    assert "ConnectionRefusedError" in _refusal(f"http://{host}/", Limits(private=frozenset({host})))
