"""CARLSTR: errors and advices on a cargo list."""

from openics.messages.response import ErrorResponse, error_response_guide


class CargoListResponse(ErrorResponse):
    """Answer to a cargo list: what is wrong with it."""

    guide = error_response_guide(
        "CARLSTR",
        "CARLST",
        "Cargo list report response",
        "the sender of the list: the shipping company or its bureau",
        "carlst-cargo-list-report",
        evidence="I",
    )
