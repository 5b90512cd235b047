"""AIROUTR: errors and advices on an air outturn."""

from openics.messages.response import ErrorResponse, error_response_guide


class AirOutturnResponse(ErrorResponse):
    """Answer to an air outturn: what is wrong with it."""

    guide = error_response_guide(
        "AIROUTR",
        "AIROUT",
        "Air waybill outturn report response",
        "the sender of the report: the cargo terminal operator or the depot",
        "airout-air-waybill-outturn-report",
        evidence="I",
    )
