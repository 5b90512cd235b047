"""A document in words, as lines of label and value."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openics.messages.document import Document, Part
from openics.messages.fields import Field


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `depth` counts from 0; a line without value heads those below it."""

    depth: int
    label: str
    value: str = ""


def title(document: Document) -> str:
    """What the message is: `EXDR: Export declaration response`."""
    return f"{document.name}: {document.guide.title}"


def in_words(part: Part, depth: int = 0) -> Iterator[Line]:
    """Every field that has a value; codes with their meaning, repeated parts numbered."""
    for field, value in part.present():
        if isinstance(value, tuple):
            yield from _repeated(field, value, depth)
        else:
            yield Line(depth, field.label, _said(field, value))


def _repeated(field: Field, values: tuple[Any, ...], depth: int) -> Iterator[Line]:
    for number, value in enumerate(values, start=1):
        label = f"{field.label} {number}" if len(values) > 1 else field.label
        if isinstance(value, Part):
            yield Line(depth, label)
            yield from in_words(value, depth + 1)
        else:
            yield Line(depth, label, _said(field, value))


def _said(field: Field, value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    meaning = field.codes.meanings().get(value) if field.codes is not None else None
    return f"{value} ({meaning})" if meaning else str(value)
