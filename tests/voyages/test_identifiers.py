"""Identifiers of ships."""

from openics.voyages.identifiers import is_imo_number, looks_like_imo_number


def test_an_imo_number_has_seven_digits_the_last_of_which_checks() -> None:
    numbers = ["9477878", "9290452", "9953846", "9221102", "5000201"]
    assert [is_imo_number(number) for number in numbers] == [True] * 5
    assert [is_imo_number(number) for number in ("9290453", "929045", "92904520", "", "ACS0012")] == [False] * 5


def test_only_seven_digits_look_like_an_imo_number() -> None:
    assert [looks_like_imo_number(text) for text in ("9290453", "929045", "ACS0012", "929045\u0662")] == [
        True,
        False,
        False,
        False,
    ]
