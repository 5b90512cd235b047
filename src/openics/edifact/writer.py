"""Writing segments and interchanges, canonically: reading and writing are each other's inverse.

Canonical means: no empty elements or components at the end of what holds them, release characters only where needed,
counts without leading zeros, the same line end (or none) after each segment.
"""

from collections.abc import Sequence

from openics.edifact.charset import REPERTOIRES, Repertoire
from openics.edifact.envelope import Header
from openics.edifact.segments import split_segments
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

Element = str | None | Sequence[str | None]
"""A simple data element, or the components of a composite one; None and "" are both empty."""


class UnwritableError(ValueError):
    """Text that the interchange cannot carry: outside its repertoire, or dividing it where it must not."""


def escape(text: str, separators: Separators = DEFAULT_SEPARATORS) -> str:
    """`text` with a release character before each character that would otherwise divide it."""
    if text.isalnum():
        return text
    for mark in separators.dividing:
        if mark in text:
            if not separators.releases:
                raise UnwritableError(f"{text!r} holds {mark!r}, and the interchange has no release character")
            text = text.replace(mark, separators.release + mark)
    return text


def segment(tag: str, *elements: Element, separators: Separators = DEFAULT_SEPARATORS) -> str:
    """One segment without its terminator, its values escaped, empty elements and components at ends left out.

    `segment("BGM", ("830", None, None, "EXD"), ("1", "1"), "9")` is `BGM+830:::EXD+1:1+9`.
    """
    parts = [tag, *[_element(element, separators) if element else "" for element in elements]]
    while not parts[-1]:
        parts.pop()
    return separators.element.join(parts)


def header_segment(header: Header, separators: Separators = DEFAULT_SEPARATORS) -> str:
    """The UNB of `header`."""
    return segment(
        "UNB",
        (header.syntax_id, header.syntax_version),
        (header.sender, header.sender_qualifier, header.owner),
        (header.recipient, header.recipient_qualifier, header.recipient_routing),
        (header.date, header.time),
        header.control_reference,
        (header.password, header.password_qualifier),
        header.application_reference,
        header.priority,
        "1" if header.acknowledgement_request else "",
        header.agreement,
        "1" if header.test else "",
        separators=separators,
    )


def write_interchange(
    header: Header,
    messages: Sequence[Sequence[str]],
    *,
    separators: Separators = DEFAULT_SEPARATORS,
    una: bool = True,
    newline: str = "",
) -> bytes:
    """The interchange of `messages`, each the segments UNH to UNT without terminators, between UNB and UNZ.

    `newline` follows every segment, UNA included. Raises `UnwritableError` if what would be written could not be read
    again as the same.
    """
    repertoire = REPERTOIRES.get(header.syntax_id)
    if repertoire is None:
        raise UnwritableError(f"syntax identifier {header.syntax_id!r} is not one of {', '.join(REPERTOIRES)}")
    if separators != DEFAULT_SEPARATORS and not una:
        raise UnwritableError("service characters other than the default ones are announced by UNA; write it")
    press = _Press(repertoire, separators, newline)
    parts = [(separators.una() + newline).encode("latin-1")] if una else []
    parts.append(press.encode([header_segment(header, separators)], "UNB"))
    parts += [_message(press, segments, number) for number, segments in enumerate(messages, start=1)]
    trailer = segment("UNZ", str(len(messages)), header.control_reference, separators=separators)
    parts.append(press.encode([trailer], "UNZ"))
    return b"".join(parts)


class _Press:
    """Encodes segments for one interchange, after making sure that they can be read again."""

    def __init__(self, repertoire: Repertoire, separators: Separators, newline: str) -> None:
        if newline.strip("\r\n"):
            raise UnwritableError(f"{newline!r} is no line end; between segments stand CR and LF only")
        self._repertoire = repertoire
        self._separators = separators
        self._newline = newline
        self._known = repertoire.characters + (separators.dividing + separators.decimal).encode("latin-1")

    def encode(self, segments: Sequence[str], place: str) -> bytes:
        line = self._separators.terminator + self._newline
        text = line.join(segments) + line
        self._check_division(text, segments, place)
        try:
            data = text.encode("latin-1")
        except UnicodeEncodeError as error:
            raise self._outside_repertoire(text[error.start : error.end], place) from error
        strange = data.translate(None, self._known)
        if strange != self._newline.encode() * len(segments):
            raise self._outside_repertoire(strange.decode("latin-1").strip("\r\n") or "a line end", place)
        return data

    def _check_division(self, text: str, segments: Sequence[str], place: str) -> None:
        separators = self._separators
        if not all(segments):
            raise UnwritableError(f"{place}: there is an empty segment; leave it out")
        plain = text.count(separators.terminator) == len(segments)
        if plain and separators.release + separators.terminator not in text:
            return
        if split_segments(text, separators) != list(segments):
            raise UnwritableError(f"{place}: a segment holds its terminator unreleased; escape the values")

    def _outside_repertoire(self, found: str, place: str) -> UnwritableError:
        name = self._repertoire.syntax_id
        return UnwritableError(f"{place}: {found!r} is not in the character repertoire {name}; remove or replace it")


def _message(press: _Press, segments: Sequence[str], number: int) -> bytes:
    if not segments or segments[0][:3] != "UNH" or segments[-1][:3] != "UNT":
        raise UnwritableError(f"message {number} does not begin with UNH and end with UNT")
    return press.encode(segments, f"message {number}")


def _element(element: str | Sequence[str | None], separators: Separators) -> str:
    if isinstance(element, str):
        return element if element.isalnum() else escape(element, separators)
    components = [component or "" for component in element]
    mark = separators.component
    if "".join(components).isalnum():
        return mark.join(components).rstrip(mark)
    while components and not components[-1]:
        components.pop()
    return mark.join([escape(component, separators) for component in components])
