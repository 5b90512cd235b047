"""How the pages of the handbook are named that diagnostics refer to, relative to its root and without ending."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from openics.edifact.faults import SyntaxCode
from openics.messages.codes import CodeList

MESSAGES: Final = "messages"
CODES: Final = "codes"
ERRORS: Final = "errors"
"""The folders of the pages."""


def message_page(name: str) -> str:
    """The page of a message, `messages/SEACR`."""
    return f"{MESSAGES}/{name}"


def error_page(error: str) -> str:
    """The page of an error id, `errors/CG9101`."""
    return f"{ERRORS}/{error}"


def syntax_page(code: SyntaxCode) -> str:
    """The page of a syntax error code of CONTRL, `errors/contrl-13`."""
    return f"{ERRORS}/contrl-{int(code)}"


def codes_page(codes: type[CodeList]) -> str:
    """The page of a code list, `codes/CargoType`; lists of the same name in several rooms are told apart by the room."""
    room = codes.__module__.split(".")[2]
    prefix = room.capitalize() if room != "codes" and _names().count(codes.__name__) > 1 else ""
    return f"{CODES}/{prefix}{codes.__name__}"


@cache
def _names() -> tuple[str, ...]:
    from openics.messages import registry  # noqa: F401 - imports every room, and so every list

    return tuple(each.__name__ for each in _lists(CodeList))


def _lists(base: type[CodeList]) -> Iterator[type[CodeList]]:
    for each in base.__subclasses__():
        if each.__module__.startswith("openics.messages.") and len(each):
            yield each
        yield from _lists(each)
