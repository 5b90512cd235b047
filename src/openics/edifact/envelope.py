"""The interchange header UNB: its values, and what is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from openics.edifact.charset import REPERTOIRES
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.places import place_in_segment
from openics.edifact.segments import split_components, split_elements
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

RULE = "ISO 9735 version 3, UNB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The values of UNB, each as text exactly as it stands there; nothing stands for an absent one.

    `sender` is the site that built the interchange and `owner` (S002/0008, reverse routing) the site whose messages it
    holds. `date` is YYMMDD and `time` HHMM on the sender's own clock.
    """

    syntax_id: str = "UNOC"
    syntax_version: str = "3"
    sender: str
    owner: str = ""
    recipient: str
    date: str
    time: str
    control_reference: str
    acknowledgement_request: bool = False
    test: bool = False
    sender_qualifier: str = ""
    recipient_qualifier: str = ""
    recipient_routing: str = ""
    password: str = ""
    password_qualifier: str = ""
    application_reference: str = ""
    priority: str = ""
    agreement: str = ""

    def prepared_at(self, zone: tzinfo) -> datetime | None:
        """The date and time of preparation in the sender's `zone`, years being 20YY; None if they are not real ones."""
        digits = self.date + self.time
        if len(self.date) != 6 or len(self.time) != 4 or not (digits.isascii() and digits.isdigit()):
            return None
        year, month, day, hour, minute = (int(digits[at : at + 2]) for at in range(0, 10, 2))
        try:
            return datetime(2000 + year, month, day, hour, minute, tzinfo=zone)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class _Item:
    """One data element of UNB: where it stands (tag = element 1), its name and number, and what it may be."""

    element: int
    component: int | None
    name: str
    number: str
    longest: int
    shortest: int = 1
    mandatory: bool = False
    digits: bool = False
    values: tuple[str, ...] = ()
    otherwise: SyntaxCode = SyntaxCode.INVALID_VALUE


_ITEMS = (
    _Item(2, 1, "syntax_id", "S001/0001", 4, 4, True, False, tuple(REPERTOIRES), SyntaxCode.VERSION_NOT_SUPPORTED),
    _Item(2, 2, "syntax_version", "S001/0002", 1, 1, True, False, ("3",), SyntaxCode.VERSION_NOT_SUPPORTED),
    _Item(3, 1, "sender", "S002/0004", 35, mandatory=True),
    _Item(3, 2, "sender_qualifier", "S002/0007", 4),
    _Item(3, 3, "owner", "S002/0008", 14),
    _Item(4, 1, "recipient", "S003/0010", 35, mandatory=True),
    _Item(4, 2, "recipient_qualifier", "S003/0007", 4),
    _Item(4, 3, "recipient_routing", "S003/0014", 14),
    _Item(5, 1, "date", "S004/0017", 6, 6, mandatory=True, digits=True),
    _Item(5, 2, "time", "S004/0019", 4, 4, mandatory=True, digits=True),
    _Item(6, None, "control_reference", "0020", 14, mandatory=True),
    _Item(7, 1, "password", "S005/0022", 14),
    _Item(7, 2, "password_qualifier", "S005/0025", 2, 2),
    _Item(8, None, "application_reference", "0026", 14),
    _Item(9, None, "priority", "0029", 1),
    _Item(10, None, "acknowledgement_request", "0031", 1, values=("1",)),
    _Item(11, None, "agreement", "0032", 35),
    _Item(12, None, "test", "0035", 1, values=("1",)),
)
_FLAGS = {"acknowledgement_request", "test"}
_DATE = next(item for item in _ITEMS if item.name == "date")
_COMPONENTS = {1: 1} | {element: sum(item.element == element for item in _ITEMS) for element in range(2, 13)}


def parse_header(
    segment: str, separators: Separators = DEFAULT_SEPARATORS, offset: int = 0
) -> tuple[Header, list[Fault]]:
    """The header in a UNB segment that starts at byte `offset`, and the faults of its elements."""
    elements = [split_components(element, separators) for element in split_elements(segment, separators)]
    values = {item.name: _value(elements, item) for item in _ITEMS}
    header = _header(values)
    faults = [*_item_faults(values), *_surplus_faults(elements)]
    if not any(fault.name in {"date", "time"} for fault in faults) and header.prepared_at(UTC) is None:
        found = f"{header.date}:{header.time}"
        faults.append(_fault(_DATE, SyntaxCode.INVALID_VALUE, f"and S004/0019 make no real time: {found}", found))
    places = [place_in_segment(segment, fault.element or 1, fault.component, separators) for fault in faults]
    return header, [replace(fault, offset=offset + place) for fault, place in zip(faults, places, strict=True)]


def _header(values: dict[str, str]) -> Header:
    texts = {name: value for name, value in values.items() if name not in _FLAGS}
    return Header(
        **texts,
        acknowledgement_request=values["acknowledgement_request"] == "1",
        test=values["test"] == "1",
    )


def _value(elements: list[list[str]], item: _Item) -> str:
    components = elements[item.element - 1] if len(elements) >= item.element else []
    position = item.component or 1
    return components[position - 1] if len(components) >= position else ""


def _item_faults(values: dict[str, str]) -> Iterator[Fault]:
    for item in _ITEMS:
        verdict = _verdict(item, values[item.name])
        if verdict:
            yield _fault(item, *verdict, values[item.name])


def _verdict(item: _Item, value: str) -> tuple[SyntaxCode, str] | None:
    if not value:
        return (SyntaxCode.MISSING, "is missing; it is mandatory") if item.mandatory else None
    if item.values and value not in item.values:
        return item.otherwise, f"is {value!r}; write {' or '.join(item.values)}"
    if len(value) > item.longest:
        return SyntaxCode.TOO_LONG, f"has {len(value)} characters; at most {item.longest} are allowed"
    if len(value) < item.shortest:
        return SyntaxCode.TOO_SHORT, f"has {len(value)} characters; at least {item.shortest} are needed"
    if item.digits and not (value.isascii() and value.isdigit()):
        return SyntaxCode.INVALID_CHARACTER_TYPE, f"is {value!r}; write digits only"
    return None


def _fault(item: _Item, code: SyntaxCode, text: str, found: str) -> Fault:
    return Fault(
        code,
        f"UNB {item.number} {text}",
        offset=0,
        tag="UNB",
        element=item.element,
        component=item.component,
        name=item.name,
        found=found or None,
        rule=RULE,
    )


def _surplus_faults(elements: list[list[str]]) -> Iterator[Fault]:
    for position, components in enumerate(elements[: len(_COMPONENTS)], start=1):
        allowed = _COMPONENTS[position]
        if len(components) > allowed:
            text = f"UNB element {position} has {len(components)} components; at most {allowed} are allowed"
            yield _surplus(text, position, allowed + 1)
    if len(elements) > len(_COMPONENTS):
        text = f"UNB has {len(elements)} elements, its tag included; at most {len(_COMPONENTS)} are allowed"
        yield _surplus(text, len(_COMPONENTS) + 1, None)


def _surplus(text: str, element: int, component: int | None) -> Fault:
    return Fault(SyntaxCode.TOO_MANY_CONSTITUENTS, text, 0, tag="UNB", element=element, component=component, rule=RULE)
