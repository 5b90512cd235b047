"""The disclosure log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openics.clients.models import Person
from openics.information import disclosures
from openics.information.interest import Viewer, viewer_of
from openics.information.models import Disclosure


@pytest.fixture
def viewer(db: None) -> Viewer:
    """An officer with a purpose."""
    return viewer_of(Person.objects.create_user("ada@customs.example", name="Ada", is_officer=True), "AUDIT: x")


def test_a_look_is_recorded(viewer: Viewer) -> None:
    disclosures.record(viewer, "EDN", "AAAAAAAT4")
    disclosures.record(viewer, "MESSAGE", 7, allowed=False)
    assert list(
        Disclosure.objects.order_by("id").values_list("person", "subject_kind", "subject_key", "purpose", "allowed")
    ) == [
        (viewer.person, "EDN", "AAAAAAAT4", "AUDIT: x", True),
        (viewer.person, "MESSAGE", "7", "AUDIT: x", False),
    ]


def test_long_keys_are_cut(viewer: Viewer) -> None:
    disclosures.record(viewer, "MESSAGE", "9" * 400)
    assert Disclosure.objects.get().subject_key == "9" * 64


def test_a_page_that_refreshes_itself_is_one_look_for_a_while(viewer: Viewer) -> None:
    for _ in range(3):
        disclosures.record_refresh(viewer, "EDN", "AAAAAAAT4")
    assert Disclosure.objects.count() == 1
    Disclosure.objects.update(at=timezone.now() - disclosures.SAME_LOOK)
    disclosures.record_refresh(viewer, "EDN", "AAAAAAAT4")
    assert Disclosure.objects.count() == 2


def test_a_refused_look_does_not_cover_a_refresh(viewer: Viewer) -> None:
    disclosures.record(viewer, "EDN", "AAAAAAAT4", allowed=False)
    disclosures.record_refresh(viewer, "EDN", "AAAAAAAT4")
    assert list(Disclosure.objects.order_by("id").values_list("allowed", flat=True)) == [False, True]


def test_another_key_or_purpose_is_another_look(viewer: Viewer) -> None:
    other = Viewer(viewer.person, viewer.email, officer=True, purpose="ENQUIRY: y")
    disclosures.record_refresh(viewer, "EDN", "AAAAAAAT4")
    disclosures.record_refresh(viewer, "EDN", "AAAAAAAW7")
    disclosures.record_refresh(other, "EDN", "AAAAAAAT4")
    assert Disclosure.objects.count() == 3
    assert timedelta(minutes=5) <= disclosures.SAME_LOOK <= timedelta(hours=1)


def test_a_look_by_a_program_names_the_program(viewer: Viewer) -> None:
    program = Viewer(None, "program BOOKING", officer=False, client="51824753556")
    for _ in range(2):
        disclosures.record_refresh(program, "EDN", "AAAAAAAT4")
    disclosures.record_refresh(viewer, "EDN", "AAAAAAAT4")
    rows = Disclosure.objects.order_by("id").values_list("person", "actor", "subject_key")
    assert list(rows) == [
        (None, "program BOOKING", "AAAAAAAT4"),
        (viewer.person, "ada@customs.example", "AAAAAAAT4"),
    ]
