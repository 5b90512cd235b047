"""A message as it stands in an interchange: cut into segments, nothing below split yet."""

from openics.edifact.segments import split_components, split_elements, split_segments, walk_segments
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

_LONGEST_HEADER = 1_000


class RawMessage:
    """The segments UNH to UNT of one message; to be treated as a value.

    `segments` hold the text of each segment without its terminator, UNH first and UNT last, release characters still in
    place, line ends between segments already dropped. `index` counts the messages of the interchange from 0. `offset`
    is the byte offset of `UNH` in the interchange; `text` (UNH to the terminator of UNT, as received) serves to find
    the byte offset of a later segment when a fault must be placed. `charset` is the Python codec of the interchange.

    Give `segments` or `text`: a message that only has its text is cut when its segments are first asked for, so that an
    interchange that waits to be processed takes no more room than its text.
    """

    __slots__ = ("_segments", "charset", "index", "offset", "separators", "text")

    def __init__(
        self,
        segments: list[str] | None = None,
        index: int = 0,
        offset: int = 0,
        text: str = "",
        separators: Separators = DEFAULT_SEPARATORS,
        charset: str = "latin-1",
    ) -> None:
        self._segments = segments
        self.index = index
        self.offset = offset
        self.text = text
        self.separators = separators
        self.charset = charset

    @property
    def segments(self) -> list[str]:
        """All segments, UNH to UNT."""
        if self._segments is None:
            self._segments = split_segments(self.text, self.separators)
        return self._segments

    @property
    def reference(self) -> str:
        """UNH 0062, the message reference number."""
        return self.header(2, 1)

    @property
    def type(self) -> str:
        """UNH S009/0065, the UN/EDIFACT message type, e.g. `CUSDEC`."""
        return self.header(3, 1)

    def header(self, element: int, component: int) -> str:
        """A value of UNH, or nothing; positions count as in UCD, the tag being element 1."""
        elements = split_elements(self._first(), self.separators)
        if len(elements) < element:
            return ""
        components = split_components(elements[element - 1], self.separators)
        return components[component - 1] if len(components) >= component else ""

    def _first(self) -> str:
        if self._segments is not None:
            return self._segments[0][:_LONGEST_HEADER] if self._segments else ""
        return next(walk_segments(self.text[:_LONGEST_HEADER], self.separators), (0, ""))[1]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RawMessage):
            return NotImplemented
        return self._value() == other._value()

    __hash__ = None  # type: ignore[assignment]  # holds a list

    def _value(self) -> tuple[object, ...]:
        return (self.segments, self.index, self.offset, self.text, self.separators, self.charset)

    def __repr__(self) -> str:
        return f"RawMessage(index={self.index}, offset={self.offset}, type={self.type!r}, reference={self.reference!r})"
