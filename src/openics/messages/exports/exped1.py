"""EXPED1: the periodic export declaration by authority number."""

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.exports.periodic import PeriodicConsignment, PeriodicDeclaration, PeriodicLine, table
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class AccreditedConsignment(PeriodicConsignment):
    """The goods exported under one accredited client number."""

    acean: str | None = at(
        f"RFF+{choices.ACCREDITED_NUMBER}/C506.1154",
        "Accredited Client Export Authority Number",
        "an9",
        use="M",
        evidence="D",
    )


class PeriodicDeclarationByNumber(PeriodicDeclaration):
    """Periodic declaration, not aggregated: every line belongs to one accredited client number."""

    guide = Guide(
        name="EXPED1",
        type="CUSPED",
        title="Exports periodic declaration, not aggregated",
        direction="in",
        parties="accredited clients and their agents",
        answer="EXPED1R",
        purpose="An accredited client accounts for the goods exported under its numbers in a month, number by number: at most "
        "300 numbers in a message with up to 99 lines each.",
        source=f"{GUIDELINES}/exped1-exports-periodic-dec-(non-aggregated)",
        version="2.7 (5 January 2003)",
        segments=table("EXPED1", f"RFF+{choices.ACCREDITED_NUMBER}"),
    )

    consignments: tuple[AccreditedConsignment, ...] = group(
        "SG7", "Consignments", condition="needed unless only the heading is replaced"
    )

    @property
    def lines(self) -> tuple[PeriodicLine, ...]:
        """The lines of all consignments."""
        return tuple(line for consignment in self.consignments for line in consignment.lines)
