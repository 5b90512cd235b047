"""Who may see what."""

import pytest

from openics.clients.access_codes import Duty
from openics.clients.access_levels import all_for
from openics.clients.models import Client, Person, Site
from openics.exchange.models import Intake, Interchange, Message, OutboxItem
from openics.information import interest
from openics.information.interest import Viewer, viewer_of
from web import sample as samples


@pytest.fixture
def sample(db: None) -> samples.Sample:
    """The sample rows."""
    return samples.make()


def keys(rows: object) -> set[object]:
    return {row.pk for row in rows}  # type: ignore[attr-defined]


def test_viewers(sample: samples.Sample) -> None:
    assert viewer_of(sample.trader) == Viewer(
        sample.trader.pk,
        "clerk@meridian.example",
        officer=False,
        client="51824753556",
        sites=("AAA676Y",),
        reach=all_for([]),
        administrator=True,
    )
    officer = viewer_of(sample.officer, "AUDIT: x")
    assert (officer.officer, officer.client, officer.sites, officer.purpose) == (True, "", (), "AUDIT: x")
    assert (officer.duties, officer.reach) == (frozenset(Duty), frozenset())


def test_a_purpose_given_by_a_trader_means_nothing(sample: samples.Sample) -> None:
    assert viewer_of(sample.trader, "AUDIT: x").purpose == ""
    assert viewer_of(sample.trader, "AUDIT: x").opened == frozenset()


def test_traders_see_their_own_rows(sample: samples.Sample) -> None:
    viewer = viewer_of(sample.trader)
    assert keys(interest.messages(Message.objects.all(), viewer)) == keys(Message.objects.filter(site="AAA676Y"))
    assert keys(interest.interchanges(Interchange.objects.all(), viewer)) == keys(
        Interchange.objects.filter(site="AAA676Y")
    )
    assert keys(interest.outbox_items(OutboxItem.objects.all(), viewer)) == keys(
        OutboxItem.objects.filter(site="AAA676Y")
    )
    assert keys(interest.intakes(Intake.objects.all(), viewer)) == keys(Intake.objects.filter(site="AAA676Y"))
    assert keys(interest.declarations(viewer)) == {"AAAAAAAT4", "AAAAAAAW7"}


def test_officers_see_all_with_a_purpose_and_nothing_without(sample: samples.Sample) -> None:
    given, without = viewer_of(sample.officer, "AUDIT: x"), viewer_of(sample.officer)
    assert keys(interest.messages(Message.objects.all(), given)) == keys(Message.objects.all())
    assert keys(interest.messages(Message.objects.all(), without)) == set()
    assert keys(interest.intakes(Intake.objects.all(), given)) == keys(Intake.objects.all())
    assert keys(interest.intakes(Intake.objects.all(), without)) == set()
    assert keys(interest.declarations(given)) == {"AAAAAAAT4", "AAAAAAAW7", "AAAAAAAK9"}
    assert keys(interest.declarations(without)) == set()


def test_a_person_without_client_sees_nothing(sample: samples.Sample) -> None:
    nobody = viewer_of(Person.objects.create_user("lost@meridian.example", "x" * 12, name="Lost"))
    Message.objects.filter(pk=sample.accepted.pk).update(owner="", site="")
    Intake.objects.filter(pk=sample.refused.pk).update(site="")
    assert keys(interest.messages(Message.objects.all(), nobody)) == set()
    assert keys(interest.intakes(Intake.objects.all(), nobody)) == set()
    assert keys(interest.declarations(nobody)) == set()


def test_a_refused_mail_without_proof_belongs_to_nobody(sample: samples.Sample) -> None:
    assert sample.refused.sender == "edi@meridian.example"
    assert sample.refused.pk not in keys(interest.intakes(Intake.objects.all(), viewer_of(sample.trader)))


def test_what_somebody_handed_in_while_signed_in_is_seen_at_once(sample: samples.Sample) -> None:
    Intake.objects.filter(pk=sample.refused.pk).update(channel="web", sender="AAA676Y clerk@meridian.example")
    assert sample.refused.pk in keys(interest.intakes(Intake.objects.all(), viewer_of(sample.trader)))
    assert sample.refused.pk not in keys(interest.intakes(Intake.objects.all(), viewer_of(sample.stranger)))


def test_the_goods_owner_sees_the_declaration_but_may_not_act(sample: samples.Sample) -> None:
    sample.declaration.goods_owner = "53004085616"
    sample.declaration.save()
    viewer = viewer_of(sample.stranger)
    assert "AAAAAAAT4" in keys(interest.declarations(viewer))
    assert interest.may_act(viewer, sample.declaration) is False
    assert interest.may_act(viewer_of(sample.trader), sample.declaration) is True
    assert interest.may_act(viewer_of(sample.officer, "AUDIT: x"), sample.declaration) is False


def test_a_second_site_of_the_client_counts(sample: samples.Sample) -> None:
    owner = Client.objects.get(client_id="51824753556")
    Site.objects.create(site_id="AAA900B", owner=owner, edi_address="second@meridian.example")
    Message.objects.filter(pk=sample.foreign_message.pk).update(owner="", site="AAA900B")
    viewer = viewer_of(sample.trader)
    assert viewer.sites == ("AAA676Y", "AAA900B")
    assert sample.foreign_message.pk in keys(interest.messages(Message.objects.all(), viewer))
