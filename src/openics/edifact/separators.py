"""The six service characters of an interchange (ISO 9735 version 3, service string advice UNA)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters that divide an interchange; the defaults are those in force without a UNA.

    A space as `release` means that the interchange has no release character.
    """

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    reserved: str = " "
    terminator: str = "'"

    @property
    def releases(self) -> bool:
        """Whether a release character is in use."""
        return self.release != " "

    @property
    def dividing(self) -> str:
        """The characters that have a meaning inside a segment or at its end, release character first."""
        mark = self.release if self.releases else ""
        return mark + self.terminator + self.element + self.component

    def una(self) -> str:
        """The service string advice that announces these characters."""
        return f"UNA{self.component}{self.element}{self.decimal}{self.release}{self.reserved}{self.terminator}"


DEFAULT_SEPARATORS = Separators()
