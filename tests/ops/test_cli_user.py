"""`openics user`: adding people, their codes, and ending their access."""

import json
import re
import time

import psycopg
import pytest

from openics.clients.models import Client, Person
from openics.clients.people import add_one_time_codes
from openics.exchange.models import Event
from ops.conftest import Openics

EMAIL = "trader@exports.example"


@pytest.fixture
def exporter(connection: psycopg.Connection) -> Client:
    """A registered client."""
    return Client.objects.create(client_id="80000000001", kind="ABN", name="EXAMPLE EXPORTS", match_key="x")


def add(openics: Openics, *options: str) -> tuple[int, str]:
    """Add a person with these options."""
    result = openics("user", "add", EMAIL, "--name", "Example Trader", *options)
    return result.exit_code, result.output


def test_a_trader_is_added_and_gets_a_first_password(openics: Openics, exporter: Client) -> None:
    code, output = add(openics, "--client", "80000000001")
    match = re.fullmatch(rf"Added {EMAIL}\. First password: (\S+)\n", output)
    assert match is not None
    person = Person.objects.get(email=EMAIL)
    assert code == 0
    assert (person.name, person.client, person.is_officer, person.is_active) == (
        "Example Trader",
        exporter,
        False,
        True,
    )
    assert person.check_password(match[1])


def test_an_officer_acts_for_no_client(openics: Openics, exporter: Client) -> None:
    code, _ = add(openics, "--officer")
    person = Person.objects.get(email=EMAIL)
    assert (code, person.client, person.is_officer) == (0, None, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "say either --client ID or --officer"),
        (("--officer", "--client", "80000000001"), "say either --client ID or --officer"),
        (("--client", "61000000002"), "there is no client 61000000002"),
    ],
)
def test_what_does_not_fit_adds_nobody(openics: Openics, exporter: Client, options: tuple[str, ...], said: str) -> None:
    code, output = add(openics, *options)
    assert code == 2
    assert said in output
    assert Person.objects.count() == 0


def test_an_address_is_added_once_whatever_its_case(openics: Openics, exporter: Client) -> None:
    add(openics, "--client", "80000000001")
    before = Person.objects.get().password
    result = openics("user", "add", EMAIL.upper(), "--name", "Somebody Else", "--officer")
    assert result.exit_code == 2
    assert f"{EMAIL.upper()} is there already" in result.output
    assert [(each.name, each.password) for each in Person.objects.all()] == [("Example Trader", before)]


def test_people_are_listed(openics: Openics, exporter: Client) -> None:
    add(openics, "--client", "80000000001")
    openics("user", "add", "officer@customs.example", "--name", "Example Officer", "--officer")
    openics("user", "disable", EMAIL)
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in openics("user", "list").output.splitlines()]
    assert [row for row in rows if row] == [
        ["officer@customs.example", "Example Officer", "customs (officer)", "confirmed", "yes"],
        [EMAIL, "Example Trader", "80000000001 EXAMPLE EXPORTS", "administrator", "no"],
    ]


def test_a_disabled_person_signs_in_no_more(openics: Openics, exporter: Client) -> None:
    add(openics, "--client", "80000000001")
    result = openics("user", "disable", EMAIL.upper())
    assert (result.exit_code, result.output) == (0, f"{EMAIL.upper()} can sign in no more.\n")
    assert not Person.objects.get(email=EMAIL).is_active


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("disable", f"There is no {EMAIL}.\n`openics user list` shows everybody.\n"),
        (
            "code",
            f"{EMAIL} has no one-time codes here.\n"
            "The sandbox makes codes for its examples only; `openics user list` shows everybody.\n",
        ),
    ],
)
def test_nobody_of_that_address(openics: Openics, exporter: Client, command: str, said: str) -> None:
    result = openics("user", command, EMAIL)
    assert (result.exit_code, result.output) == (1, said)


def test_the_code_of_the_moment_is_one_that_signs_in(openics: Openics, exporter: Client) -> None:
    from allauth.mfa.models import Authenticator

    add(openics, "--client", "80000000001")
    add_one_time_codes(EMAIL)
    if time.time() % 30 > 25:  # so that the code is still the one of the moment when it is checked
        time.sleep(6)
    result = openics("user", "code", EMAIL)
    assert result.exit_code == 0
    assert re.fullmatch(r"\d{6}\n", result.output)
    wrapped = Authenticator.objects.get(user__email=EMAIL).wrap()
    assert wrapped.validate_code(result.output.strip())
    assert not wrapped.validate_code("000000" if result.output.strip() != "000000" else "111111")


@pytest.mark.parametrize(
    ("email", "name", "said"),
    [("nobody", "Somebody", "'nobody' is not an e-mail address"), (EMAIL, " ", "give the person's name")],
)
def test_a_person_has_an_address_and_a_name(
    openics: Openics, exporter: Client, email: str, name: str, said: str
) -> None:
    result = openics("user", "add", email, "--name", name, "--officer")
    assert result.exit_code == 2
    assert said in result.output
    assert Person.objects.count() == 0


def test_a_person_is_enabled_again_and_each_change_leaves_one_event(openics: Openics, exporter: Client) -> None:
    add(openics, "--client", "80000000001", "--by", "duty officer")
    for _ in range(2):
        openics("user", "disable", EMAIL)
    for _ in range(2):
        result = openics("user", "enable", EMAIL.upper(), "--by", "duty officer")
        assert (result.exit_code, result.output) == (0, f"{EMAIL.upper()} can sign in.\n")
    assert Person.objects.get().is_active
    found = Event.objects.order_by("id").values_list("code", "subject_kind", "subject_key", "channel")
    codes = ("person.added", "person.disabled", "person.enabled")
    assert list(found) == [(code, "PERSON", EMAIL, "console") for code in codes]
    assert [Event.objects.get(code=code).actor for code in codes[::2]] == ["duty officer"] * 2


def test_nobody_is_enabled(openics: Openics, exporter: Client) -> None:
    result = openics("user", "enable", EMAIL)
    assert (result.exit_code, result.output) == (1, f"There is no {EMAIL}.\n`openics user list` shows everybody.\n")
    assert Event.objects.count() == 0


def test_the_people_of_a_client_as_json(openics: Openics, exporter: Client) -> None:
    add(openics, "--client", "80000000001")
    openics("user", "add", "officer@customs.example", "--name", "Example Officer", "--officer")
    found = json.loads(openics("user", "list", "--client", "80000000001", "--json").output)
    assert [(each["email"], each["client"], each["officer"], each["active"]) for each in found] == [
        (EMAIL, "80000000001", False, True)
    ]
    assert len(json.loads(openics("user", "list", "--json").output)) == 2
