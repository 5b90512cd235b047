"""AIRINTR: the answer to an integrated air cargo report."""

from openics.messages.response import ErrorResponse, error_response_guide


class AirIntegratedReportResponse(ErrorResponse):
    """Answer to an integrated air cargo report: errors and advices."""

    guide = error_response_guide(
        "AIRINTR",
        "AIRINT",
        "Integrated air cargo report response",
        "the cargo reporter that sent the AIRINT",
        "",
    )
