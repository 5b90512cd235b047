"""How faults speak."""

import pytest

from openics.edifact.faults import Fault, SyntaxCode


def test_each_code_has_a_meaning_of_its_own() -> None:
    meanings = [code.meaning for code in SyntaxCode]
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (Fault(SyntaxCode.MISSING, "", 0), "interchange"),
        (Fault(SyntaxCode.MISSING, "", 0, tag="UNB", element=3, component=1), "UNB, element 3, component 1"),
        (Fault(SyntaxCode.MISSING, "", 0, message=0, segment=8, tag="DTM"), "message 1, segment 8 (DTM)"),
        (Fault(SyntaxCode.MISSING, "", 0, message=1, segment=2), "message 2, segment 2"),
    ],
)
def test_a_place_in_words(fault: Fault, place: str) -> None:
    assert fault.place == place
