"""A message as it stands in an interchange: cut into segments, nothing below split yet."""

from dataclasses import dataclass, field

from openics.edifact.separators import DEFAULT_SEPARATORS, Separators


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The segments UNH to UNT of one message.

    `segments` hold the text of each segment without its terminator, UNH first and UNT last, release characters still in
    place, line ends between segments already dropped. `index` counts the messages of the interchange from 0. `offset` is
    the byte offset of `UNH` in the interchange; `text` (UNH to the terminator of UNT, as received) serves to find the
    byte offset of a later segment when a fault must be placed.
    """

    segments: list[str]
    index: int = 0
    offset: int = 0
    text: str = ""
    separators: Separators = field(default=DEFAULT_SEPARATORS)
    charset: str = "latin-1"

    @property
    def reference(self) -> str:
        """UNH 0062, the message reference number."""
        return self._header(1)

    @property
    def type(self) -> str:
        """UNH S009/0065, the UN/EDIFACT message type, e.g. `CUSDEC`."""
        return self._header(2).partition(self.separators.component)[0]

    def _header(self, element: int) -> str:
        parts = self.segments[0].split(self.separators.element) if self.segments else []
        return parts[element] if len(parts) > element else ""
