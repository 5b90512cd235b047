"""The 100-point check."""

from datetime import date

import pytest

from openics.clients.identity import DOCUMENTS, Shows, Sighted, points, problems

TODAY = date(2026, 3, 2)
PASSPORT = Sighted("PASSPORT", "X12", date(2030, 1, 1))
DRIVER = Sighted("DRIVER", "4321", date(2027, 1, 1))
RATES = Sighted("RATES", "77")
BIRTH = Sighted("BIRTH", "12")
LONG_EXPIRED = "The document (Passport) expired more than two years ago and does not count"


def texts(*documents: Sighted) -> list[str]:
    return [each.text for each in problems(documents, TODAY)]


def test_a_passport_and_a_driver_licence_are_enough() -> None:
    assert (points([PASSPORT, DRIVER]), texts(PASSPORT, DRIVER)) == (110, [])


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        ((), ["At least one primary document is needed", *(f"No document shows {each}" for each in Shows),
              "The documents make 0 points; 100 are needed"]),
        ((PASSPORT,), ["No document shows the current residential address", "The documents make 70 points; 100 are needed"]),
        ((DRIVER, Sighted("PUBLIC SERVICE", "12", date(2030, 1, 1)), RATES), ["At least one primary document is needed"]),
        ((BIRTH, RATES), ["No document shows a photograph", "No document shows a signature"]),
        ((PASSPORT, Sighted("UTILITY", "12")), ["The documents make 95 points; 100 are needed"]),
        ((PASSPORT, PASSPORT), ["Each kind of document counts once; remove the second one"]),
    ],
)  # fmt: skip
def test_what_is_missing(documents: tuple[Sighted, ...], said: list[str]) -> None:
    assert texts(*documents) == said


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Sighted("PASSPORT", "X12", date(2024, 3, 10)), []),
        (
            Sighted("PASSPORT", "X12", date(2024, 2, 1)),
            ["The document (Passport) expired more than two years ago and does not count"],
        ),
        (
            Sighted("DRIVER", "4321", date(2026, 3, 1)),
            ["The document (Australian driver licence) expired and does not count"],
        ),
        (Sighted("DRIVER", "4321", TODAY), []),
        (Sighted("DRIVER", "4321"), ["Enter the day on which the document (Australian driver licence) expires"]),
        (Sighted("DRIVER", "X123456", TODAY), ["Enter the last two to four characters of its number, no more"]),
        (Sighted("DRIVER", "", TODAY), ["Enter the last two to four characters of its number, no more"]),
        (Sighted("LIBRARY", "12"), ["Select the kind of document"]),
    ],
)
def test_each_document(document: Sighted, said: list[str]) -> None:
    others = [each for each in (PASSPORT, DRIVER, RATES) if each.kind != document.kind]
    assert texts(document, *others) == said


def test_every_kind_says_where_it_is_known_from() -> None:
    assert {kind.evidence for kind in DOCUMENTS.values()} == {"D", "I"}
    assert {kind.points for kind in DOCUMENTS.values() if kind.primary} == {70}
