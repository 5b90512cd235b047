"""Amounts of money as responses write them: 16 characters, two decimals, leading zeros, Australian dollars."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from openics.messages.document import Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes

AMOUNT_KINDS: Final = "|".join(codes.AmountKind.meanings())
"""Every kind of amount, as the segment tables name them."""

_WIDTH: Final = 16
_DECIMALS: Final = 2


class Total(Part):
    """One amount of a whole declaration or payment."""

    kind: str | None = at(f"MOA+{AMOUNT_KINDS}/C516.5025", "Amount Type", codes=codes.AmountKind, required=True)
    amount: Decimal | None = at(
        f"MOA+{AMOUNT_KINDS}/C516.5004", "Amount", required=True, pad=_WIDTH, decimals=_DECIMALS
    )


class LineAmount(Part):
    """One amount of a tariff line."""

    kind: str | None = at("C516.5025", "Amount Type", codes=codes.AmountKind, required=True)
    amount: Decimal | None = at("C516.5004", "Amount", required=True, pad=_WIDTH, decimals=_DECIMALS)


class LineTax(Part):
    """One entry about the duty, taxes and charges of a tariff line: an amount, or an indicator, each in its own."""

    amounts: tuple[LineAmount, ...] = group(f"MOA+{AMOUNT_KINDS}", "Amounts")
    indicators: tuple[str, ...] = each(
        "GIS+109/C529.7365", "Line Indicators", codes=codes.ResponseLineIndicator, closed=False
    )


def totals(amounts: Iterable[tuple[str, Decimal]]) -> tuple[Total, ...]:
    """Amounts of a declaration or payment, in the order given."""
    return tuple(Total(kind=str(kind), amount=amount) for kind, amount in amounts)


def line_taxes(amounts: Iterable[tuple[str, Decimal]], indicators: Iterable[str] = ()) -> tuple[LineTax, ...]:
    """The entries of a tariff line: its amounts, one entry each, then its indicators."""
    money = [LineTax(amounts=(LineAmount(kind=str(kind), amount=amount),)) for kind, amount in amounts]
    return (*money, *(LineTax(indicators=(str(each),)) for each in indicators))
