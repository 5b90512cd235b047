"""AIRAARR: the answer to an air actual arrival report."""

from openics.messages.response import ErrorResponse, error_response_guide


class AirActualArrivalResponse(ErrorResponse):
    """Answer to an air actual arrival report: errors and advices."""

    guide = error_response_guide(
        "AIRAARR",
        "AIRAAR",
        "Air actual arrival report response",
        "the sender of the AIRAAR",
        "",
    )
