"""The lines of an import declaration: transport references and tariff lines."""

from decimal import Decimal

from openics.messages import codes
from openics.messages.cargo.codes import ImportCargoType
from openics.messages.choices import imports as choices
from openics.messages.document import Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes as import_codes
from openics.messages.imports.declaration import TariffLine


class TransportReference(Part):
    """One reference of a transport line, with the packages under it if they stand there."""

    kind: str | None = at(
        f"RFF+{choices.TRANSPORT_REFERENCES}/C506.1153",
        "Transport Reference Type",
        codes=import_codes.TransportReferenceKind,
        required=True,
    )
    reference: str | None = at(
        f"RFF+{choices.TRANSPORT_REFERENCES}/C506.1154", "Transport Reference", "an..35", use="M", required=True
    )
    line: int | None = at(
        f"RFF+{choices.TRANSPORT_REFERENCES}/C506.1156",
        "Transport Line Number",
        condition="the line that it belongs to; none for every line",
        evidence="I",
    )
    cargo_type: str | None = at(
        "SG2/PAC+67/C202.7065", "Cargo Type", codes=ImportCargoType, closed=False, condition="by sea"
    )
    packages: int | None = at("SG2/PAC/7224", "Number of Packages", evidence="I")


class Instrument(Part):
    """A document that a line rests on, by its type and number."""

    type: str | None = at("C002.1000", "Document Type", use="M", required=True, evidence="I")
    number: str | None = at("C503.1004", "Document Number", evidence="I")


class ValuationAmount(Part):
    """One amount that is added to a price, or taken off it, to reach the customs value."""

    kind: str | None = at(
        "C516.5025", "Valuation Amount Type", codes=import_codes.ValuationAmountKind, required=True, evidence="I"
    )
    amount: Decimal | None = at("C516.5004", "Valuation Amount", use="M", evidence="I")
    currency: str | None = at("C516.6345", "Valuation Amount Currency Code", "a3", use="M", evidence="I")


class QuarantineConcerns(TariffLine):
    """What a line says to the biosecurity department."""

    quarantine_commodities: tuple[str, ...] = each(
        f"SG35/RFF+{choices.QUARANTINE_COMMODITY}/C506.1154",
        "AQIS Commodity Code",
        codes=import_codes.QuarantineCommodity,
        closed=False,
        condition="at most ten, linked to the tariff and statistical code; not on a nature 30 line",
        evidence="I",
    )
    quarantine_processing: str | None = at(
        f"SG40/GIS+{choices.QUARANTINE_PROCESSING_LIST}/C529.7365", "AQIS Processing Type", evidence="I"
    )
    quarantine_concern: str | None = at(
        f"SG40/GIS+{choices.QUARANTINE_CONCERN_LIST}/C529.7365", "AQIS Concern Type", evidence="I"
    )
    quarantine_premises: str | None = at(
        f"LOC+{choices.QUARANTINE_PREMISES}/C517.3225", "AQIS Premises Id", evidence="I"
    )
    quarantine_producer: str | None = at(
        f"NAD+{choices.QUARANTINE_PRODUCER}/C082.3039", "AQIS Producer Id", evidence="I"
    )
    quarantine_documents: tuple[Instrument, ...] = group(
        f"SG37/DOC+{choices.QUARANTINE_DOCUMENT_LIST}", "AQIS Documents", evidence="I"
    )


class Concessions(TariffLine):
    """What a line claims: preference, treatment, instruments, exemptions, security."""

    rate_number: str | None = at(f"SG35/RFF+{choices.RATE_NUMBER}/C506.1154", "Rate Number", "n3", evidence="I")
    preference_country: str | None = at(
        f"LOC+{choices.PREFERENCE_COUNTRY}/C517.3225",
        "Preference Origin Country Code",
        "a2",
        condition="with scheme and rule",
        evidence="I",
    )
    preference_scheme: str | None = at(
        f"SG35/RFF+{choices.PREFERENCE_SCHEME}/C506.1154",
        "Preference Scheme Type",
        codes=import_codes.PreferenceScheme,
        closed=False,
        condition="with country and rule",
        evidence="I",
    )
    preference_rule: str | None = at(
        f"SG35/RFF+{choices.PREFERENCE_RULE}/C506.1154",
        "Preference Rule Type",
        codes=import_codes.PreferenceRule,
        closed=False,
        condition="with country and scheme",
        evidence="I",
    )
    treatment: str | None = at(
        f"SG35/RFF+{choices.TREATMENT}/C506.1154",
        "Treatment Code",
        "an..4",
        codes=import_codes.Treatment,
        closed=False,
        evidence="I",
    )
    treatment_instrument_type: str | None = at(
        f"SG37/DOC+{choices.TREATMENT_INSTRUMENT_LIST}/C002.1000",
        "Treatment Instrument Type",
        codes=import_codes.InstrumentType,
        closed=False,
        condition="with its number",
        evidence="I",
    )
    treatment_instrument: str | None = at(
        f"SG37/DOC+{choices.TREATMENT_INSTRUMENT_LIST}/C503.1004",
        "Treatment Instrument Number",
        condition="with its type",
        evidence="I",
    )
    class_instrument_type: str | None = at(
        f"SG37/DOC+{choices.CLASS_INSTRUMENT_LIST}/C002.1000",
        "Tariff Class Instrument Type",
        codes=import_codes.InstrumentType,
        closed=False,
        condition="with its number",
        evidence="I",
    )
    class_instrument: str | None = at(
        f"SG37/DOC+{choices.CLASS_INSTRUMENT_LIST}/C503.1004",
        "Tariff Class Instrument Number",
        condition="with its type",
        evidence="I",
    )
    luxury_car_exemption: str | None = at(
        f"SG35/RFF+{choices.LUXURY_CAR_EXEMPTION}/C506.1154",
        "LCT Exemption Code",
        codes=import_codes.LuxuryCarExemption,
        closed=False,
        condition="not with LCT quoted",
        evidence="I",
    )
    security_number: str | None = at(
        f"SG35/RFF+{choices.SECURITY}/C506.1154",
        "Security Number",
        condition="goods imported for a time (s162, s162A)",
        evidence="I",
    )


class Dumping(TariffLine):
    """What a line says of a dumping or countervailing measure."""

    dumping_exemption: str | None = at(
        f"FTX+{choices.DUMPING_EXEMPTION}/C108.4440",
        "Dumping Exemption Type",
        codes=import_codes.DumpingExemption,
        closed=False,
        evidence="I",
    )
    dumping_specification: str | None = at(
        f"SG35/RFF+{choices.DUMPING_SPECIFICATION}/C506.1154", "Dumping Specification Number", evidence="I"
    )
    dumping_country: str | None = at(
        f"LOC+{choices.DUMPING_COUNTRY}/C517.3225",
        "Dumping Country of Export Code",
        "a2",
        condition="needed when the exemption type is COUNTRY",
        evidence="I",
    )
    dumping_price: Decimal | None = at(
        f"SG33/MOA+{choices.DUMPING_PRICE}/C516.5004",
        "Dumping Export Price",
        condition="with a specification number",
        evidence="I",
    )
    dumping_price_currency: str | None = at(
        f"SG33/MOA+{choices.DUMPING_PRICE}/C516.6345", "Dumping Export Price Currency Code", "a3", evidence="I"
    )
    dumping_quantity: Decimal | None = at(f"MEA+{choices.DUMPING_QUANTITY}/C174.6314", "Dumping Quantity", evidence="I")
    dumping_quantity_unit: str | None = at(
        f"MEA+{choices.DUMPING_QUANTITY}/C174.6411",
        "Dumping Quantity Unit",
        codes=codes.Unit,
        closed=False,
        evidence="I",
    )


class ImportLine(QuarantineConcerns, Concessions, Dumping):
    """One tariff line of an import declaration."""

    nature: str | None = at("CST/C246#1.7361", "Nature Type", codes=import_codes.Nature, use="M")
    action: str | None = at(
        "CST/C246#2.7361",
        "Line Action Code",
        codes=codes.LineAction,
        closed=False,
        condition="I on an original, needed on a change (4)",
        evidence="I",
    )
    origin_country: str | None = at("LOC+27/C517.3225", "Goods Origin Country Code", "a2", use="M", evidence="I")
    duty_factor: Decimal | None = at(f"MEA+{choices.DUTY_FACTOR}/C174.6314", "Other Duty Factor", evidence="I")
    duty_factor_unit: str | None = at(
        f"MEA+{choices.DUTY_FACTOR}/C174.6411", "Other Duty Factor Unit", condition="with the factor", evidence="I"
    )
    supplier_id: str | None = at("NAD+SU/C082.3039", "Supplier Id", "an..11", evidence="I")
    supplier_name: str | None = at("NAD+SU/C080.3036#1", "Supplier Name", evidence="I")
    supplier_name_2: str | None = at("NAD+SU/C080.3036#2", "Supplier Name, continued", evidence="I")
    valuation_amounts: tuple[ValuationAmount, ...] = group(
        f"SG33/MOA+{choices.VALUATION_AMOUNTS}", "Line Adjustments", evidence="I"
    )
    warehouse_declaration: str | None = at(
        f"SG35/RFF+{choices.WAREHOUSE_SOURCE}/C506.1154",
        "Warehouse Declaration Number",
        "an9",
        condition="needed on a nature 30 line",
        evidence="I",
    )
    warehouse_line: int | None = at(
        f"SG35/RFF+{choices.WAREHOUSE_SOURCE}/C506.1156",
        "Warehouse Declaration Line Number",
        condition="needed on a nature 30 line",
        evidence="I",
    )
    valuation_basis: str | None = at(
        f"SG40/GIS+{choices.VALUATION_BASIS_LIST}/C529.7365",
        "Valuation Basis Type",
        codes=import_codes.ValuationBasis,
        closed=False,
        condition="here or in the header",
        evidence="I",
    )
