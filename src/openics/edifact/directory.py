"""The segments, composites and elements that ICS messages are built from.

Source: UN/EDIFACT directory D.99B (UNTDID); the service segments from ISO 9735 version 3 and CONTRL D.3. `X*5` stands
for five in a row. Segments that no message of the ICS uses are left out.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

_SEGMENTS: Final = """
UNH 0062 S009 0068 S010
UNS 0081
UNT 0074 0062
UCI 0020 S002 S003 0083 0085 0013 S011
UCM 0062 S009 0083 0085 0013 S011
UCS 0096 0085
UCD 0085 S011
BGM C002 C106 1225 4343
CNI 1490 C503 1312
CNT C270
COM C076
CST 1496 C246*5
CTA 3139 C056
DIM 6145 C211
DMS C106 C002 7240
DOC C002 C503 3153 1220 1218
DTM C507
EQD 8053 C237 C224 8077 8249 8169
EQN C523
ERC C901
ERP C701 C853
FTX 4451 4453 C107 C108 3453 4447
GDS C703
GID 1496 C213*5
GIS C529
HAN C524 C218
LOC 3227 C517 C519 C553 5479
MEA 6311 C502 C174 7383
MOA C516
NAD 3035 C082 C058 C080 C059 3164 C819 3251 3207
PAC 7224 C531 C202 C402 C532
POC C525
QTY C186
RFF C506
SGP C237 7224
STS C601 C555 C556*5
TAX 5283 C241 C533 5286 C243 5305 3446 1227
TDT 8051 8028 C220 C228 C040 8101 C401 C222 8281
TMD C219 8332 8341
TPL C222
TSR C536 C233 C537 C703
"""

_COMPOSITES: Final = """
S002 0004 0007 0008
S003 0010 0007 0014
S009 0065 0052 0054 0051 0057
S010 0070 0073
S011 0098 0104
C002 1001 1131 3055 1000
C040 3127 1131 3055 3128
C056 3413 3412
C058 3124*5
C059 3042*4
C076 3148 3155
C080 3036*5 3045
C082 3039 1131 3055
C106 1004 1056 1060
C107 4441 1131 3055
C108 4440*5
C174 6411 6314 6162 6152 6432
C186 6063 6060 6411
C202 7065 1131 3055 7064
C211 6411 6168 6140 6008
C213 7224 7065 1131 3055 7064 7233
C218 7419 1131 3055 7418
C219 8335 8334
C220 8067 8066
C222 8213 1131 3055 8212 8453
C224 8155 1131 3055 8154
C228 8179 8178
C233 7273 1131 3055 7273 1131 3055
C237 8260 1131 3055 3207
C241 5153 1131 3055 5152
C243 5279 1131 3055 5278 5273 1131 3055
C246 7361 1131 3055
C270 6069 6066 6411
C401 8457 8459 7130
C402 7077 7064 7143 7064 7143
C502 6313 6321 6155 6154
C503 1004 1373 1366 3453 1056 1060
C506 1153 1154 1156 4000 1060
C507 2005 2380 2379
C516 5025 5004 6345 6343 4405
C517 3225 1131 3055 3224
C519 3223 1131 3055 3222
C523 6350 6353
C524 4079 1131 3055 4078
C525 8025 1131 3055 8024
C529 7365 1131 3055 7187
C531 7075 7233 7073
C532 8395 8393
C533 5289 1131 3055
C536 4065 1131 3055
C537 4219 1131 3055
C553 3233 1131 3055 3232
C555 4405 1131 3055 4404
C556 9013 1131 3055 9012
C601 9015 1131 3055
C701 1049 1052 1054
C703 7085 1131 3055
C819 3229 1131 3055 3228
C853 9166 1050 4049
C901 9321 1131 3055
"""

_FORMATS: Final = """
a1: 0073 0081
an..14: 0008 0014 0020 0062
an..2: 0051
an..3: 0013 0052 0054 0083 0085
an..35: 0004 0010 0068
an..4: 0007
an..6: 0057 0065
n..2: 0070
n..3: 0098 0104
n..6: 0074 0096
an..10: 1050 8155
an..12: 5273
an..15: 5286
an..17: 3127 3251 3413 4441 5278 6155 7065 7130 7187 8028 8066 8178 8260
an..18: 6314 7361
an..20: 3446
an..25: 3223 3225 3233
an..256: 3224 9012
an..26: 8332
an..3: 1001 1049 1131 1153 1225 1227 1373 2005 2379 3035 3045 3055 3139 3153 3155 3207 3227 3453 4049 4065 4079
4219 4343 4405 4447 4451 4453 5025 5153 5283 5305 5479 6063 6069 6145 6311 6313 6321 6343 6345 6353 6411 7073
7075 7077 7085 7143 7233 7273 7365 7383 8025 8051 8053 8067 8077 8101 8169 8249 8281 8335 8341 8393 8395 8453
8457 8459 9013 9015 9166
an..35: 1000 1004 1052 1154 2380 3036 3039 3042 3124 3128 3164 3228 3412 4000 4404 5152 6060 7064 7418 8024 8154
8212 8334
an..4: 7419
an..512: 3148 4440
an..6: 1060 1156 5289
an..7: 5279
an..70: 1366 3222 3232 4078 6154
an..8: 8179 9321
an..9: 1056 3229 8213
n..15: 6008 6140 6168 6350 7240
n..18: 6066 6152 6162
n..2: 1218 1220 6432
n..35: 5004
n..4: 1312 1490
n..5: 1496
n..6: 1054
n..8: 7224
"""

QUALIFIERS: Final[dict[str, tuple[str, ...]]] = {
    "CNI": ("1490",),
    "CNT": ("C270.6069",),
    "DOC": ("C002.1001",),
    "DTM": ("C507.2005",),
    "ERC": ("C901.1131",),
    "ERP": ("C701.1049",),
    "FTX": ("4451", "4453"),
    "GIS": ("C529.1131",),
    "LOC": ("3227",),
    "MEA": ("6311",),
    "MOA": ("C516.5025",),
    "NAD": ("3035",),
    "PAC": ("C202.1131",),
    "RFF": ("C506.1153",),
    "TAX": ("5283",),
    "TDT": ("8051",),
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


def _table(text: str) -> dict[str, list[str]]:
    rows = (line.split() for line in text.strip().splitlines())
    return {row[0]: [name for cell in row[1:] for name in _repeated(cell)] for row in rows}


def _repeated(cell: str) -> list[str]:
    name, _, times = cell.partition("*")
    return [name] * int(times or 1)


def _formats() -> dict[str, Format]:
    cells = _FORMATS.split()
    formats: dict[str, Format] = {}
    for cell in cells:
        if cell.endswith(":"):
            current = parse_format(cell[:-1])
        else:
            formats[cell] = current
    return formats


_ELEMENT_FORMATS: Final = _formats()
_COMPOSITE_TABLE: Final = _table(_COMPOSITES)
_SEGMENT_TABLE: Final = _table(_SEGMENTS)


@cache
def segment(tag: str) -> Segment:
    """The layout of a segment. Raises ValueError for a tag that the directory does not hold."""
    if tag not in _SEGMENT_TABLE:
        raise ValueError(f"the directory holds no segment {tag}")
    values: list[Value] = []
    sizes: list[int] = []
    for element, name in enumerate(_SEGMENT_TABLE[tag], start=2):
        components = _COMPOSITE_TABLE.get(name, [name])
        composite = name if name in _COMPOSITE_TABLE else ""
        sizes.append(len(components))
        for component, number in enumerate(components, start=1):
            values.append(Value(element, component, number, composite, _ELEMENT_FORMATS[number]))
    return Segment(tag, tuple(values), tuple(sizes))
