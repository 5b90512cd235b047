"""Right documents on cargo lists, movements, discharge and outturn, for changing one thing at a time."""

from datetime import date
from typing import Any, TypeVar

from openics.messages.cargo.airout import AirOutturn, AirOutturnLine
from openics.messages.cargo.carlst import CargoList, CargoListLine
from openics.messages.cargo.prodis import DischargedContainer, ProgressiveDischarge
from openics.messages.cargo.seaout import SeaOutturn, SeaOutturnLine
from openics.messages.cargo.ubmreq import MovementLine, UnderbondRequest

Report = TypeVar("Report", CargoList, UnderbondRequest, ProgressiveDischarge, AirOutturn, SeaOutturn)

CONTAINER = "CSQU3054383"
LIST = CargoList(
    sender_reference="CLR1",
    version=1,
    function="9",
    voyage_number="126S",
    vessel_id="9290452",
    lines=(CargoListLine(number=1, action="I", reference_type="AAQ", reference=CONTAINER, cargo_type="EMP"),),
)
REQUEST = UnderbondRequest(
    sender_reference="UBR1",
    version=1,
    function="9",
    request_reason="DCL",
    transport_mode="11",
    voyage_or_flight="126S",
    vessel_id="9290452",
    movement_mode="ROA",
    origin_establishment="FM27N",
    destination_establishment="GE65A",
    lines=(MovementLine(number=1, action="I", reference_type="AAQ", reference=CONTAINER, cargo_type="LCL"),),
)
BY_AIR = REQUEST.replace(
    transport_mode="6",
    voyage_or_flight="142",
    vessel_id=None,
    airline="QF",
    estimated_arrival=date(2026, 11, 5),
    lines=(MovementLine(number=1, action="I", reference_type="MWB", reference="08165004866", packages=12),),
)
DISCHARGE = ProgressiveDischarge(
    sender_reference="PDR1",
    version=1,
    function="9",
    voyage_number="126S",
    vessel_id="9290452",
    first_discharge_date=date(2026, 11, 5),
    lines=(DischargedContainer(number=1, action="I", container=CONTAINER),),
)
AIR_OUTTURN = AirOutturn(
    sender_reference="AOR1",
    version=1,
    function="9",
    flight_number="142",
    lines=(AirOutturnLine(number=1, action="I", reference_type="MWB", reference="08165004866", packages=12),),
)
SEA_OUTTURN = SeaOutturn(
    sender_reference="SOR1",
    version=1,
    function="9",
    voyage_number="126S",
    vessel_id="9290452",
    lines=(
        SeaOutturnLine(
            number=1,
            action="I",
            reference_type="AAQ",
            reference=CONTAINER,
            cargo_type="LCL",
            receipt_date=date(2026, 11, 6),
        ),
    ),
)
REPORTS = (LIST, REQUEST, DISCHARGE, AIR_OUTTURN, SEA_OUTTURN)


def with_line(report: Report, **changes: Any) -> Report:
    """The report with its only line changed."""
    return with_lines(report, changes)


def with_lines(report: Report, *changes: dict[str, Any]) -> Report:
    """The report with copies of its only line, each changed."""
    return report.replace(lines=tuple(report.lines[0].replace(**each) for each in changes))
