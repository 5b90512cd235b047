"""SAC: the self-assessed clearance declaration."""

from datetime import date

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.choices import imports as choices
from openics.messages.fields import at, group
from openics.messages.imports.declaration import HEADER_REFERENCES, PARTIES, Declaration, TariffLine
from openics.messages.sources import GUIDELINES


class ClearanceLine(TariffLine):
    """One tariff line of a self-assessed clearance."""

    action: str | None = at(
        "CST/C246.7361",
        "Line Action Code",
        codes=codes.LineAction,
        closed=False,
        condition="I on an original, needed on a change (4)",
    )


class SelfAssessedClearance(Declaration):
    """Self-assessed clearance: goods worth AUD 1000 or less, for one consignment; short without lines, or in full."""

    guide = Guide(
        name="SAC",
        type="CUSDEC",
        title="Self-assessed clearance declaration",
        direction="in",
        parties="owners of goods and their brokers",
        answer="SACR, SAM, ATD",
        purpose="Declares goods of low value. The short form has no tariff lines; the full form has them and is needed when "
        "something is payable or a permit applies.",
        source=f"{GUIDELINES}/sac-self-assessed-clearance",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.DECLARATION}:::SAC
            LOC C99     LOC+8+::6  LOC+12+::6  LOC+27+::5
            DTM C15     DTM+178::102  DTM+260::102
            GIS C25     GIS+:153:95  GIS+:109:95*9
            FII C1      FII+COQ++:::::215
            FTX C99     FTX+AAA  FTX+DEL  FTX+{choices.CHANGE_REASON}  FTX+ACD*90
            SG1 C99 (
                RFF M1  RFF+MB  RFF+MWB  RFF+BH  RFF+HWB  RFF+AAQ  RFF+{choices.CONSIGNMENT_REFERENCE}  {HEADER_REFERENCES}
                SG2 C10 (
                    PAC M1  PAC+++:67:95  PAC++1
                )
            )
            SG4 C5 (
                TDT M1  TDT+20+++++++::11
            )
            SG6 C10 (
                NAD M1  {PARTIES}
                CTA C1  CTA+IC
                COM C5  COM+:TE
            )
            SG8 C25 (
                MOA M1  MOA+40  MOA+68
            )
            UNS M1      UNS+D
            SG30 C99999 (
                CST M1  CST++::95
                FTX C9  FTX+AAA  FTX+{choices.PROTECTION_ANSWER}*8
                MEA C20 MEA+AAA*20
                SG33 C25 (
                    MOA M1  MOA+{choices.LINE_PRICE}
                )
                SG35 C999 (
                    RFF M1  RFF+ABD  RFF+AED  RFF+ABE  RFF+ASA  RFF+DA  RFF+{choices.PERMIT}*99
                )
                SG40 C25 (
                    GIS M1  GIS+:109:95*9
                )
            )
            UNS M1      UNS+S
            UNT M1
        """,
    )

    origin_country: str | None = at("LOC+27/C517.3225", "Goods Origin Country Code", "a2", use="M")
    valuation_date: date | None = at("DTM+260/C507.2380", "Valuation Date", use="M")
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", use="M")
    ocean_bill: str | None = at("SG1/RFF+MB/C506.1154", "Ocean Bill of Lading", "an..35", condition="by sea")
    master_waybill: str | None = at("SG1/RFF+MWB/C506.1154", "Master Waybill", "an11", condition="by air")
    house_bill: str | None = at("SG1/RFF+BH/C506.1154", "House Bill of Lading", "an..35", condition="by sea")
    house_waybill: str | None = at("SG1/RFF+HWB/C506.1154", "House Waybill", "an..35", condition="by air")
    container: str | None = at("SG1/RFF+AAQ/C506.1154", "Container Number", condition="cargo in a container")
    consignment_reference: str | None = at(
        f"SG1/RFF+{choices.CONSIGNMENT_REFERENCE}/C506.1154", "Consignment Reference", "an..35"
    )
    cargo_type: str | None = at("SG1/SG2/PAC+67/C202.7065", "Cargo Type", codes=ImportCargoType, closed=False)
    packages: int | None = at("SG1/SG2/PAC/7224", "Number of Packages", evidence="I")
    lines: tuple[ClearanceLine, ...] = group("SG30", "Lines", condition="in the full form")
