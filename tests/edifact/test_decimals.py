"""Numbers in an interchange."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.edifact.decimals import format_decimal, parse_decimal
from openics.edifact.faults import SyntaxCode


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", "0"), ("5000", "5000"), ("0000000000619.15", "619.15"), ("-1.50", "-1.50"), ("007", "7")],
)
def test_numbers(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (".5", SyntaxCode.MISSING_DIGIT_BEFORE_DECIMAL),
        ("-.5", SyntaxCode.MISSING_DIGIT_BEFORE_DECIMAL),
        ("5.", SyntaxCode.INVALID_DECIMAL_NOTATION),
        ("1.000.000", SyntaxCode.INVALID_DECIMAL_NOTATION),
        ("1,5", SyntaxCode.INVALID_DECIMAL_NOTATION),
        ("5-", SyntaxCode.INVALID_DECIMAL_NOTATION),
        ("-", SyntaxCode.INVALID_DECIMAL_NOTATION),
        ("", SyntaxCode.INVALID_CHARACTER_TYPE),
        ("+5", SyntaxCode.INVALID_CHARACTER_TYPE),
        ("1E5", SyntaxCode.INVALID_CHARACTER_TYPE),
        (" 5", SyntaxCode.INVALID_CHARACTER_TYPE),
        ("\u0661", SyntaxCode.INVALID_CHARACTER_TYPE),
        ("5\n", SyntaxCode.INVALID_CHARACTER_TYPE),
        ("NaN", SyntaxCode.INVALID_CHARACTER_TYPE),
    ],
)
def test_what_is_no_number_has_a_code(text: str, code: SyntaxCode) -> None:
    assert parse_decimal(text) is code


def test_the_decimal_mark_is_that_of_the_interchange() -> None:
    assert parse_decimal("1,5", ",") == Decimal("1.5")
    assert parse_decimal("1.5", ",") is SyntaxCode.INVALID_DECIMAL_NOTATION
    assert parse_decimal(",5", ",") is SyntaxCode.MISSING_DIGIT_BEFORE_DECIMAL


@pytest.mark.parametrize(
    ("number", "text"), [("1E+3", "1000"), ("1E-7", "0.0000001"), ("2.50", "2.50"), ("-0.5", "-0.5")]
)
def test_numbers_are_written_without_exponent(number: str, text: str) -> None:
    assert format_decimal(Decimal(number)) == text


@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_only_finite_numbers_can_be_written(number: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_decimal(Decimal(number))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18), st.sampled_from(".,"))
def test_what_is_written_is_read_again(number: Decimal, mark: str) -> None:
    assert parse_decimal(format_decimal(number, mark), mark) == number
