"""Identifiers of clients and sites: published vectors, and that mistakes are noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.clients.identifiers import ccid, is_abn, is_ccid, is_client_id, is_site_id, site_id
from openics.decision.authority_numbers import DIGITS, LETTERS

PUBLISHED_CCIDS = ["AAA3333333A", "AAA3333334N", "AAC3333333F", "AAA3436797Y", "AAA3437644L", "CHL9469934R"]
REAL_SITES = ["AAA336C", "AAA676Y", "AAR399A", "FKG373X", "FJM396H", "FKK363E", "AAF377E"]
LAST_CCID = 17**3 * 5**7 - 1


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "AAA3333333A"), (1, "AAA3333334N"), (5**7, "AAC3333333F"), (LAST_CCID, "YYY9999999Y")]
)
def test_client_identifiers_are_given_out_in_the_published_order(number: int, expected: str) -> None:
    assert ccid(number) == expected


@pytest.mark.parametrize("number", [-1, LAST_CCID + 1])
def test_there_is_an_end_to_client_identifiers(number: int) -> None:
    with pytest.raises(ValueError, match=f"^a client identifier counts from 0 to {LAST_CCID}, not {number}$"):
        ccid(number)


@pytest.mark.parametrize("text", PUBLISHED_CCIDS)
def test_published_client_identifiers_are_right(text: str) -> None:
    assert is_ccid(text) is True
    assert is_client_id(text) is True


@pytest.mark.parametrize(
    "text", ["", "AAA3333333C", "AAA333333A", "AAA3333333AA", "AAB3333333A", "AAA3333330A", "aaa3333333a"]
)
def test_other_texts_are_no_client_identifiers(text: str) -> None:
    assert is_ccid(text) is False
    assert is_client_id(text) is False


@given(st.integers(0, LAST_CCID))
def test_every_client_identifier_given_out_is_right(number: int) -> None:
    assert is_ccid(ccid(number)) is True


@given(st.integers(0, LAST_CCID), st.integers(0, 2), st.sampled_from(LETTERS))
def test_another_letter_is_noticed(number: int, place: int, letter: str) -> None:
    right = ccid(number)
    wrong = right[:place] + letter + right[place + 1 :]
    assert is_ccid(wrong) is (wrong == right)


@given(st.integers(0, LAST_CCID), st.integers(3, 9), st.sampled_from(DIGITS))
def test_another_digit_is_noticed(number: int, place: int, digit: str) -> None:
    right = ccid(number)
    wrong = right[:place] + digit + right[place + 1 :]
    assert is_ccid(wrong) is (wrong == right)


@pytest.mark.parametrize("text", REAL_SITES)
def test_real_site_ids_are_right(text: str) -> None:
    assert is_site_id(text) is True
    assert site_id(text[:6]) == text


@pytest.mark.parametrize("text", ["", "AAA123Z", "AAA336A", "AAA336", "AAA336CC", "3AA336C", "AAA33AC"])
def test_other_texts_are_no_site_ids(text: str) -> None:
    assert is_site_id(text) is False


@pytest.mark.parametrize("stem", ["AAA123", "AAA33", "aaa336"])
def test_a_site_id_needs_a_stem_of_the_alphabet(stem: str) -> None:
    with pytest.raises(ValueError, match=r"^'\w+' is not three of ACEFGHJKLMNPRTWXY and three of 34679$"):
        site_id(stem)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("51824753556", True),
        ("53004085616", True),
        ("51824753557", False),
        ("51 824 753 556", False),
        ("5182475355", False),
        ("5182475355A", False),
        ("", False),
    ],
)
def test_abns_have_eleven_digits_and_a_check(text: str, expected: bool) -> None:
    assert is_abn(text) is expected
    assert is_client_id(text) is expected
