"""Subject and attachment name, rules E6, E7, E9 and E10."""

import pytest

from openics.edifact.envelope import Header
from openics.trader.errors import TraderError
from openics.trader.names import check_names, names_from_customs, names_to_customs

TO_CUSTOMS = Header(
    sender="AAA676Y", owner="AAA676Y", recipient="AAA336C", date="040127", time="0730", control_reference="200401270001"
)
FROM_CUSTOMS = Header(
    sender="AAA336C",
    owner="AAA336C",
    recipient="AAR399A",
    date="230627",
    time="1400",
    control_reference="00000000000054",
)


def test_a_mail_to_customs_bears_its_creator_reference_and_recipient() -> None:
    names = names_to_customs(TO_CUSTOMS)
    assert (names.subject, names.filename) == ("AAA676Y_200401270001_AAA336C", "AAA676Y_200401270001.edi")


def test_the_attachment_from_customs_bears_the_recipient() -> None:
    names = names_from_customs(FROM_CUSTOMS)
    assert (names.subject, names.filename) == ("AAA336C_00000000000054_AAR399A", "AAR399A_00000000000054.edi")
    check_names(FROM_CUSTOMS, names.subject, names.filename)


@pytest.mark.parametrize(
    ("subject", "filename", "rule"),
    [
        ("AAA336C_00000000000055_AAR399A", "AAR399A_00000000000054.edi", "E6"),
        ("AAA336C_00000000000054_AAR399A ", "AAR399A_00000000000054.edi", "E6"),
        ("", "AAR399A_00000000000054.edi", "E6"),
        ("AAA336C_00000000000054_AAR399A", "AAA336C_00000000000054.edi", "E10"),
        ("AAA336C_00000000000054_AAR399A", "AAR399A_00000000000054.EDI", "E10"),
    ],
)
def test_a_name_that_differs_from_the_interchange_is_refused(subject: str, filename: str, rule: str) -> None:
    with pytest.raises(TraderError) as refused:
        check_names(FROM_CUSTOMS, subject, filename)
    assert refused.value.rule == rule
