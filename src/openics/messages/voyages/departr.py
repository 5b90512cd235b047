"""DEPARTR: the answer to a departure report."""

from openics.messages.response import ErrorResponse, error_response_guide


class DepartureResponse(ErrorResponse):
    """Answer to a departure report: errors and advices."""

    guide = error_response_guide(
        "DEPARTR",
        "DEPART",
        "Departure report response",
        "the sender of the DEPART",
        "departr-departure-report-response",
    )
