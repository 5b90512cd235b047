"""PRODISR: errors and advices on a progressive discharge report."""

from openics.messages.response import ErrorResponse, error_response_guide


class ProgressiveDischargeResponse(ErrorResponse):
    """Answer to a progressive discharge report: what is wrong with it."""

    guide = error_response_guide(
        "PRODISR",
        "PRODIS",
        "Progressive discharge report response",
        "the sender of the report: the stevedore",
        "prodis-progressive-discharge-report",
        evidence="I",
    )
