"""SEAIARR: the answer to a sea impending arrival report."""

from openics.messages.response import ErrorResponse, error_response_guide


class SeaImpendingArrivalResponse(ErrorResponse):
    """Answer to a sea impending arrival report: errors and advices."""

    guide = error_response_guide(
        "SEAIARR",
        "SEAIAR",
        "Sea impending arrival report response",
        "the sender of the SEAIAR",
        "",
    )
