"""Transport lines: put together from references, and taken apart again."""

import pytest

from openics.messages.imports.imd_lines import TransportReference
from openics.messages.imports.transport import TransportLine, transport_lines, transport_references


def reference(kind: str, number: str, line: int | None = None, **goods: object) -> TransportReference:
    return TransportReference(kind=kind, reference=number, line=line, **goods)


def test_without_references_there_are_no_lines() -> None:
    assert transport_lines(()) == ()


def test_references_without_a_number_make_one_line() -> None:
    found = transport_lines((reference("MWB", "08165004866"), reference("HWB", "H1", packages=4)))
    assert found == (TransportLine(number=1, master_waybill="08165004866", house_waybill="H1", packages=4),)


def test_what_has_no_number_belongs_to_every_line() -> None:
    found = transport_lines(
        (
            reference("MB", "B1", cargo_type="FCL"),
            reference("AAQ", "CSNU8356338", 2, packages=252),
            reference("AAQ", "CSQU3054383", 1, packages=420),
        )
    )
    assert found == (
        TransportLine(number=1, ocean_bill="B1", container="CSQU3054383", cargo_type="FCL", packages=420),
        TransportLine(number=2, ocean_bill="B1", container="CSNU8356338", cargo_type="FCL", packages=252),
    )


def test_a_line_keeps_its_own_against_what_all_share() -> None:
    found = transport_lines((reference("MB", "B2", 1, cargo_type="LCL"), reference("MB", "B1", cargo_type="FCL")))
    assert found == (TransportLine(number=1, ocean_bill="B2", cargo_type="LCL"),)


LINES = (
    TransportLine(
        number=1,
        ocean_bill="B1",
        house_bill="H1",
        container="CSQU3054383",
        consignment_reference="C1",
        cargo_type="FCL",
        packages=420,
    ),
    TransportLine(number=3, master_waybill="08165004866", house_waybill="H2", packages=0),
)


@pytest.mark.parametrize("lines", [LINES, LINES[:1], ()], ids=len)
def test_lines_come_back_from_their_references(lines: tuple[TransportLine, ...]) -> None:
    assert transport_lines(transport_references(lines)) == lines


def test_packages_stand_under_the_first_reference_of_their_line() -> None:
    assert transport_references(LINES[1:]) == (
        reference("MWB", "08165004866", 3, packages=0),
        reference("HWB", "H2", 3),
    )
