"""UBMREQE: errors and advices on an underbond movement request."""

from openics.messages.response import ErrorResponse, error_response_guide


class UnderbondRequestErrors(ErrorResponse):
    """Answer to an underbond movement request: errors and advices. The decision itself comes as UBMREQR."""

    guide = error_response_guide(
        "UBMREQE",
        "UBMREQ",
        "Underbond movement request errors",
        "the sender of the request: the cargo reporter, the stevedore or the depot",
        "ubmreq-underbond-movement-request",
        evidence="S",
    )
