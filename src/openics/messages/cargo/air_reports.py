"""What the air cargo reports have in common: one air waybill."""

from datetime import date
from decimal import Decimal
from typing import Final

from openics.messages.cargo.codes import DeclaredValue, PackageType, PaymentMethod, WeightUnit
from openics.messages.cargo.reports import INDICATORS, PARTIES, REPORTER, CargoReport
from openics.messages.choices import cargo_reports as choices
from openics.messages.codes import Indicator
from openics.messages.fields import at

AIR_REFERENCES: Final = f"RFF M1  RFF+MWB  RFF+HWB  RFF+{choices.PARENT_WAYBILL}  RFF+{choices.SPECIAL_REPORTER}"
"""The references of an air cargo report (MWB and HWB S, the others I)."""

AIR_HEADER: Final = f"""
    {PARTIES}
    SG2 C9 (
        {REPORTER}
    )
    SG4 C8 (
        TDT M1  TDT+20+++~6+::~3
        LOC C99 LOC+12+::~6  LOC+{choices.DESTINATION_PORT}+::~6  LOC+{choices.ORIGINAL_LOADING_PORT}+::~6
        DTM C99 DTM+132::~102
    )
"""
"""Parties and flight (positions D, contents I)."""

AIR_GOODS: Final = f"""
    {INDICATORS}
    SG7 C9999 (
        CNI M1  CNI+~1
        SG8 C9999 (
            RFF M1  RFF+{choices.NO_REFERENCE}
            MOA C9  MOA+{choices.DECLARED_VALUE}  MOA+{choices.NO_DECLARED_VALUE}
            GIS C9  GIS+:{choices.DOCUMENTS_LIST}:95  GIS+:{choices.PERSONAL_EFFECTS_LIST}:95
            SG14 M9999 (
                GID M1  GID+~1
                PAC C9  PAC+++:185:95
                FTX C99 FTX+AAA
                MEA C99 MEA+WT
            )
        )
    )
"""
"""Indicators and goods (positions D, contents I)."""


class AirReport(CargoReport):
    """The items of the air cargo reports."""

    master_waybill: str | None = at(
        "SG1/RFF+MWB/C506.1154", "Master Waybill", "an..11", use="M", condition="eleven digits", evidence="I"
    )
    house_waybill: str | None = at(
        "SG1/RFF+HWB/C506.1154",
        "House Waybill",
        "an..35",
        use="O",
        condition="not for the master waybill itself",
        evidence="I",
    )
    parent_waybill: str | None = at(
        f"SG1/RFF+{choices.PARENT_WAYBILL}/C506.1154",
        "Parent Sub-Master Waybill",
        "an..35",
        use="O",
        condition="only of a house waybill: the house waybill under which it travels",
        evidence="I",
    )
    special_reporter: str | None = at(
        f"SG1/RFF+{choices.SPECIAL_REPORTER}/C506.1154",
        "Special Reporter Number",
        use="O",
        condition="of a registered special reporter of low-value cargo",
        evidence="I",
    )
    airline: str | None = at("SG4/TDT+20/C040.3127", "Airline Code", use="M", evidence="I")
    flight_number: str | None = at(
        "SG4/TDT+20/8028", "Flight Number", use="M", condition="cannot be changed", evidence="I"
    )
    arrival_date: date | None = at(
        "SG4/DTM+132/C507.2380", "Estimated Date of Arrival", use="M", condition="cannot be changed", evidence="I"
    )
    payment_method: str | None = at(
        f"GIS+{choices.PAYMENT_METHOD_LIST}/C529.7365",
        "Method of Payment",
        "an..3",
        codes=PaymentMethod,
        closed=False,
        condition="needed unless the declared value is NDV",
        evidence="I",
    )
    declared_value: Decimal | None = at(
        f"SG7/SG8/MOA+{choices.DECLARED_VALUE}/C516.5004",
        "Declared Value",
        condition="with its currency, or NDV instead",
        evidence="I",
    )
    declared_value_currency: str | None = at(
        f"SG7/SG8/MOA+{choices.DECLARED_VALUE}/C516.6345", "Declared Value Currency", "a3", evidence="I"
    )
    no_declared_value: str | None = at(
        f"SG7/SG8/MOA+{choices.NO_DECLARED_VALUE}/C516.6345",
        "No Declared Value",
        codes=DeclaredValue,
        condition="instead of a declared value",
        evidence="I",
    )
    documents: str | None = at(
        f"SG7/SG8/GIS+{choices.DOCUMENTS_LIST}/C529.7365",
        "Reportable Documents Indicator",
        codes=Indicator,
        closed=False,
        use="O",
        evidence="I",
    )
    personal_effects: str | None = at(
        f"SG7/SG8/GIS+{choices.PERSONAL_EFFECTS_LIST}/C529.7365",
        "Personal Effects Indicator",
        codes=Indicator,
        closed=False,
        use="O",
        evidence="I",
    )
    packages: int | None = at("SG7/SG8/SG14/PAC+185/7224", "Number of Packages", use="M", evidence="I")
    package_type: str | None = at(
        "SG7/SG8/SG14/PAC+185/C202.7065", "Package Type", codes=PackageType, closed=False, use="O", evidence="I"
    )
    description: str | None = at("SG7/SG8/SG14/FTX+AAA/C108.4440", "Goods Description", use="M", evidence="I")
    gross_weight: Decimal | None = at("SG7/SG8/SG14/MEA+WT/C174.6314", "Gross Weight", use="M", evidence="I")
    gross_weight_unit: str | None = at(
        "SG7/SG8/SG14/MEA+WT/C174.6411", "Gross Weight Unit", codes=WeightUnit, closed=False, use="M", evidence="I"
    )
