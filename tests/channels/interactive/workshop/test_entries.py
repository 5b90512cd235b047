"""Forms made from documents."""

from openics.channels.interactive.workshop.entries import Input, Records, entries
from openics.messages.exports.exd import ExportDeclaration


def named(name: str, data: dict[str, object], **more: object) -> Input | Records:
    found = {
        each.name: each for each in entries(ExportDeclaration, data, more.get("problems", {}), more.get("starts", {}))
    }  # type: ignore[arg-type]
    return found[name]


def test_a_text_says_its_use_and_length() -> None:
    entry = named("port_of_loading", {"port_of_loading": "AUMEL"})
    assert entry == Input(
        "port_of_loading", "Port of Loading", "text", "AUMEL", "Mandatory; an5", mandatory=True, width=5
    )


def test_a_condition_is_part_of_the_hint() -> None:
    entry = named("destination_country", {})
    assert isinstance(entry, Input)
    assert entry.hint == "Conditional: needed unless ST or SP; a2"
    assert (entry.value, entry.mandatory) == ("", False)


def test_a_closed_list_of_codes_is_chosen_from() -> None:
    entry = named("reporting_party_type", {"reporting_party_type": "O"})
    assert isinstance(entry, Input)
    assert (entry.type, entry.value) == ("select", "O")
    assert [code for code, _ in entry.options] == ["O", "A"]


def test_an_open_list_of_codes_is_typed_with_proposals() -> None:
    entry = named("transport_mode", {})
    assert isinstance(entry, Input)
    assert entry.type == "text"
    assert [code for code, _ in entry.options] == ["11", "6"]


def test_dates_are_dates_and_numbers_say_how() -> None:
    when, value = named("intended_export_date", {}), named("total_fob_value", {})
    assert isinstance(when, Input)
    assert isinstance(value, Input)
    assert (when.type, value.type) == ("date", "text")
    assert value.hint == "Mandatory; a number with a decimal point"


def test_a_problem_stands_at_its_input() -> None:
    entry = named("port_of_loading", {}, problems={"port_of_loading": "is wrong"})
    assert entry.problem == "is wrong"


def test_records_are_shown_ten_at_a_time() -> None:
    data: dict[str, object] = {"lines": [{"number": number} for number in range(1, 26)]}
    first, middle, last = (named("lines", data, starts={"lines": start}) for start in (0, 10, 20))
    assert isinstance(first, Records)
    assert isinstance(middle, Records)
    assert isinstance(last, Records)
    assert [row.number for row in first.rows] == list(range(1, 11))
    assert (first.earlier, first.later, first.count) == (None, 10, 25)
    assert (middle.earlier, middle.later) == (0, 20)
    assert [row.name for row in last.rows] == [f"lines-{index}" for index in range(20, 25)]
    assert (last.earlier, last.later, last.single) == (10, None, "Line")
    assert last.rows[0].entries[0].name == "lines-20-number"


def test_a_start_beyond_the_end_shows_the_last() -> None:
    entry = named("lines", {"lines": [{}, {}]}, starts={"lines": 99})
    assert isinstance(entry, Records)
    assert [row.number for row in entry.rows] == [2]


def test_a_list_of_texts_is_one_input_with_a_line_for_each() -> None:
    (line,) = named("lines", {"lines": [{"permits": ["A1", "B2"]}]}).rows  # type: ignore[union-attr]
    permits = next(each for each in line.entries if each.name == "lines-0-permits")
    assert isinstance(permits, Input)
    assert (permits.type, permits.value) == ("list", "A1\nB2")
