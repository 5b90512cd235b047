"""What people and programs may do: grants, delegations with their days, duties with a purpose."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from openics.clients import people
from openics.clients.access_codes import Application, Duty, Level, Standing
from openics.clients.access_levels import DUTIES, Grant
from openics.clients.access_rules import Member
from openics.clients.models import AccessDelegation, Client, Person
from openics.exchange.models import Message
from openics.exchange.policy import CANBERRA
from openics.information import interest
from openics.information.interest import Viewer, viewer_of, viewer_of_program
from web import sample as samples

OWN, OTHER = "51824753556", "53004085616"
READS, LODGES = (Application.EXPORTS, Level.READ), (Application.EXPORTS, Level.LODGE)


@pytest.fixture
def sample(db: None) -> samples.Sample:
    """The sample rows."""
    return samples.make()


def today() -> date:
    return timezone.now().astimezone(CANBERRA).date()


def delegate(level: Level, first: int, last: int) -> AccessDelegation:
    """The first client lets the second act, from and to so many days from today."""
    principal, other = (Client.objects.get(client_id=each) for each in (OWN, OTHER))
    days = {"first_day": today() + timedelta(days=first), "last_day": today() + timedelta(days=last)}
    return AccessDelegation.objects.create(
        principal=principal, delegate=other, application="exports", level=level.value, given_by="x", **days
    )


def keep(person: Person, grants: Iterable[Grant], standing: Standing = Standing.CONFIRMED) -> Viewer:
    """The viewer of somebody with these grants alone."""
    assert person.client is not None
    people.write_member(person.client, Member(person.email, standing, False, frozenset(grants)))
    person.refresh_from_db()
    return viewer_of(person)


def edns(viewer: Viewer) -> set[str]:
    return {each.edn for each in interest.declarations(viewer)}


@pytest.mark.parametrize("standing", [Standing.PENDING, Standing.CLOSED])
def test_only_the_confirmed_see_anything(sample: samples.Sample, standing: Standing) -> None:
    viewer = keep(sample.trader, [LODGES], standing)
    assert (viewer.standing, viewer.reach, viewer.sites, viewer.administrator) == (standing, frozenset(), (), False)
    assert edns(viewer) == set()
    assert interest.messages(Message.objects.all(), viewer).count() == 0


def test_a_grant_opens_its_application_alone(sample: samples.Sample) -> None:
    viewer = keep(sample.trader, [(Application.CARGO, Level.LODGE)])
    assert viewer.readable() == {Application.CARGO}
    assert edns(viewer) == set()
    assert interest.messages(Message.objects.all(), viewer).count() == 0
    assert interest.may_act(viewer, sample.declaration) is False


def test_reading_is_not_acting(sample: samples.Sample) -> None:
    viewer = keep(sample.trader, [READS])
    assert edns(viewer) == {"AAAAAAAT4", "AAAAAAAW7"}
    assert interest.may_act(viewer, sample.declaration) is False
    assert interest.may_act(keep(sample.trader, [LODGES]), sample.declaration) is True


@pytest.mark.parametrize(
    ("first", "last", "holds"), [(0, 0, True), (-3, 0, True), (0, 3, True), (1, 3, False), (-3, -1, False)]
)
def test_a_delegation_holds_on_its_days(sample: samples.Sample, first: int, last: int, holds: bool) -> None:
    delegate(Level.LODGE, first, last)
    viewer = viewer_of(sample.stranger)
    assert edns(viewer) == {"AAAAAAAK9"} | ({"AAAAAAAT4", "AAAAAAAW7"} if holds else set())
    assert viewer.may(*LODGES, OWN) is holds
    assert viewer.sites_of(OWN) == (("AAA676Y",) if holds else ())
    assert interest.may_act(viewer, sample.declaration) is holds


def test_a_delegation_reaches_no_further_than_its_level_and_application(sample: samples.Sample) -> None:
    delegate(Level.READ, 0, 0)
    viewer = viewer_of(sample.stranger)
    assert edns(viewer) == {"AAAAAAAK9", "AAAAAAAT4", "AAAAAAAW7"}
    assert interest.may_act(viewer, sample.declaration) is False
    assert [each for each in Application if viewer.may(each, Level.READ, OWN)] == [Application.EXPORTS]
    Message.objects.filter(pk=sample.answer.pk).update(name="IMDR")
    assert sample.answer.pk not in {each.pk for each in interest.messages(Message.objects.all(), viewer)}


def test_a_delegate_needs_the_grant_at_home(sample: samples.Sample) -> None:
    delegate(Level.LODGE, 0, 0)
    assert edns(keep(sample.stranger, [(Application.CARGO, Level.LODGE)])) == set()
    reading = keep(sample.stranger, [READS])
    assert (reading.may(*READS, OWN), reading.may(*LODGES, OWN)) == (True, False)


def test_a_delegation_ended_early_or_of_a_cancelled_client_opens_nothing(sample: samples.Sample) -> None:
    row = delegate(Level.LODGE, 0, 0)
    Client.objects.filter(client_id=OWN).update(status="CANCELLED")
    assert viewer_of(sample.stranger).principals == ()
    Client.objects.filter(client_id=OWN).update(status="ACTIVE")
    assert [each.client for each in viewer_of(sample.stranger).principals] == [OWN]
    AccessDelegation.objects.filter(pk=row.pk).update(ended_at=timezone.now())
    assert viewer_of(sample.stranger).principals == ()


def test_a_program_sees_and_acts_as_far_as_it_was_granted(sample: samples.Sample) -> None:
    client = Client.objects.get(client_id=OWN)
    program = viewer_of_program(client, [LODGES, (Application.IMPORTS, Level.PAY)], "program BOOKING")
    assert (program.person, program.email, program.officer, program.administrator) == (
        *(None, "program BOOKING", False),
        False,
    )
    assert (program.client, program.sites, program.readable()) == (OWN, ("AAA676Y",), {Application.EXPORTS})
    assert edns(program) == {"AAAAAAAT4", "AAAAAAAW7"}
    assert interest.may_act(program, sample.declaration) is True
    assert interest.may_act(program, sample.foreign) is False
    Client.objects.filter(pk=client.pk).update(status="CANCELLED")
    client.refresh_from_db()
    assert edns(viewer_of_program(client, [LODGES], "program BOOKING")) == set()


def test_a_program_of_a_delegate_acts_for_the_principal(sample: samples.Sample) -> None:
    delegate(Level.LODGE, 0, 0)
    other = Client.objects.get(client_id=OTHER)
    assert interest.may_act(viewer_of_program(other, [LODGES], "p"), sample.declaration) is True
    assert interest.may_act(viewer_of_program(other, [READS], "p"), sample.declaration) is False


@pytest.mark.parametrize("duty", Duty)
def test_a_duty_opens_its_applications_for_a_purpose_and_for_reading(sample: samples.Sample, duty: Duty) -> None:
    people.write_duties(sample.officer, [duty])
    given, without = viewer_of(sample.officer, "AUDIT: x"), viewer_of(sample.officer)
    assert {each for each in Application if given.may(each, Level.READ)} == DUTIES[duty]
    assert {each for each in Application if without.may(each, Level.READ)} == set()
    assert [given.may(*grant) for grant in (LODGES, (Application.SITES, Level.AMEND))] == [False, False]
    assert [each for each in Duty if given.on_duty(each)] == [duty]
    assert [each for each in Duty if without.on_duty(each)] == []
    assert bool(edns(given)) is (Application.EXPORTS in DUTIES[duty])


def test_client_records(sample: samples.Sample) -> None:
    rows = Client.objects.all()
    assert {each.client_id for each in interest.clients(rows, viewer_of(sample.trader))} == {OWN}
    assert {each.client_id for each in interest.clients(rows, viewer_of(sample.officer, "AUDIT: x"))} == {OWN, OTHER}
    assert {each.client_id for each in interest.clients(rows, viewer_of(sample.officer))} == set()


def test_receipts_go_with_the_message_that_they_are_about(sample: samples.Sample) -> None:
    receipts = {each.pk for each in Message.objects.filter(name="CONTRL", owner=OWN, answers__name="EXD")}
    for grant, expected in ((READS, receipts), ((Application.IMPORTS, Level.READ), set())):
        viewer = keep(sample.trader, [grant])
        found = interest.messages(Message.objects.filter(name="CONTRL"), viewer)
        assert {each.pk for each in found} == expected
    assert len(receipts) == 2
