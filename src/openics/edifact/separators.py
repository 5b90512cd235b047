"""The six service characters of an interchange (ISO 9735 version 3, service string advice UNA)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters that divide an interchange; the defaults are those in force without a UNA."""

    component: str = ":"
    element: str = "+"
    decimal: str = "."
    release: str = "?"
    reserved: str = " "
    terminator: str = "'"

    def una(self) -> str:
        """The service string advice that announces these characters."""
        return f"UNA{self.component}{self.element}{self.decimal}{self.release}{self.reserved}{self.terminator}"


DEFAULT_SEPARATORS = Separators()
