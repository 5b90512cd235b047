"""`openics user`: standing, grants, duties, delegations and alerts."""

import json
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone

from openics.clients.models import AccessDelegation, AccessGrant, Client, OfficerDuty, Person
from openics.exchange.models import Event
from openics.exchange.policy import CANBERRA
from openics.information.models import Disclosure
from ops.conftest import Openics

FIRST, SECOND, OFFICER = "first@exports.example", "second@exports.example", "officer@customs.example"
OWN, OTHER = "80000000001", "61000000002"


@pytest.fixture
def people(connection: psycopg.Connection, openics: Openics) -> None:
    """Two people of a client, an officer, and another client."""
    for client_id, name in ((OWN, "EXAMPLE EXPORTS"), (OTHER, "EXAMPLE FORWARDING")):
        Client.objects.create(client_id=client_id, kind="ABN", name=name, match_key=name)
    for email in (FIRST, SECOND):
        assert openics("user", "add", email, "--name", "Trader", "--client", OWN).exit_code == 0
    openics("user", "add", OFFICER, "--name", "Officer", "--officer", "--duty", "exports", "--duty", "audit")


def standing(email: str) -> tuple[str, bool, bool]:
    return Person.objects.values_list("standing", "is_administrator", "is_active").get(email=email)


def grants(email: str) -> set[tuple[str, str]]:
    return set(AccessGrant.objects.filter(person__email=email).values_list("application", "level"))


def events() -> list[tuple[str, str]]:
    return list(Event.objects.exclude(code="person.added").order_by("id").values_list("code", "subject_key"))


def test_the_first_administers_and_the_second_is_pending(openics: Openics, people: None) -> None:
    assert (standing(FIRST), standing(SECOND)) == (("confirmed", True, True), ("pending", False, True))
    assert (len(grants(FIRST)), grants(SECOND)) == (12, set())
    result = openics("user", "add", "third@exports.example", "--name", "Third", "--client", OWN)
    assert result.output.splitlines()[-1] == (
        "Pending until an administrator of the client confirms, or `openics user confirm` is used."
    )


def test_the_way_of_a_person(openics: Openics, people: None) -> None:
    commands = ("confirm", "confirm", "appoint", "dismiss", "dismiss", "close")
    said = [openics("user", command, SECOND.upper(), "--by", "duty officer").output for command in commands]
    assert said == [
        f"{SECOND.upper()} is confirmed.\n",
        f"{SECOND.upper()} is confirmed already.\n",
        f"{SECOND.upper()} is an administrator.\n",
        f"{SECOND.upper()} is not an administrator.\n",
        f"{SECOND.upper()} is not an administrator already.\n",
        f"{SECOND.upper()} belongs to the client no more.\n",
    ]
    assert standing(SECOND) == ("closed", False, False)
    codes = ("confirmed", "made-administrator", "administrator-ended", "closed")
    assert events() == [(f"person.{code}", SECOND) for code in codes]
    enabled = openics("user", "enable", SECOND)
    assert (enabled.exit_code, standing(SECOND)) == (1, ("closed", False, False))


def test_the_last_administrator_stays(openics: Openics, people: None) -> None:
    result = openics("user", "close", FIRST)
    assert (result.exit_code, result.output) == (
        1,
        f"Person {FIRST}: This is the last administrator of {OWN}.\nMake somebody else an administrator first.\n",
    )
    assert (standing(FIRST), events()) == (("confirmed", True, True), [])


def test_what_customs_took_away_the_organisation_does_not_give_back(openics: Openics, people: None) -> None:
    openics("user", "disable", SECOND)
    openics("user", "close", SECOND)
    openics("user", "add", SECOND, "--name", "Trader", "--client", OWN)
    openics("user", "confirm", SECOND)
    assert standing(SECOND) == ("confirmed", False, False)
    openics("user", "enable", SECOND)
    assert standing(SECOND) == ("confirmed", False, True)


def test_granting_and_taking_back(openics: Openics, people: None) -> None:
    openics("user", "confirm", SECOND)
    said = [openics("user", verb, SECOND, "exports", "lodge").output for verb in ("grant", "grant", "take-back")]
    assert said == [
        f"{SECOND} may lodge in exports.\n",
        f"{SECOND} may lodge in exports already.\n",
        f"{SECOND} has no grant to lodge in exports.\n",
    ]
    assert grants(SECOND) == set()
    refused = openics("user", "grant", SECOND, "imports", "pay")
    assert (refused.exit_code, grants(SECOND)) == (1, set())
    assert refused.output.startswith(f"Client {OWN}: {OWN} may not have the level pay in imports")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("grant", FIRST, "exports", "pay"), "there is no level 'pay' in 'exports'"),
        (("grant", OFFICER, "exports", "read"), f"nobody acts for a client as {OFFICER}"),
        (("confirm", "nobody@exports.example"), "nobody acts for a client as nobody@exports.example"),
        (("duties", OFFICER, "--duty", "sleep"), "'sleep' is no duty"),
        (("duties", OFFICER, "--duty", "audit", "--none"), "say either --duty or --none"),
        (("delegations", "51824753556"), "there is no client 51824753556"),
        (("add", "x@exports.example", "--name", "X", "--client", OWN, "--duty", "audit"), "duties are for officers"),
    ],
)
def test_what_does_not_fit(openics: Openics, people: None, given: tuple[str, ...], said: str) -> None:
    result = openics("user", *given)
    assert result.exit_code == 2
    assert said in result.output
    assert events() == []


def test_duties(openics: Openics, people: None) -> None:
    assert openics("user", "duties", OFFICER).output == f"{OFFICER}: audit, exports\n"
    assert openics("user", "duties", OFFICER, "--duty", "gateway").output == f"{OFFICER}: gateway\n"
    assert openics("user", "duties", OFFICER, "--duty", "gateway").output == f"{OFFICER}: gateway\n"
    assert openics("user", "duties", OFFICER, "--none").output == f"{OFFICER}: no duty\n"
    assert OfficerDuty.objects.count() == 0
    assert events() == [("person.duties-changed", OFFICER)] * 2
    assert openics("user", "duties", FIRST).exit_code == 1


def test_a_delegation(openics: Openics, people: None) -> None:
    today = timezone.now().astimezone(CANBERRA).date()
    last = (today + timedelta(days=5)).isoformat()
    given = openics("user", "delegate", OWN, OTHER, "exports", "read", "--last", last)
    row = AccessDelegation.objects.get()
    assert given.output == f"Delegation {row.pk}: {OTHER} may read in exports for {OWN}, {today} to {last}.\n"
    again = openics("user", "delegate", OWN, OTHER, "exports", "read", "--last", last)
    assert (again.exit_code, AccessDelegation.objects.count()) == (1, 1)
    ends = [openics("user", "end-delegation", OTHER, str(row.pk)).output for _ in range(2)]
    assert ends == [f"Delegation {row.pk} is ended.\n", f"Delegation {row.pk} is over already.\n"]
    (listed,) = json.loads(openics("user", "delegations", OWN, "--json").output)
    assert (listed["principal"], listed["delegate"], listed["application"], listed["level"]) == (
        *(OWN, OTHER, "exports", "read"),
    )
    assert openics("user", "delegations", OTHER).output.count(OWN) == 1


def test_alerts(openics: Openics, people: None) -> None:
    assert openics("user", "alerts").output == "Nothing stands out in 7 days.\n"
    for number in range(10):
        at = timezone.now() - timedelta(minutes=number + 1)
        Disclosure.objects.create(actor="program BOOKING", subject_kind="EDN", subject_key="A", allowed=False, at=at)
    (found,) = json.loads(openics("user", "alerts", "--json").output)
    assert (found["alert"], found["actor"], found["looks"]) == ("refusals", "program BOOKING", 10)
    assert openics("user", "alerts").output.count("program BOOKING") == 1
