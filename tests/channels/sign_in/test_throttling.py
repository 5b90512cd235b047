"""Guessing is slowed down, nobody locks others out, and nobody learns who has an account."""

import re
import time
from statistics import median
from typing import Any

import pytest
from django.test import Client

from openics.clients.models import Person
from web.sample import PASSWORD, Sample, code_of

TOO_MANY = b"Too many attempts with a wrong password."


def attempt(client: Client, email: str, password: str, address: str = "127.0.0.1") -> Any:
    """Give a password from an address."""
    return client.post("/account/sign-in/", {"login": email, "password": password}, REMOTE_ADDR=address)


def first_factor(answer: Any) -> bool:
    """Whether the password was right and the code is asked for."""
    return answer.status_code == 302 and answer["Location"] == "/account/security/code/"


def test_guessing_from_one_address_ends_after_five(sample: Sample) -> None:
    answers = [attempt(Client(), sample.trader.email, "wrong").content for _ in range(6)]
    assert [TOO_MANY in content for content in answers] == [False] * 5 + [True]
    assert TOO_MANY in attempt(Client(), sample.trader.email, PASSWORD).content


def test_who_guesses_elsewhere_does_not_lock_the_owner_out(sample: Sample) -> None:
    for _ in range(6):
        attempt(Client(), sample.trader.email, "wrong", "203.0.113.9")
    assert first_factor(attempt(Client(), sample.trader.email, PASSWORD))


def test_guessing_from_many_addresses_ends_too_but_not_for_the_owners_browser(sample: Sample) -> None:
    known = Client()
    attempt(known, sample.trader.email, PASSWORD)
    known.post("/account/security/code/", {"code": code_of(sample.trader)})
    known.post("/account/sign-out/")
    Person.objects.filter(pk=sample.trader.pk).update(password=cheap())
    for number in range(50):
        attempt(Client(), sample.trader.email, "wrong", f"203.0.113.{number}")
    Person.objects.filter(pk=sample.trader.pk).update(password=sample.trader.password)
    assert TOO_MANY in attempt(Client(), sample.trader.email, PASSWORD, "198.51.100.1").content
    assert first_factor(attempt(known, sample.trader.email, PASSWORD, "198.51.100.2"))


def cheap() -> str:
    """A password that is refused without a slow hash, so that the test is quick."""
    return "!"


def test_a_cookie_of_a_known_browser_counts_for_its_own_account_alone(sample: Sample) -> None:
    stranger = Client()
    attempt(stranger, sample.stranger.email, PASSWORD)
    stranger.post("/account/security/code/", {"code": code_of(sample.stranger)})
    stranger.post("/account/sign-out/")
    Person.objects.filter(pk=sample.trader.pk).update(password=cheap())
    answers = [attempt(stranger, sample.trader.email, "wrong", f"203.0.113.{number}").content for number in range(51)]
    assert TOO_MANY in answers[-1]


@pytest.mark.parametrize("cookie", ["1", "1:abc:def", ""])
def test_a_made_up_cookie_is_worth_nothing(cookie: str, sample: Sample) -> None:
    Person.objects.filter(pk=sample.trader.pk).update(password=cheap())
    client = Client()
    client.cookies["openics_device"] = cookie
    answers = [attempt(client, sample.trader.email, "wrong", f"203.0.113.{number}").content for number in range(51)]
    assert TOO_MANY in answers[-1]


def test_the_answer_does_not_tell_whether_the_account_exists(sample: Sample) -> None:
    Person.objects.filter(pk=sample.stranger.pk).update(is_active=False)
    pages = []
    for email in ("nobody@meridian.example", sample.trader.email, sample.stranger.email):
        content = attempt(Client(), email, "wrong").content.replace(email.encode(), b"ADDRESS")
        pages.append(re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content))
    assert pages[0] == pages[1] == pages[2]


def test_it_takes_the_same_time(sample: Sample) -> None:
    def seconds(email: str, number: int) -> float:
        began = time.perf_counter()
        attempt(Client(), email, "wrong", f"203.0.113.{number}")
        return time.perf_counter() - began

    known = median(seconds(sample.trader.email, number) for number in range(5))
    unknown = median(seconds("nobody@meridian.example", number) for number in range(5))
    assert 0.5 < known / unknown < 2.0
