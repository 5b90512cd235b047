"""SEAOUTR: errors and advices on a sea outturn."""

from openics.messages.response import ErrorResponse, error_response_guide


class SeaOutturnResponse(ErrorResponse):
    """Answer to a sea outturn: what is wrong with it."""

    guide = error_response_guide(
        "SEAOUTR",
        "SEAOUT",
        "Sea cargo outturn report response",
        "the sender of the report: the stevedore or the depot",
        "seaout-sea-outturn-report",
        evidence="I",
    )
