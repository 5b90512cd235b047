"""ATD: the authority to deal with goods."""

from datetime import date

from openics.edifact.guide import Guide
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.document import Part
from openics.messages.fields import at, group
from openics.messages.imports import codes
from openics.messages.response import Answer
from openics.messages.sources import WALNUT


class ReleasedGoods(Part):
    """One tariff line of an authority to deal."""

    number: int | None = at("CST/1496", "Line Number", required=True)
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description")
    tariff_class: str | None = at("SG12/RFF+ABD/C506.1154", "Tariff Classification", "n8")
    statistical_code: str | None = at("SG12/RFF+AED/C506.1154", "Statistical Code", "n2")


class ReleasedCargo(Part):
    """One transport line of an authority to deal; the first also carries the tariff lines."""

    number: int | None = at("DOC+1/C503.1004", "Transport Line Number", required=True)
    """0 when nothing is transported: goods out of a warehouse."""
    cargo_type: str | None = at("PAC+67/C202.7065", "Cargo Type", codes=ImportCargoType, closed=False)
    packages: int | None = at("PAC/7224", "Number of Packages")
    ocean_bill: str | None = at("RFF+MB/C506.1154", "Ocean Bill of Lading", "an..35")
    master_waybill: str | None = at("RFF+MWB/C506.1154", "Master Waybill", "an11")
    house_bill: str | None = at("RFF+BH/C506.1154", "House Bill of Lading", "an..35")
    house_waybill: str | None = at("RFF+HWB/C506.1154", "House Waybill", "an..35")
    container: str | None = at("RFF+AAQ/C506.1154", "Container Number")
    tariff_lines: tuple[ReleasedGoods, ...] = group("SG11", "Tariff Lines")


class AuthorityToDeal(Answer):
    """Authority to deal: the goods of a declaration may be dealt with as it says."""

    guide = Guide(
        name="ATD",
        type="CUSRES",
        title="Authority to deal",
        direction="out",
        parties="the sender of the declaration",
        purpose="Customs gives authority to deal with the goods of a declaration that is clear and owes nothing. Its number is "
        "that of the declaration with its version; a security code goes with it.",
        source=WALNUT,
        evidence="S",
        segments="""
            UNH M1
            BGM M1      BGM+~961:::ATD
            DTM C9      DTM+58::102  DTM+138::102  DTM+234::102  DTM+235::102
            FTX C99     FTX+AHN  FTX+CIP  FTX+MKS
            TDT C9      TDT+20++++::3+++::11
            LOC C99     LOC+12+::6  LOC+18+::95
            GIS C10     GIS+:109:95
            SG1 C9 (
                NAD M1  NAD+MR+::95  NAD+VT+::95  NAD+CB+::95  NAD+IM  NAD+CM
                SG2 C9 (
                    CTA M1  CTA+IC
                    COM C9  COM+:EM  COM+:FX  COM+:TE
                )
            )
            SG3 C999 (
                RFF M1  RFF+ABO  RFF+ABT  RFF+ABQ  RFF+ADU  RFF+AIA  RFF+AAE  RFF+REN
            )
            SG6 C9999 (
                DOC M1  DOC+1
                PAC C9  PAC+++:67:95  PAC++1
                RFF C9  RFF+MB  RFF+MWB  RFF+BH  RFF+HWB  RFF+AAQ
                SG11 C9999 (
                    CST M1
                    FTX C9  FTX+AAA
                    SG12 C99 (
                        TAX M1  TAX+1
                        RFF C9  RFF+ABD  RFF+AED
                    )
                )
            )
            CNT C9      CNT+5  CNT+2  CNT+3
            UNT M1
        """,
    )

    clearance_date: date | None = at("DTM+58/C507.2380", "Clearance Date")
    payment_date: date | None = at("DTM+138/C507.2380", "Payment Date")
    collection_start: date | None = at("DTM+234/C507.2380", "Collection Start Date")
    collection_end: date | None = at("DTM+235/C507.2380", "Collection End Date")
    status: str | None = at("FTX+AHN/C108.4440#1", "Status", codes=codes.Status, closed=False)
    status_description: str | None = at("FTX+AHN/C108.4440#2", "Status Description")
    action_reason: str | None = at("FTX+CIP/C108.4440", "Customs Action Reason")
    marks: str | None = at("FTX+MKS/C108.4440", "Marks and Numbers")
    voyage: str | None = at("TDT+20/8028", "Voyage Number")
    transport_mode: str | None = at("TDT+20/C220.8067", "Mode of Transport", codes=codes.TransportMode, closed=False)
    airline: str | None = at("TDT+20/C040.3127", "Airline Code")
    vessel_id: str | None = at("TDT+20/C222.8213", "Vessel Id")
    discharge_port: str | None = at("LOC+12/C517.3225", "Discharge Port", "an5")
    warehouse: str | None = at("LOC+18/C517.3225", "Warehouse Establishment Id")
    action: str | None = at("GIS+109/C529.7365", "Action Indicator")
    branch: str | None = at("SG1/NAD+VT/C082.3039", "Branch Id", "an6")
    licence: str | None = at("SG1/NAD+CB/C082.3039", "Nominee Licence Number")
    broker_name: str | None = at("SG1/NAD+CB/C058.3124", "Broker Name")
    importer_name: str | None = at("SG1/NAD+IM/C058.3124", "Importer Name")
    customs_state: str | None = at("SG1/NAD+CM/C058.3124#1", "Customs State", evidence="I")
    customs_workgroup: str | None = at("SG1/NAD+CM/C058.3124#2", "Customs Workgroup", evidence="I")
    customs_officer: str | None = at("SG1/NAD+CM/C058.3124#3", "Customs Officer", evidence="I")
    customs_mail: str | None = at("SG1/SG2/COM+EM/C076.3148", "Customs E-mail")
    customs_fax: str | None = at("SG1/SG2/COM+FX/C076.3148", "Customs Fax")
    customs_phone: str | None = at("SG1/SG2/COM+TE/C076.3148", "Customs Telephone")
    declaration_number: str | None = at("SG3/RFF+ABT/C506.1154", "Import Declaration Number", "an9")
    declaration_version: int | None = at("SG3/RFF+ABT/C506.4000", "Import Declaration Version")
    owner_reference: str | None = at("SG3/RFF+ABQ/C506.1154", "Owner Reference", "an..20")
    broker_reference: str | None = at("SG3/RFF+ADU/C506.1154", "Broker Reference")
    security_code: str | None = at("SG3/RFF+AIA/C506.1154", "ATD Security Code", "an9")
    nature: str | None = at("SG3/RFF+AAE/C506.1154", "Nature Type", codes=codes.DeclarationNature, closed=False)
    receipt_for_goods: str | None = at("SG3/RFF+REN/C506.1154", "Customs Receipt for Goods Id")
    transport_lines: tuple[ReleasedCargo, ...] = group("SG6", "Transport Lines")
    line_count: int | None = at("CNT+5/C270.6066", "Number of Tariff Lines")
    transport_line_count: int | None = at("CNT+2/C270.6066", "Number of Transport Lines")
    third_count: int | None = at("CNT+3/C270.6066", "Count 3")
    """0 wherever seen; what it counts is not known."""
