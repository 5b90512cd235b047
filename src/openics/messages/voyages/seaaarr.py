"""SEAAARR: the answer to a sea actual arrival report."""

from openics.messages.response import ErrorResponse, error_response_guide


class SeaActualArrivalResponse(ErrorResponse):
    """Answer to a sea actual arrival report: errors and advices."""

    guide = error_response_guide(
        "SEAAARR",
        "SEAAAR",
        "Sea actual arrival report response",
        "the sender of the SEAAAR",
        "",
    )
