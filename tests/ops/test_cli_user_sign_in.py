"""`openics user invite`, `recover` and `sessions`."""

import re

import psycopg
import pytest

from openics.channels.sign_in.models import Invitation, SignIn
from openics.clients.models import Client, Person
from openics.clients.people import add_one_time_codes, add_person
from openics.exchange.models import Event
from ops.conftest import Openics

EMAIL = "trader@exports.example"
LINK = r"http://localhost:8080(/account/invitation/[\w-]{43}/)\n"


@pytest.fixture
def exporter(connection: psycopg.Connection) -> Client:
    """A registered client."""
    return Client.objects.create(client_id="80000000001", kind="ABN", name="EXAMPLE EXPORTS", match_key="x")


def codes() -> list[str]:
    """The events of people."""
    return list(Event.objects.filter(subject_kind="PERSON").order_by("id").values_list("code", flat=True))


def test_a_new_person_is_invited(openics: Openics, exporter: Client) -> None:
    result = openics("user", "invite", EMAIL, "--name", "EXPORT CLERK", "--client", "80000000001", "--by", "desk")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(f"Give this link to {EMAIL}, and to nobody else:\n{LINK}", result.output)
    person = Person.objects.get()
    assert (person.client, person.has_usable_password()) == (exporter, False)
    assert (Invitation.objects.get().person, Invitation.objects.get().made_by) == (person, "desk")
    assert codes() == ["person.added", "person.invited"]


def test_invited_again_until_something_is_set_up(openics: Openics, exporter: Client) -> None:
    openics("user", "invite", EMAIL, "--name", "EXPORT CLERK", "--client", "80000000001")
    assert openics("user", "invite", EMAIL).exit_code == 0
    assert Invitation.objects.count() == 2
    add_one_time_codes(EMAIL)
    result = openics("user", "invite", EMAIL)
    assert (result.exit_code, result.output) == (
        1,
        f"{EMAIL} signs in already.\nIf everything is lost: openics user recover {EMAIL} --reason TEXT\n",
    )
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("options", [(), ("--name", "X"), ("--name", "X", "--client", "1"), ("--officer",)])
def test_what_does_not_fit_invites_nobody(openics: Openics, exporter: Client, options: tuple[str, ...]) -> None:
    assert openics("user", "invite", EMAIL, *options).exit_code == 2
    assert (Person.objects.count(), Invitation.objects.count(), codes()) == (0, 0, [])


def test_a_recovery_link_takes_nothing_away_before_it_is_opened(openics: Openics, exporter: Client) -> None:
    password = add_person(EMAIL, "EXPORT CLERK", exporter)
    result = openics("user", "recover", EMAIL, "--reason", "phone lost, identity checked")
    assert result.exit_code == 0
    assert re.search(LINK, result.output)
    assert Person.objects.get().check_password(password)
    assert Invitation.objects.get().recovery
    assert codes() == ["person.recovery-asked", "person.recovery-link"]


def test_nobody_is_recovered(openics: Openics, exporter: Client) -> None:
    missing = openics("user", "recover", EMAIL, "--reason", "x")
    add_person(EMAIL, "EXPORT CLERK", exporter)
    Person.objects.update(is_active=False)
    closed = openics("user", "recover", EMAIL, "--reason", "x")
    assert (missing.exit_code, closed.exit_code) == (1, 1)
    assert f"The account of {EMAIL} is closed.\nopenics user enable {EMAIL}" in closed.output
    assert Invitation.objects.count() == 0


def test_sessions_are_listed_and_ended(openics: Openics, exporter: Client) -> None:
    add_person(EMAIL, "EXPORT CLERK", exporter)
    row = SignIn.objects.create(
        person=Person.objects.get(), method="passkey", address="198.51.100.4", browser="Firefox"
    )
    listed = openics("user", "sessions", EMAIL).output
    assert [word in listed for word in ("passkey", "198.51.100.4", "Firefox")] == [True] * 3
    assert openics("user", "sessions", EMAIL, "--end").exit_code == 2
    row.refresh_from_db()
    assert row.ended_at is None
    ended = openics("user", "sessions", EMAIL, "--end", "--reason", "laptop stolen", "--by", "desk")
    assert (ended.exit_code, ended.output) == (0, "Ended: 1\n")
    row.refresh_from_db()
    assert (row.ended_by, row.reason) == ("desk", "laptop stolen")
    assert codes() == ["person.sessions-ended"]


def test_closing_an_account_ends_its_sessions(openics: Openics, exporter: Client) -> None:
    add_person(EMAIL, "EXPORT CLERK", exporter)
    row = SignIn.objects.create(person=Person.objects.get(), method="passkey")
    openics("user", "disable", EMAIL)
    row.refresh_from_db()
    assert row.reason == "the account was closed"
