"""EXPED2: the aggregated periodic export declaration."""

from openics.edifact.guide import Guide
from openics.messages.choices import exports as choices
from openics.messages.exports.periodic import PeriodicConsignment, PeriodicDeclaration, PeriodicLine, table
from openics.messages.fields import each, group
from openics.messages.sources import GUIDELINES


class AggregatedConsignment(PeriodicConsignment):
    """Goods exported under several accredited client numbers, added up by AHECC code."""

    aceans: tuple[str, ...] = each(
        f"RFF+{choices.ACCREDITED_NUMBER}/C506.1154",
        "Accredited Client Export Authority Numbers",
        "an9",
        use="M",
        condition="each in one consignment",
        evidence="I",
    )


class AggregatedPeriodicDeclaration(PeriodicDeclaration):
    """Periodic declaration, aggregated: lines are totals by AHECC code over several accredited client numbers."""

    guide = Guide(
        name="EXPED2",
        type="CUSPED",
        title="Exports periodic declaration, aggregated",
        direction="in",
        parties="accredited clients and their agents",
        answer="EXPED2R",
        purpose="An accredited client accounts for the goods exported under its numbers in a month, added up by AHECC code: "
        "at most 999 numbers and 999 lines.",
        source=f"{GUIDELINES}/exped2-exports-periodic-dec-(aggregated)",
        version="2.7 (5 February 2003)",
        segments=table("EXPED2", f"RFF+{choices.ACCREDITED_NUMBER}*9"),
    )

    consignments: tuple[AggregatedConsignment, ...] = group(
        "SG7", "Consignments", condition="needed unless only the heading is replaced"
    )

    @property
    def lines(self) -> tuple[PeriodicLine, ...]:
        """The lines of all consignments."""
        return tuple(line for consignment in self.consignments for line in consignment.lines)
