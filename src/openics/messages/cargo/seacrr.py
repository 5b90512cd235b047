"""SEACRR: the answer to a sea cargo report."""

from openics.messages.response import ErrorResponse, error_response_guide


class SeaCargoReportResponse(ErrorResponse):
    """Answer to a sea cargo report: errors and advices."""

    guide = error_response_guide(
        "SEACRR",
        "SEACR",
        "Sea cargo report response",
        "the cargo reporter that sent the SEACR",
        "seacrr-sea-cargo-report-response",
        "S",
    )
