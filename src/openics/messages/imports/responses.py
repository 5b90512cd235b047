"""The answers to requests for release and movement, and to periodic declarations; none of them has been seen (I)."""

from openics.messages.imports.answers import DeclarationAnswer, PaymentLiable, answer_guide


class ReleaseResponse(DeclarationAnswer):
    """Response to a request for cargo release."""

    guide = answer_guide(
        "RCRR",
        "a request for cargo release",
        "Request for cargo release response",
        "the sender of the request",
        page="rcr-request-for-cargo-release",
    )


class MovementResponse(DeclarationAnswer):
    """Response to a goods movement application."""

    guide = answer_guide(
        "MOVAPPR",
        "a goods movement application",
        "Goods movement application response",
        "the sender of the application",
        page="movapp-goods-movement-application",
    )


class DetailedPeriodicResponse(PaymentLiable):
    """Response to a periodic declaration with minimum aggregation."""

    guide = answer_guide(
        "IMPED1R",
        "a periodic declaration with minimum aggregation",
        "Import periodic declaration response, minimum aggregation",
        "the sender of the declaration",
        page="imped1-import-periodic-declaration-1",
        money=True,
    )


class AggregatedPeriodicResponse(PaymentLiable):
    """Response to a periodic declaration with maximum aggregation."""

    guide = answer_guide(
        "IMPED2R",
        "a periodic declaration with maximum aggregation",
        "Import periodic declaration response, maximum aggregation",
        "the sender of the declaration",
        page="imped2-import-periodic-declaration-2",
        money=True,
    )
