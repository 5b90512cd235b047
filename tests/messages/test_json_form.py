"""JSON: what goes in comes out, and what does not fit is named."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from openics.messages.clients.clreg import ClientRegistration
from openics.messages.exports.exd import ExportDeclaration, ExportLine
from openics.messages.gateway.erm import ErrorMessage
from openics.messages.json_form import JsonFormError

DOCUMENT = ExportDeclaration(
    sender_reference="R1",
    version=1,
    intended_export_date=date(2026, 1, 28),
    total_fob_value=Decimal("5000.50"),
    lines=(ExportLine(number=1, permits=("PIF1",)),),
)
FORM = {
    "sender_reference": "R1",
    "version": 1,
    "intended_export_date": "2026-01-28",
    "total_fob_value": "5000.50",
    "lines": [{"number": 1, "permits": ["PIF1"]}],
}


def test_only_what_is_present_is_there() -> None:
    assert DOCUMENT.to_json() == FORM
    assert ExportDeclaration.from_json(FORM) == DOCUMENT
    assert ExportDeclaration().to_json() == {}


def test_null_is_absence() -> None:
    assert ExportDeclaration.from_json({**FORM, "branch": None}) == DOCUMENT


def test_times_are_utc_whatever_their_zone() -> None:
    document = ErrorMessage.from_json({"responded_at": "2026-05-30T11:55:42+10:00"})
    assert document == ErrorMessage(responded_at=datetime(2026, 5, 30, 1, 55, 42, tzinfo=UTC))
    assert document.to_json() == {"responded_at": "2026-05-30T01:55:42Z"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": "red"}, "ExportDeclaration has no field colour"),
        ({"lines": {}}, "lines must be a list, not an object"),
        ({"lines": [{"number": 1, "hue": 2}]}, "lines[0] has no field hue"),
        ({"lines": [{}, "x"]}, "lines[1] must be an object, not text"),
        ({"lines": [{"permits": [1]}]}, "lines[0].permits[0] must be text, not a number"),
        ({"sender_reference": 5}, "sender_reference must be text, not a number"),
        ({"version": "1"}, "version must be a whole number from 0, not text"),
        ({"version": True}, "version must be a whole number from 0, not true or false"),
        ({"version": -1}, "version must be a whole number from 0, not a number"),
        ({"total_fob_value": 5.5}, "total_fob_value must be text, not a number"),
        ({"total_fob_value": "1E5"}, "total_fob_value must be a number written as text, e.g. \"12.50\", not '1E5'"),
        (
            {"intended_export_date": "28/1/26"},
            "intended_export_date must be a date in the form CCYY-MM-DD, not '28/1/26'",
        ),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, Any], words: str) -> None:
    with pytest.raises(JsonFormError) as caught:
        ExportDeclaration.from_json({**FORM, **change})
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-05-30T11:55:42", "responded_at must say its time zone, e.g. end in Z for UTC"),
        ("noon", "responded_at must be a time in the form CCYY-MM-DDTHH:MM:SSZ, not 'noon'"),
        ("2026-05-30T11:55:42.5Z", "responded_at must be a time of whole seconds, not '2026-05-30T11:55:42.5Z'"),
        (
            "9999-12-31T23:59:59-14:00",
            "responded_at is '9999-12-31T23:59:59-14:00', which is out of range in UTC",
        ),
    ],
)
def test_a_time_must_be_a_moment(value: str, words: str) -> None:
    with pytest.raises(JsonFormError) as caught:
        ErrorMessage.from_json({"responded_at": value})
    assert str(caught.value) == words


@pytest.mark.parametrize("value", [None, [], "x", 3])
def test_a_document_is_an_object(value: Any) -> None:
    with pytest.raises(JsonFormError, match=r"^ClientRegistration must be an object, not "):
        ClientRegistration.from_json(value)
