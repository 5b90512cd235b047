"""Where webhooks may go, and above all where not."""

import socket
from typing import Any

import pytest

from openics.channels.webhooks.addresses import AddressError, check_form, target


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://hook.example/", "The address does not begin with https://."),
        ("ftp://hook.example/", "The address does not begin with https://."),
        ("file:///etc/passwd", "The address does not begin with https://."),
        ("", "The address does not begin with https://."),
        ("https://", "The address names no host."),
        ("https:///path", "The address names no host."),
        ("https://hook.example:0/", "The address names no host."),
        ("https://user:secret@hook.example/", "The address holds a user name, a password or a fragment."),
        ("https://hook.example/#top", "The address holds a user name, a password or a fragment."),
        ("https://hook.example/" + "a" * 500, "The address is longer than 500, or holds other than ASCII."),
        ("https://hook.example/a b", "The address is longer than 500, or holds other than ASCII."),
        ("https://hook.example/a\r\nHost: inside", "The address is longer than 500, or holds other than ASCII."),
    ],
)
def test_forms_that_are_refused(url: str, text: str) -> None:
    with pytest.raises(AddressError) as raised:
        check_form(url, private=False)
    assert raised.value.text == text
    assert raised.value.fix


@pytest.mark.parametrize("url", ["https://hook.example:99999/", "https://[::1/"])
def test_what_cannot_be_read(url: str) -> None:
    with pytest.raises(AddressError) as raised:
        check_form(url, private=False)
    assert raised.value.text.startswith("The address cannot be read: ")


INSIDE = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *(
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.1.2.3]",
        "[::ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "[2002:a01:203::]",
    ),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "[ff02::1]"),
]


@pytest.mark.parametrize("host", INSIDE)
def test_addresses_inside_the_house_are_refused(host: str) -> None:
    with pytest.raises(AddressError) as raised:
        target(f"https://{host}/", private=False)
    assert raised.value.text.endswith("an address that is not public.")
    assert raised.value.fix == "Name a host that the whole internet reaches."


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1"])
def test_other_ways_to_write_loopback_are_refused(host: str) -> None:
    with pytest.raises(AddressError):
        target(f"https://{host}/", private=False)


def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One public and one private address: the private one decides."""

    def lookup(*_: Any, **__: Any) -> list[Any]:
        return [(None, None, None, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.5")]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(AddressError) as raised:
        target("https://hook.example/", private=False)
    assert raised.value.text == "hook.example is 10.0.0.5, an address that is not public."


def test_what_is_connected_to_is_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(None, None, None, "", ("93.184.216.34", 443))])
    found = target("https://hook.example/a/b?c=d", private=False)
    assert (found.scheme, found.host, found.port, found.path, found.address) == (
        "https",
        "hook.example",
        443,
        "/a/b?c=d",
        "93.184.216.34",
    )


def test_a_name_that_nobody_knows() -> None:
    with pytest.raises(AddressError) as raised:
        target("https://nowhere.invalid/", private=False)
    assert raised.value.text == "The host nowhere.invalid cannot be found."


def test_tests_on_one_machine_may_stay_inside() -> None:
    assert target("http://127.0.0.1:8099", private=True).path == "/"
