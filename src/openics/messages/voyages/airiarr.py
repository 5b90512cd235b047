"""AIRIARR: the answer to an air impending arrival report."""

from openics.messages.response import ErrorResponse, error_response_guide


class AirImpendingArrivalResponse(ErrorResponse):
    """Answer to an air impending arrival report: errors and advices."""

    guide = error_response_guide(
        "AIRIARR",
        "AIRIAR",
        "Air impending arrival report response",
        "the sender of the AIRIAR",
        "",
    )
