"""SEQR: errors and advices on a sea cargo establishment query."""

from openics.messages.response import ErrorResponse, error_response_guide


class EstablishmentQueryResponse(ErrorResponse):
    """Answer to an establishment query that cannot be met: why not."""

    guide = error_response_guide(
        "SEQR",
        "SEQ",
        "Sea cargo establishment query response",
        "the sender of the query: the depot or the wharf",
        "seq-sea-cargo-establisment-query",
        evidence="I",
    )
