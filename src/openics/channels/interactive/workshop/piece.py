"""The interchange that is being worked on: its text, as it was pasted, dropped or made."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from openics.edifact.writer import UnwritableError
from openics.messages import interchange
from openics.messages.document import Document
from openics.messages.json_form import JsonFormError
from openics.messages.registry import by_name

LARGEST: Final = 1_000_000
"""Characters that the workshop takes; the command line takes what the gateway takes."""


class UnusableError(ValueError):
    """Text that cannot be worked on; the message says why and what helps."""


@dataclass(frozen=True)
class Piece:
    """An interchange (or messages alone, from UNH to UNT), as text of its bytes."""

    text: str

    @cached_property
    def data(self) -> bytes:
        """Its bytes. Raises UnusableError for characters that no interchange holds here."""
        try:
            return self.text.strip().encode("latin-1")
        except UnicodeEncodeError as error:
            character = self.text.strip()[error.start]
            raise UnusableError(
                f"The character {character!r} cannot stand in an interchange: it is not in ISO 8859-1 (UNOC)"
            ) from None

    @cached_property
    def form(self) -> dict[str, Any]:
        """Its JSON form. Raises UnusableError when it has no header that can be read."""
        try:
            return interchange.to_json(self.data)
        except interchange.NotAnInterchangeError as error:
            raise UnusableError(str(error)[0].upper() + str(error)[1:]) from None

    @property
    def json(self) -> str:
        """Its JSON form as text."""
        return json.dumps(self.form, indent=2, ensure_ascii=False)

    @property
    def name(self) -> str:
        """What a file of it is called, without extension."""
        header = self.form["header"] or {}
        reference = "".join(each for each in header.get("control_reference", "") if each.isalnum())
        return f"{header.get('sender', '')}_{reference}".strip("_") or "messages"

    def document(self, number: int) -> tuple[type[Document], dict[str, Any]]:
        """The class and JSON form of a message that has no fault (counted from 0). Raises UnusableError otherwise."""
        messages = self.form["messages"]
        found = messages[number] if 0 <= number < len(messages) else {}
        kind = by_name(str(found.get("message")))
        if kind is None or "document" not in found:
            raise UnusableError("This message cannot be shown as a form until its errors are mended in the text")
        return kind, found["document"]

    def with_document(self, number: int, document: dict[str, Any]) -> "Piece":
        """The interchange with another document in a message's place. Raises UnusableError when it cannot be written."""
        messages = list(self.form["messages"])
        messages[number] = {**messages[number], "document": document}
        return from_form({**self.form, "messages": messages})


def from_form(form: dict[str, Any]) -> Piece:
    """The interchange of a JSON form. Raises UnusableError with place and cause."""
    try:
        return Piece(interchange.from_json(form).decode("latin-1"))
    except (JsonFormError, UnwritableError, ValueError) as error:
        raise UnusableError(str(error)) from None


def from_json_text(text: str) -> Piece:
    """The interchange of a JSON text. Raises UnusableError with place and cause."""
    try:
        return from_form(json.loads(text))
    except json.JSONDecodeError as error:
        raise UnusableError(f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise UnusableError("This JSON is nested too deeply to be an interchange") from None
