"""AIRCRR: the answer to an air cargo report."""

from openics.messages.response import ErrorResponse, error_response_guide


class AirCargoReportResponse(ErrorResponse):
    """Answer to an air cargo report: errors and advices."""

    guide = error_response_guide(
        "AIRCRR",
        "AIRCR",
        "Air cargo report response",
        "the cargo reporter that sent the AIRCR",
        "",
        "S",
    )
