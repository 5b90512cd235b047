"""What the rules of manifests, notices and periodic declarations have in common.

Source: ICS software developers guide, business rules common to the export messages.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from openics.decision.rule import Rule, Verdict, rule
from openics.exports.codes import codes_of
from openics.exports.error_ids import ERROR_IDS
from openics.exports.rules_document import COMMON, version_from_one
from openics.messages.codes import LineAction, MessageFunction, TransportMode


class Numbered(Protocol):
    """A line, as far as these rules look at it."""

    @property
    def number(self) -> int | None: ...


class Reported(Protocol):
    """A document with lines, as far as these rules look at it."""

    @property
    def function(self) -> str | None: ...
    @property
    def lines(self) -> Sequence[Numbered]: ...


def withdraws(document: Any) -> bool:
    """Whether the document takes back an earlier one, and so need not state its data again."""
    return bool(document.function == MessageFunction.WITHDRAW)


def is_original(document: Any) -> bool:
    """Whether the document is the first of its reference."""
    return bool(document.function == MessageFunction.ORIGINAL)


def keeps(line: Any, document: Any) -> bool:
    """Whether a line states goods: neither a line to be deleted nor one of a withdrawal."""
    return line.action != LineAction.DELETE and not withdraws(document)


def each_once(values: Sequence[object]) -> Verdict:
    """Whether no value occurs twice; None without values."""
    return len(set(values)) == len(values) if values else None


@rule("EXPORT-01", error=ERROR_IDS["EXPORT-01"], source=COMMON, evidence="I")
def line_numbers_once(document: Reported) -> Verdict:
    """LINE NUMBERS START AT 1, AND EACH MAY BE USED ONLY ONCE"""
    numbers = [line.number or 0 for line in document.lines]
    return min(numbers) > 0 and each_once(numbers) if numbers else None


class Carried(Protocol):
    """A document with a mode of transport."""

    @property
    def transport_mode(self) -> str | None: ...


@rule("EXPORT-02", error=ERROR_IDS["EXPORT-02"], source=COMMON, evidence="D")
def transport_mode_known(document: Carried) -> Verdict:
    """MODE OF TRANSPORT MUST BE 11 (SEA) OR 6 (AIR)"""
    return None if document.transport_mode is None else document.transport_mode in codes_of(TransportMode)


EVERY_REPORT: Final[tuple[Rule, ...]] = (version_from_one,)
"""Rules of every message."""

EVERY_LIST: Final[tuple[Rule, ...]] = (*EVERY_REPORT, line_numbers_once)
"""Rules of every message with lines."""
