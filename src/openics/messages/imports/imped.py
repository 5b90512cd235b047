"""IMPED1 and IMPED2: the periodic import declarations of accredited clients."""

from openics.edifact.guide import Guide
from openics.messages.fields import at, group
from openics.messages.imports import codes
from openics.messages.imports.periodic import PeriodicDeclaration, PeriodicLine, Release, periodic_segments
from openics.messages.sources import GUIDELINES


class DetailedRelease(Release):
    """One request for cargo release with its own tariff lines."""

    lines: tuple[PeriodicLine, ...] = group("SG15", "Lines", use="M")


class DetailedPeriodicDeclaration(PeriodicDeclaration):
    """Periodic declaration, minimum aggregation: the tariff lines of each release stand inside it."""

    guide = Guide(
        name="IMPED1",
        type="CUSPED",
        title="Import periodic declaration, minimum aggregation",
        direction="in",
        parties="accredited clients and their brokers",
        answer="IMPED1R",
        purpose="An accredited client declares at the end of a period the goods released in it, request for request. The "
        "segment table is published; which items stand in it is inferred.",
        source=f"{GUIDELINES}/imped1-import-periodic-declaration-1",
        version="2.2 (5 April 2004)",
        segments=periodic_segments("IMPED1"),
    )

    releases: tuple[DetailedRelease, ...] = group("SG7", "Releases", use="M")

    @property
    def lines(self) -> tuple[PeriodicLine, ...]:
        """The tariff lines of all releases."""
        return tuple(line for release in self.releases for line in release.lines)


class AggregatedLine(PeriodicLine):
    """One tariff line over several releases, by one mode of transport."""

    transport_mode: str | None = at(
        "TDT+20/C220.8067", "Mode of Transport", codes=codes.TransportMode, closed=False, evidence="I"
    )


class AggregatedRelease(Release):
    """One request for cargo release; under the last one stand the tariff lines of all."""

    lines: tuple[AggregatedLine, ...] = group("SG15", "Lines", condition="under the last release only")


class AggregatedPeriodicDeclaration(PeriodicDeclaration):
    """Periodic declaration, maximum aggregation: first all releases, then the tariff lines of all of them."""

    guide = Guide(
        name="IMPED2",
        type="CUSPED",
        title="Import periodic declaration, maximum aggregation",
        direction="in",
        parties="accredited clients and their brokers",
        answer="IMPED2R",
        purpose="An accredited client declares at the end of a period the goods released in it, all requests first, then the "
        "tariff lines added up over them. The segment table is published; which items stand in it is inferred.",
        source=f"{GUIDELINES}/imped2-import-periodic-declaration-2",
        version="2.2 (5 April 2004)",
        segments=periodic_segments("IMPED2", "TDT C9  TDT+20"),
    )

    releases: tuple[AggregatedRelease, ...] = group("SG7", "Releases", use="M")

    @property
    def lines(self) -> tuple[AggregatedLine, ...]:
        """The tariff lines of all releases."""
        return tuple(line for release in self.releases for line in release.lines)
