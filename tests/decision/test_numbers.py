"""Numbers that are given out once."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from openics.decision.authority_numbers import SYMBOLS, authority_number, is_authority_number
from openics.decision.numbers import SEQUENCES, reserve, response_reference

LAST = 22**8 - 1


@pytest.mark.parametrize(
    ("number", "stem"), [(0, "AAAAAAAA"), (1, "AAAAAAAC"), (21, "AAAAAAA9"), (22, "AAAAAACA"), (LAST, "99999999")]
)
def test_authority_numbers_count_in_22_symbols(number: int, stem: str) -> None:
    assert authority_number(number)[:8] == stem
    assert is_authority_number(authority_number(number)) is True


@pytest.mark.parametrize(("first", "second"), [("AFHCT3PJ", "AFHCT3PK"), ("AE7AK4L6", "AE7AK4L7")])
def test_observed_neighbours_are_neighbours_here(first: str, second: str) -> None:
    def place(text: str) -> int:
        return sum(SYMBOLS.index(symbol) * 22**power for power, symbol in enumerate(reversed(text)))

    assert authority_number(place(first))[:8] == first
    assert place(second) == place(first) + 1


@given(st.integers(0, LAST), st.integers(0, 8), st.sampled_from(SYMBOLS))
def test_another_symbol_is_noticed(number: int, place: int, symbol: str) -> None:
    right = authority_number(number)
    wrong = right[:place] + symbol + right[place + 1 :]
    assert is_authority_number(wrong) is (wrong == right)


@pytest.mark.parametrize("text", ["", "AAAAAAAA", "AAAAAAAA0", "AAAAAAAAAA", "aaaaaaaaa"])
def test_other_texts_are_no_authority_numbers(text: str) -> None:
    assert is_authority_number(text) is False


@pytest.mark.parametrize("number", [-1, LAST + 1])
def test_there_is_an_end_to_authority_numbers(number: int) -> None:
    with pytest.raises(ValueError, match=rf"^an authority number counts from 0 to 22\*\*8 - 1, not {number}$"):
        authority_number(number)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0000 0000 0000"), (19, "0000 0000 000J"), (20, "0000 0000 0010"), (20**12 - 1, "JJJJ JJJJ JJJJ")],
)
def test_response_references_are_groups_of_four(number: int, expected: str) -> None:
    assert response_reference(number) == expected


@pytest.mark.parametrize("number", [-1, 20**12])
def test_there_is_an_end_to_response_references(number: int) -> None:
    with pytest.raises(ValueError, match=rf"^a response number lies between 0 and 20\*\*12 - 1, not {number}$"):
        response_reference(number)


@pytest.mark.django_db
@pytest.mark.parametrize("sequence", SEQUENCES)
def test_numbers_are_drawn_once_and_in_order(sequence: str) -> None:
    with connection.cursor() as cursor:
        first, second = reserve(cursor, sequence, ["b", "a"]), reserve(cursor, sequence, ["c"])
        nothing = reserve(cursor, sequence, list[str]())
    assert list(first) == ["b", "a"]
    assert first["a"] == first["b"] + 1
    assert second == {"c": first["a"] + 1}
    assert nothing == {}


@pytest.mark.django_db
def test_other_sequences_are_refused() -> None:
    with (
        connection.cursor() as cursor,
        pytest.raises(ValueError, match=r"^there is no sequence 'client_id_seq'; known are "),
    ):
        reserve(cursor, "client_id_seq", [1])
