"""SEAINTR: the answer to an integrated sea cargo report."""

from openics.messages.response import ErrorResponse, error_response_guide


class SeaIntegratedReportResponse(ErrorResponse):
    """Answer to an integrated sea cargo report: errors and advices."""

    guide = error_response_guide(
        "SEAINTR",
        "SEAINT",
        "Integrated sea cargo report response",
        "the cargo reporter that sent the SEAINT",
        "",
    )
