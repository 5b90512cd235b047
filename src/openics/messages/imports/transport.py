"""Transport lines of an import declaration, put together from its references and taken apart again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from openics.messages.imports.codes import TransportReferenceKind
from openics.messages.imports.imd_lines import TransportReference

_PLACES: Final[dict[str | None, str]] = {
    TransportReferenceKind.OCEAN_BILL.value: "ocean_bill",
    TransportReferenceKind.MASTER_WAYBILL.value: "master_waybill",
    TransportReferenceKind.HOUSE_BILL.value: "house_bill",
    TransportReferenceKind.HOUSE_WAYBILL.value: "house_waybill",
    TransportReferenceKind.CONTAINER.value: "container",
    TransportReferenceKind.CONSIGNMENT.value: "consignment_reference",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportLine:
    """One transport line: the cargo by which a declaration is matched to a cargo report."""

    number: int
    ocean_bill: str | None = None
    master_waybill: str | None = None
    house_bill: str | None = None
    house_waybill: str | None = None
    container: str | None = None
    consignment_reference: str | None = None
    cargo_type: str | None = None
    packages: int | None = None


def transport_lines(references: Iterable[TransportReference]) -> tuple[TransportLine, ...]:
    """The transport lines, by number. What names no line belongs to all of them, or to line 1 if none is named."""
    references = tuple(references)
    numbers = sorted({each.line for each in references if each.line is not None}) or ([1] if references else [])
    return tuple(_line(number, references) for number in numbers)


def _line(number: int, references: tuple[TransportReference, ...]) -> TransportLine:
    shared = [each for each in references if each.line is None]
    own = [each for each in references if each.line == number]
    found: dict[str, str | int | None] = {}
    for each in (*shared, *own):
        found[_PLACES[each.kind]] = each.reference
        found |= {"cargo_type": each.cargo_type} if each.cargo_type is not None else {}
        found |= {"packages": each.packages} if each.packages is not None else {}
    return TransportLine(number=number, **found)  # type: ignore[arg-type]  # texts, and packages as a number


def transport_references(lines: Iterable[TransportLine]) -> tuple[TransportReference, ...]:
    """The references that say these lines: numbered, with cargo type and packages under the first of each line."""
    return tuple(reference for line in lines for reference in _references(line))


def _references(line: TransportLine) -> Iterator[TransportReference]:
    present = [(kind, getattr(line, name)) for kind, name in _PLACES.items() if getattr(line, name) is not None]
    for position, (kind, reference) in enumerate(present):
        bare = TransportReference(kind=kind, reference=reference, line=line.number)
        yield bare if position else bare.replace(cargo_type=line.cargo_type, packages=line.packages)
