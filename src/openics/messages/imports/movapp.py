"""MOVAPP: an application to move goods."""

from openics.edifact.guide import Guide
from openics.messages.choices import imports as choices
from openics.messages.document import Part
from openics.messages.fields import at, group
from openics.messages.imports.release import CARGO, CargoReference, CargoRequest
from openics.messages.sources import GUIDELINES


class MovementLine(Part):
    """One line of goods to be moved."""

    number: int | None = at("CNI/1490", "Line Number", use="M", required=True, evidence="I")
    references: tuple[CargoReference, ...] = group("SG8", "References", use="M")


class MovementApplication(CargoRequest):
    """Goods movement application: declared goods are to go to another place while customs control lasts."""

    guide = Guide(
        name="MOVAPP",
        type="CUSCAR",
        title="Goods movement application",
        direction="in",
        parties="owners of declared goods and their brokers",
        answer="MOVAPPR",
        purpose="Asks for permission to move declared goods that are still under customs control, for instance to a place of "
        "inspection. The segment table is published; which items stand in it is inferred.",
        source=f"{GUIDELINES}/movapp-goods-movement-application",
        version="2.3 (24 March 2004)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~78:::MOVAPP
            LOC C9      LOC+{choices.ORIGIN_ESTABLISHMENT}+::95  LOC+{choices.DESTINATION_ESTABLISHMENT}+::95
            SG1 C99 (
                RFF M1  RFF+ABQ  RFF+ABT  RFF+ADU
            )
            SG2 C99 (
                NAD M1  NAD+AT+::95  NAD+WP+::95  NAD+VT+::95  NAD+CB+::95  NAD+IM+::95
            )
            FTX C9      FTX+ACD  FTX+{choices.CHANGE_REASON}
            GIS C9      GIS+:{choices.MOVEMENT_REASON_LIST}:95
            SG7 C9999 (
                CNI M1
                SG8 C9999 (
                    RFF M1  {CARGO}
                    GIS C9  GIS+:109:95*9
                    SG14 M9999 (
                        GID M1
                        PAC C9  PAC+++:67:95  PAC+++:185:95
                    )
                )
            )
            UNT M1
        """,
    )

    origin: str | None = at(f"LOC+{choices.ORIGIN_ESTABLISHMENT}/C517.3225", "Origin Establishment Id", evidence="I")
    destination: str | None = at(
        f"LOC+{choices.DESTINATION_ESTABLISHMENT}/C517.3225", "Destination Establishment Id", use="M", evidence="I"
    )
    declaration_number: str | None = at(
        "SG1/RFF+ABT/C506.1154", "Import Declaration Number", "an9", use="M", evidence="I"
    )
    owner_abn: str | None = at("SG2/NAD+AT/C082.3039", "Owner ABN", "n11", evidence="I")
    importer_id: str | None = at("SG2/NAD+IM/C082.3039", "Importer Id", "an..11", evidence="I")
    reason: str | None = at("FTX+ACD/C108.4440", "Movement Reason", evidence="I")
    change_reason: str | None = at(
        f"FTX+{choices.CHANGE_REASON}/C108.4440", "Change Reason", condition="on a change (4)", evidence="I"
    )
    reason_type: str | None = at(f"GIS+{choices.MOVEMENT_REASON_LIST}/C529.7365", "Movement Reason Type", evidence="I")
    lines: tuple[MovementLine, ...] = group("SG7", "Lines", use="M")
