"""From a posted form to a document, and what is wrong on the way."""

import pytest

from openics.channels.interactive.workshop.changes import (
    count_of,
    input_of,
    merged,
    problems,
    shaped,
    with_row,
    without_row,
)
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.exports.exd import ExportDeclaration

DOCUMENT = {
    "sender_reference": "R1",
    "version": 1,
    "function": "9",
    "port_of_loading": "AUMEL",
    "lines": [{"number": 1, "ahecc": "10019920", "permits": ["WHT1"]}, {"number": 2}],
}


def test_what_the_form_shows_is_put_in_its_place() -> None:
    posted = {"version": "2", "port_of_loading": " AUSYD ", "lines-1-ahecc": "02013013", "lines-0-permits": "A1\n\nB2 "}
    assert merged(ExportDeclaration, DOCUMENT, posted) == {
        **DOCUMENT,
        "version": 2,
        "port_of_loading": "AUSYD",
        "lines": [{"number": 1, "ahecc": "10019920", "permits": ["A1", "B2"]}, {"number": 2, "ahecc": "02013013"}],
    }


def test_an_emptied_input_removes_the_value() -> None:
    changed = merged(
        ExportDeclaration, DOCUMENT, {"port_of_loading": "", "lines-0-permits": " \n", "lines-1-number": ""}
    )
    assert "port_of_loading" not in changed
    assert changed["lines"] == [{"number": 1, "ahecc": "10019920"}, {}]


@pytest.mark.parametrize(
    "name",
    ["do", "csrfmiddlewaretoken", "lines", "lines-9-ahecc", "lines-x-ahecc", "lines-0", "version-1", "lines-0-no", ""],
)
def test_names_of_no_place_change_nothing(name: str) -> None:
    assert merged(ExportDeclaration, DOCUMENT, {name: "X"}) == DOCUMENT


def test_the_given_document_is_left_as_it_is() -> None:
    before = {**DOCUMENT, "lines": [dict(line) for line in DOCUMENT["lines"]]}  # type: ignore[attr-defined]
    merged(ExportDeclaration, DOCUMENT, {"lines-0-ahecc": "1"})
    with_row(ExportDeclaration, DOCUMENT, "lines")
    without_row(ExportDeclaration, DOCUMENT, "lines-0")
    assert before == DOCUMENT


def test_rows_come_at_the_end_and_go_by_their_number() -> None:
    longer = with_row(ExportDeclaration, DOCUMENT, "lines")
    assert (count_of(ExportDeclaration, longer, "lines"), longer["lines"][2]) == (3, {})
    assert without_row(ExportDeclaration, DOCUMENT, "lines-0")["lines"] == [{"number": 2}]
    first = with_row(ClientRegistration, {}, "contacts")
    assert first == {"contacts": [{}]}


@pytest.mark.parametrize("name", ["lines-2", "lines-x", "lines", "no-1", "version-0"])
def test_a_row_that_is_not_there_cannot_go(name: str) -> None:
    assert without_row(ExportDeclaration, DOCUMENT, name) == DOCUMENT


@pytest.mark.parametrize("name", ["no", "version", "lines-0-no", "lines-7-permits"])
def test_no_row_is_added_to_what_is_no_list_of_records(name: str) -> None:
    assert with_row(ExportDeclaration, DOCUMENT, name) == DOCUMENT
    assert count_of(ExportDeclaration, DOCUMENT, name) == 0


def test_every_value_of_the_wrong_kind_is_named() -> None:
    document = {"version": "x", "intended_export_date": "soon", "lines": [{}, {"net_quantity": "1,5", "number": "2a"}]}
    assert problems(ExportDeclaration, document) == {
        "version": "Sender Reference Version must be a whole number from 0, not text",
        "intended_export_date": "Intended Date of Export must be a date in the form CCYY-MM-DD, not 'soon'",
        "lines-1-net_quantity": "Net Quantity must be a number written as text, e.g. \"12.50\", not '1,5'",
        "lines-1-number": "Line Number must be a whole number from 0, not text",
    }


def test_a_right_document_has_no_problems() -> None:
    assert problems(ExportDeclaration, DOCUMENT) == {}


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (None, {}),
        ([], {}),
        ({"no": 1, "version": 2}, {"version": 2}),
        ({"version": {"a": 1}}, {"version": "{'a': 1}"}),
        ({"lines": "x"}, {"lines": []}),
        ({"lines": [1, {"number": 3, "permits": "AB"}]}, {"lines": [{}, {"number": 3, "permits": []}]}),
        ({"lines": [{"permits": [1, None]}]}, {"lines": [{"permits": ["1", "None"]}]}),
        ({"port_of_loading": None}, {}),
    ],
)
def test_what_comes_from_outside_is_brought_into_shape(data: object, kept: object) -> None:
    assert shaped(ExportDeclaration, data) == kept


@pytest.mark.parametrize(
    ("place", "name"), [("version", "version"), ("lines[3].ahecc", "lines-3-ahecc"), ("a[0].b[12]", "a-0-b-12")]
)
def test_a_place_in_json_is_an_input(place: str, name: str) -> None:
    assert input_of(place) == name
