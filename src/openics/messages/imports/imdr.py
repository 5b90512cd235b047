"""IMDR: the response to an import declaration."""

from datetime import date
from typing import Final

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.document import Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes as import_codes
from openics.messages.imports.amounts import AMOUNT_KINDS, LineTax
from openics.messages.imports.answers import ERRORS, TOTALS, PaymentLiable
from openics.messages.sources import GUIDELINES, WALNUT


class LineResult(Part):
    """What a response says of one tariff line."""

    number: int | None = at("CST/1496", "Line Number", required=True)
    nature: str | None = at("CST/C246.7361", "Nature Type", codes=import_codes.Nature, closed=False)
    rate: str | None = at("FTX+AAF/C108.4440", "Duty Rate")
    """`FREE`, or a percentage such as `5%`."""
    taxes: tuple[LineTax, ...] = group("SG12", "Amounts and Indicators")


class Advice(Part):
    """A message advice and the lines that it is about."""

    advice: str | None = at("ERP/C701.1054", "Advice Id", required=True)
    lines: tuple[str, ...] = each("ERC/C901.9321", "Lines")
    texts: tuple[str, ...] = each("FTX+ABS/C108.4440", "Advice Text")


class TransportResult(Part):
    """What a response says of one transport line; the first also carries the tariff lines and the advices."""

    number: int | None = at("DOC+1/C503.1004", "Transport Line Number", required=True)
    """0 when nothing is transported: goods out of a warehouse."""
    status: str | None = at("FTX+AHN/C108.4440#1", "Status", codes=import_codes.Status, closed=False)
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description")
    tariff_lines: tuple[LineResult, ...] = group("SG11", "Tariff Lines")
    advices: tuple[Advice, ...] = group("SG13", "Advices")


RESULTS: Final = f"""
    SG6 C9999 (
        DOC M1  DOC+1
        FTX C9  FTX+AHN
        SG11 C9999 (
            CST M1  CST++::95
            FTX C9  FTX+AAF
            SG12 C99 (
                TAX M1  TAX+1
                MOA C99 MOA+{AMOUNT_KINDS}*99
                GIS C99 GIS+:109:95*99
            )
        )
        SG13 C9999 (
            ERP M1  ERP+
            ERC C9999 ERC+::95*9999
            FTX C9  FTX+ABS*9
        )
    )
"""
"""The transport lines of a response (S)."""

_SEGMENTS: Final = """
    UNH M1
    BGM M1      BGM+~961:::{name}
    DTM C9      DTM+9::102
    FTX C99     FTX+AHN
    GIS C10     GIS+:117:95  GIS+:109:95*9
    SG1 C9 (
        NAD M1  NAD+MR+::95  NAD+VT+::95  NAD+CB+::=95  NAD+IM  NAD+CB
    )
    SG3 C999 (
        RFF M1  RFF+ABO  RFF+ABT  RFF+ABQ  RFF+ADU  RFF+AAE
    )
    {errors}
    {totals}
    {results}
    CNT C9      CNT+5  CNT+55
    UNT M1
"""


class DeclarationResponse(PaymentLiable):
    """What the answers to both declarations tell."""

    effective_duty_date: date | None = at("DTM+9/C507.2380", "Effective Duty Date")
    """The date whose rates the declaration is reckoned with."""
    pre_lodge: str | None = at(
        "GIS+117/C529.7365", "Pre-lodge Indicator", codes=codes.Indicator, condition="if accepted"
    )
    liability_blocks: tuple[str, ...] = each(
        "GIS+109/C529.7365", "Liability Blocks", codes=import_codes.LiabilityBlock, closed=False
    )
    licence: str | None = at("SG1/NAD+CB+95/C082.3039", "Nominee Licence Number")
    importer_name: str | None = at("SG1/NAD+IM/C058.3124", "Importer Name")
    broker_name: str | None = at("SG1/NAD+CB/C058.3124", "Broker Name")
    nature: str | None = at(
        "SG3/RFF+AAE/C506.1154", "Header Nature Type", codes=import_codes.DeclarationNature, closed=False
    )
    transport_lines: tuple[TransportResult, ...] = group("SG6", "Transport Lines", condition="if accepted")
    line_count: int | None = at("CNT+5/C270.6066", "Number of Tariff Lines", condition="if accepted")

    @property
    def tariff_lines(self) -> tuple[LineResult, ...]:
        """The tariff lines, wherever they stand."""
        return tuple(line for transport in self.transport_lines for line in transport.tariff_lines)

    @property
    def advices(self) -> tuple[Advice, ...]:
        """The advices, wherever they stand."""
        return tuple(advice for transport in self.transport_lines for advice in transport.advices)


class ImportDeclarationResponse(DeclarationResponse):
    """Response to an import declaration: number, status, what is owed, what is wrong, what to know."""

    guide = Guide(
        name="IMDR",
        type="CUSRES",
        title="Import declaration response",
        direction="out",
        parties="the sender of the import declaration",
        purpose="Customs tells the sender of an import declaration whether it is accepted. An accepted one has its number, "
        "status, amounts, and the state of each transport line; a refused one has nothing but errors.",
        source=WALNUT,
        evidence="S",
        segments=_SEGMENTS.format(name="IMDR", errors=ERRORS, totals=TOTALS, results=RESULTS),
    )


class ClearanceResponse(DeclarationResponse):
    """Response to a self-assessed clearance: that to an import declaration, under its own name."""

    guide = Guide(
        name="SACR",
        type="CUSRES",
        title="Self-assessed clearance response",
        direction="out",
        parties="the sender of the self-assessed clearance",
        purpose="Customs tells the sender of a self-assessed clearance whether it is accepted, under which number, in which "
        "status, and what is owed. A short clearance has no tariff lines, so neither has its response.",
        source=f"{GUIDELINES}/sac-self-assessed-clearance",
        evidence="I",
        segments=_SEGMENTS.format(name="SACR", errors=ERRORS, totals=TOTALS, results=RESULTS),
    )
