"""The segments, composites and elements that ICS messages are built from: those of the eight UN/EDIFACT messages they use.

Source: UN/EDIFACT directory D.99B (UNTDID); the service segments from ISO 9735 version 3 and CONTRL D.3. The tables are
in the folder `d99b`, one line for each: `NAD  name and address: 3035! C082 ...`, where `!` marks what is mandatory and
`X*5` stands for five in a row. `codes` holds the code lists of the elements that guides use, `additions` the codes that
ICS messages use beyond them, with the reason; both one line for each code: `1153 AAA Acknowledgement of order number`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

QUALIFIERS: Final[dict[str, tuple[str, ...]]] = {
    "CNT": ("C270.6069",),
    "COM": ("C076.3155",),
    "CTA": ("3139",),
    "CUX": ("C504.6347",),
    "DOC": ("C002.1001",),
    "DTM": ("C507.2005",),
    "EQD": ("8053",),
    "ERC": ("C901.1131",),
    "ERP": ("C701.1049",),
    "FII": ("3035",),
    "FTX": ("4451", "4453"),
    "GIS": ("C529.1131",),
    "LOC": ("3227",),
    "MEA": ("6311",),
    "MOA": ("C516.5025",),
    "NAD": ("3035",),
    "PAC": ("C202.1131",),
    "PCI": ("4233",),
    "QTY": ("C186.6063",),
    "RFF": ("C506.1153",),
    "STS": ("C601.9015",),
    "TAX": ("5283",),
    "TDT": ("8051",),
    "TOD": ("4055",),
    "UNS": ("0081",),
}
"""The elements by which the uses of a segment are told apart in ICS messages (seen in traffic, S)."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a value may be: `kind` is a letters, n a number, an anything; lengths in characters (digits for n)."""

    kind: str
    shortest: int
    longest: int

    def __str__(self) -> str:
        """As the directory writes it: `an..35`, `n8`."""
        return f"{self.kind}{self.longest}" if self.shortest == self.longest else f"{self.kind}..{self.longest}"


@dataclass(frozen=True, slots=True)
class Value:
    """One place for a value in a segment: positions as UCD counts them (tag = element 1, components from 1)."""

    element: int
    component: int
    number: str
    composite: str
    format: Format
    mandatory: bool
    """Whether it must be there when its composite is, or, outside of one, when its segment is."""

    @property
    def name(self) -> str:
        """`C517.3225`, or `1225` for an element that is no composite."""
        return f"{self.composite}.{self.number}" if self.composite else self.number


@dataclass(frozen=True, slots=True)
class Segment:
    """The layout of a segment: every place for a value, and how many components each element has at most."""

    tag: str
    values: tuple[Value, ...]
    sizes: tuple[int, ...]

    def value_at(self, path: str) -> Value:
        """The place that `path` names: `3227`, `C517.3225`, or with its occurrence `C108.4440#2`, `C246#2.7361`."""
        name, _, occurrence = path.partition("#")
        occurrence, _, inner = occurrence.partition(".")
        name = f"{name}.{inner}" if inner else name
        found = [value for value in self.values if value.name == name]
        number = int(occurrence or 1)
        if len(found) < number:
            raise ValueError(f"segment {self.tag} of D.99B has no {path}")
        return found[number - 1]

    def is_composite(self, element: int) -> bool:
        """Whether the element at this position (tag = 1) is made of components."""
        return any(value.composite for value in self.values if value.element == element)


@cache
def parse_format(text: str) -> Format:
    """The format in `an..35`, `n8` or `a2`. Raises ValueError for anything else."""
    found = re.fullmatch(r"(an|a|n)(\.\.)?([0-9]+)", text)
    if not found:
        raise ValueError(f"{text!r} is not a format; write e.g. an..35, n8 or a2")
    longest = int(found[3])
    return Format(found[1], 1 if found[2] else longest, longest)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a table: what it is called, and what follows the colon, with `True` for what is mandatory."""

    name: str
    cells: tuple[tuple[str, bool], ...]


@cache
def table(file: str) -> dict[str, Entry]:
    """A table of the directory by tag or number: `segments`, `composites` or `elements`."""
    lines = resources.files(__package__).joinpath("d99b", f"{file}.txt").read_text("utf-8").splitlines()
    return dict(_entry(line) for line in lines)


def _entry(line: str) -> tuple[str, Entry]:
    key, _, rest = line.partition("  ")
    name, _, cells = rest.rpartition(": ")
    return key, Entry(name, tuple(found for cell in cells.split() for found in _repeated(cell)))


def _repeated(cell: str) -> list[tuple[str, bool]]:
    name, _, times = cell.partition("*")
    return [(name.rstrip("!"), name.endswith("!"))] * int(times or 1)


def codes(number: str) -> Mapping[str, str]:
    """The code list of a data element, each value with its short name; empty for one whose list is not held."""
    return _lists("codes").get(number, {})


def coded() -> frozenset[str]:
    """The data elements whose code list is held."""
    return frozenset(_lists("codes"))


def additions(number: str) -> Mapping[str, str]:
    """The codes of a data element that ICS messages use although its list does not have them, each with the reason."""
    return _lists("additions").get(number, {})


@cache
def _lists(file: str) -> Mapping[str, Mapping[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for line in resources.files(__package__).joinpath("d99b", f"{file}.txt").read_text("utf-8").splitlines():
        number, code, text = line.split(" ", 2)
        lists.setdefault(number, {})[code] = text
    return lists


def element_format(number: str) -> Format:
    """The format of a data element. Raises ValueError for one that the directory does not hold."""
    if number not in table("elements"):
        raise ValueError(f"the directory holds no element {number}")
    return parse_format(table("elements")[number].cells[0][0])


@cache
def segment(tag: str) -> Segment:
    """The layout of a segment. Raises ValueError for a tag that the directory does not hold."""
    if tag not in table("segments"):
        raise ValueError(f"the directory holds no segment {tag}")
    values: list[Value] = []
    sizes: list[int] = []
    for element, (name, mandatory) in enumerate(table("segments")[tag].cells, start=2):
        inner = table("composites").get(name)
        components = inner.cells if inner else ((name, mandatory),)
        sizes.append(len(components))
        for component, (number, needed) in enumerate(components, start=1):
            composite = name if inner else ""
            values.append(Value(element, component, number, composite, element_format(number), needed))
    return Segment(tag, tuple(values), tuple(sizes))
