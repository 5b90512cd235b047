"""Withdrawing an export declaration from its page."""

import pytest
from pytest_django import Settings

from channels.interactive.conftest import Browse
from openics.channels.interactive.withdrawal import can_be_withdrawn, withdrawal_of
from openics.exchange.models import Intake
from openics.information.interest import viewer_of
from openics.messages.exports.exd import ExportDeclaration
from web.sample import Sample, document


def test_the_message_is_the_document_in_force_with_function_50(sample: Sample) -> None:
    expected = document(
        version=3, function="50", consignee_city="ABU DHABI", total_packages=650, declaration_number="AAAAAAAT4"
    )
    assert withdrawal_of(sample.declaration) == ExportDeclaration.from_json(expected)


@pytest.mark.parametrize(
    ("status", "possible"),
    [("CLEAR", True), ("ERROR", True), ("IDLE", True), ("REVOKED", True), ("HELD", True)]
    + [("WITHDRAWN", False), ("EXPIRED", False), ("EXPIRED_ERROR", False)],
)
def test_when_it_is_offered(status: str, possible: bool, sample: Sample) -> None:
    sample.declaration.status = status
    assert can_be_withdrawn(viewer_of(sample.trader), sample.declaration) is possible
    assert can_be_withdrawn(viewer_of(sample.stranger), sample.declaration) is False
    assert can_be_withdrawn(viewer_of(sample.officer, "Case 7"), sample.declaration) is False


def test_it_is_asked_first(sample: Sample, browse: Browse) -> None:
    before = Intake.objects.count()
    page = browse(sample.trader).get("/declarations/AAAAAAAT4/withdrawal/")
    assert (page.status_code, b"This cannot be undone." in page.content) == (200, True)
    assert Intake.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_it_is_stored_before_it_is_acknowledged(sample: Sample, browse: Browse, settings: Settings) -> None:
    settings.DECISION_PATIENCE = 0.0
    client = browse(sample.trader)
    answer = client.post("/declarations/AAAAAAAT4/withdrawal/")
    intake = Intake.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (302, f"/received/{intake.pk}/")
    assert (intake.channel, intake.sender, intake.state) == ("web", "AAA676Y clerk@meridian.example", "pending")
    assert b"BGM+830:::EXD+PO-1001:3+50'" in bytes(intake.evidence.content)
    page = client.get(answer["Location"]).content
    assert b"Your withdrawal is stored and will be decided shortly." in page
    assert b"hx-trigger" in page
    assert browse(sample.stranger).get(answer["Location"]).status_code == 404


def test_an_officer_is_told_why_not(sample: Sample, browse: Browse) -> None:
    answer = browse(sample.officer, "Case 7").get("/declarations/AAAAAAAT4/withdrawal/")
    assert answer.status_code == 403
    assert b"Only the reporting party itself can do this; officers look, they do not lodge." in answer.content


def test_what_is_withdrawn_stays_so(sample: Sample, browse: Browse) -> None:
    sample.declaration.status = "WITHDRAWN"
    sample.declaration.save()
    before = Intake.objects.count()
    client = browse(sample.trader)
    for method in ("get", "post"):
        answer = getattr(client, method)("/declarations/AAAAAAAT4/withdrawal/")
        assert (answer.status_code, answer["Location"]) == (302, "/declarations/AAAAAAAT4/")
        page = client.get(answer["Location"]).content
        assert b"Nothing: it is withdrawn." in page
        assert b"Nothing was sent: this declaration is already withdrawn." in page
    assert Intake.objects.count() == before
