"""What the self-assessed clearance and the full import declaration have in common: header items, lines, answers."""

from datetime import date
from decimal import Decimal
from typing import Final

from openics.messages import codes
from openics.messages.choices import imports as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes as import_codes

HEADER_REFERENCES: Final = "RFF+ABQ  RFF+ABT  RFF+ADU  RFF+AMG  RFF+ANU"
"""The references of a declaration that are not about transport (seen on self-assessed clearances, S)."""

PARTIES: Final = "NAD+DP  NAD+AT+::95  NAD+WP+::95  NAD+IM+::95  NAD+VT+::95  NAD+SU+::95  NAD+CB+::95"
"""The parties that both declarations name."""


class QuestionAnswer(Part):
    """The answer to one question: of lodgement in the header, of community protection in a line."""

    question: str | None = at("C108.4440#1", "Question Id", use="M", required=True)
    answer: str | None = at("C108.4440#2", "Answer", codes=codes.Indicator, use="M")
    reason: str | None = at("C108.4440#3", "Referral Reason")


class Quantity(Part):
    """One quantity of a tariff line."""

    unit: str | None = at(
        "C174.6411", "Quantity Unit", codes=codes.Unit, closed=False, use="M", required=True, evidence="I"
    )
    amount: Decimal | None = at("C174.6314", "Quantity", condition="unless the unit is NR", evidence="I")


class TariffLine(Part):
    """One tariff line: what both declarations say of it."""

    number: int | None = at("CST/1496", "Line Number", use="M", required=True)
    description: str | None = at("FTX+AAA/C108.4440", "Goods Description", use="M")
    protection_answers: tuple[QuestionAnswer, ...] = group(
        f"FTX+{choices.PROTECTION_ANSWER}", "Community Protection Answers", evidence="I"
    )
    quantities: tuple[Quantity, ...] = group(
        "MEA+AAA", "Quantities", condition="one for each unit that the tariff or statistical code demands"
    )
    price: Decimal | None = at(f"SG33/MOA+{choices.LINE_PRICE}/C516.5004", "Price", use="M")
    price_currency: str | None = at(f"SG33/MOA+{choices.LINE_PRICE}/C516.6345", "Price Currency Code", "a3", use="M")
    tariff_class: str | None = at("SG35/RFF+ABD/C506.1154", "Tariff Classification", "n8", use="M")
    statistical_code: str | None = at("SG35/RFF+AED/C506.1154", "Statistical Code", "n2", use="M")
    refund_reason: str | None = at(
        "SG35/RFF+ABE/C506.1154",
        "Refund Reason",
        codes=import_codes.RefundReason,
        closed=False,
        condition="when a change leaves less to pay for the line",
    )
    gst_exemption: str | None = at(
        "SG35/RFF+ASA/C506.1154", "GST Exemption Code", codes=import_codes.GstExemption, closed=False
    )
    wet_exemption: str | None = at("SG35/RFF+DA/C506.1154", "WET Exemption Code", condition="not with WET quoted")
    permits: tuple[str, ...] = each(
        f"SG35/RFF+{choices.PERMIT}/C506.1154",
        "Permit",
        condition="when the tariff class or a community protection answer asks for one; prefix and number",
        evidence="I",
    )
    indicators: tuple[str, ...] = each(
        "SG40/GIS+109/C529.7365", "Line Indicators", codes=import_codes.LineIndicator, closed=False
    )


class Declaration(Document):
    """Header items that both declarations have."""

    sender_reference: str | None = at("BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True)
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True)
    function: str | None = at(
        "BGM/1225",
        "Transaction Type",
        codes=import_codes.DeclarationFunction,
        closed=False,
        use="M",
        required=True,
        evidence="I",
    )
    destination_port: str | None = at("LOC+8/C517.3225", "Destination Port", "an5", use="M")
    discharge_port: str | None = at("LOC+12/C517.3225", "Discharge Port", "an5", use="M")
    arrival_date: date | None = at("DTM+178/C507.2380", "Arrival Date", use="M")
    eft_indicator: str | None = at("GIS+153/C529.7365", "EFT Payment Indicator", codes=codes.Indicator, use="M")
    indicators: tuple[str, ...] = each(
        "GIS+109/C529.7365", "Declaration Indicators", codes=import_codes.DeclarationIndicator, closed=False
    )
    bank_account: str | None = at("FII+COQ/C078.3194", "Bank Account Number", condition="not on an original")
    bank_account_name: str | None = at("FII+COQ/C078.3192#1", "Bank Account Name", condition="with an account number")
    bank_account_name_2: str | None = at("FII+COQ/C078.3192#2", "Bank Account Name, continued")
    bsb: str | None = at("FII+COQ/C088.3434", "Bank State Branch", "n6", condition="with an account number")
    delivery_name: str | None = at("FTX+DEL/C108.4440", "Delivery Name")
    change_reason: str | None = at(
        f"FTX+{choices.CHANGE_REASON}/C108.4440", "Change Reason", condition="needed on a change (4)", evidence="I"
    )
    lodgement_answers: tuple[QuestionAnswer, ...] = group("FTX+ACD", "Lodgement Answers")
    owner_reference: str | None = at("SG1/RFF+ABQ/C506.1154", "Owner Reference", "an..20", evidence="D")
    declaration_number: str | None = at(
        "SG1/RFF+ABT/C506.1154", "Import Declaration Number", "an9", condition="needed unless original"
    )
    broker_reference: str | None = at("SG1/RFF+ADU/C506.1154", "Broker Reference")
    lodgement_id: str | None = at("SG1/RFF+AMG/C506.1154", "Lodgement Declaration Id")
    bank_account_owner: str | None = at(
        "SG1/RFF+ANU/C506.1154", "Bank Account Owner Type", codes=import_codes.BankAccountOwner, closed=False
    )
    voyage: str | None = at("SG4/TDT+20/8028", "Voyage Number", "an..6", condition="needed by sea")
    transport_mode: str | None = at(
        "SG4/TDT+20/C220.8067", "Mode of Transport", codes=import_codes.TransportMode, closed=False, use="M"
    )
    airline: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", condition="needed by air, only then")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", condition="needed by sea")
    delivery_locality: str | None = at("SG6/NAD+DP/C058.3124#1", "Delivery Locality", use="M", evidence="D")
    delivery_locality_2: str | None = at("SG6/NAD+DP/C058.3124#2", "Delivery Locality, continued")
    delivery_street: str | None = at("SG6/NAD+DP/C059.3042#1", "Delivery Address Line 1", use="M", evidence="D")
    delivery_street_1b: str | None = at("SG6/NAD+DP/C059.3042#2", "Delivery Address Line 1, continued")
    delivery_street_2: str | None = at("SG6/NAD+DP/C059.3042#3", "Delivery Address Line 2")
    delivery_street_2b: str | None = at("SG6/NAD+DP/C059.3042#4", "Delivery Address Line 2, continued")
    delivery_state: str | None = at("SG6/NAD+DP/C819.3228", "Delivery State")
    delivery_postcode: str | None = at("SG6/NAD+DP/3251", "Delivery Postcode")
    delivery_country: str | None = at("SG6/NAD+DP/3207", "Delivery Country Code", "a2")
    owner_abn: str | None = at(
        "SG6/NAD+AT/C082.3039", "Owner ABN", "n11", condition="or importer id, or name", evidence="D"
    )
    owner_centre: str | None = at(
        "SG6/NAD+WP/C082.3039",
        "Owner Client Activity Centre",
        "n3",
        condition="with an ABN; 001 when it has only one",
        evidence="D",
    )
    importer_id: str | None = at("SG6/NAD+IM/C082.3039", "Importer Id", "an..11", condition="or owner ABN, or name")
    importer_name: str | None = at("SG6/NAD+IM/C058.3124#1", "Importer Name", condition="or owner ABN, or importer id")
    importer_name_2: str | None = at("SG6/NAD+IM/C058.3124#2", "Importer Name, continued")
    importer_street: str | None = at("SG6/NAD+IM/C059.3042#1", "Importer Address Line 1")
    importer_street_1b: str | None = at("SG6/NAD+IM/C059.3042#2", "Importer Address Line 1, continued")
    importer_street_2: str | None = at("SG6/NAD+IM/C059.3042#3", "Importer Address Line 2")
    importer_street_2b: str | None = at("SG6/NAD+IM/C059.3042#4", "Importer Address Line 2, continued")
    importer_locality: str | None = at("SG6/NAD+IM/3164", "Importer Locality")
    importer_state: str | None = at("SG6/NAD+IM/C819.3228", "Importer State")
    importer_postcode: str | None = at("SG6/NAD+IM/3251", "Importer Postcode")
    importer_country: str | None = at("SG6/NAD+IM/3207", "Importer Country Code", "a2")
    branch: str | None = at(
        "SG6/NAD+VT/C082.3039", "Branch Id", "an6", condition="needed with more than one branch", evidence="D"
    )
    supplier_id: str | None = at("SG6/NAD+SU/C082.3039", "Supplier Id", "an..11")
    supplier_name: str | None = at("SG6/NAD+SU/C080.3036#1", "Supplier Name")
    supplier_name_2: str | None = at("SG6/NAD+SU/C080.3036#2", "Supplier Name, continued")
    licence: str | None = at(
        "SG6/NAD+CB/C082.3039", "Nominee Licence Number", condition="needed from a broker", evidence="I"
    )
    contact_id: str | None = at("SG6/CTA+IC/C056.3413", "Contact Id", evidence="I")
    contact_name: str | None = at("SG6/CTA+IC/C056.3412", "Contact Name", evidence="I")
    contact_phone: str | None = at("SG6/COM+TE/C076.3148", "Contact Telephone")
    customs_value: Decimal | None = at("SG8/MOA+40/C516.5004", "Customs Value")
    customs_value_currency: str | None = at("SG8/MOA+40/C516.6345", "Customs Value Currency Code", "a3")
    transport_insurance: Decimal | None = at("SG8/MOA+68/C516.5004", "Transport and Insurance")
    transport_insurance_currency: str | None = at("SG8/MOA+68/C516.6345", "Transport and Insurance Currency Code", "a3")
