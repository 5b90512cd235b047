"""What the cargo reports have in common."""

from typing import Final

from openics.messages import codes
from openics.messages.cargo.codes import IntegratedFunction, MovementMode, PartyRole, ReportFunction, UnderbondReason
from openics.messages.choices import cargo_movement as movement
from openics.messages.choices import cargo_reports as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, group

PARTIES: Final = f"""
    SG2 C90 (
        NAD M1  NAD+CN|CZ|NI
        SG3 C9 (
            CTA M1  CTA+{choices.CONTACT}
            COM C9  COM+:TE
        )
    )
"""
"""The group of the parties (positions D, contents I)."""

REPORTER: Final = f"NAD M1  NAD+{movement.RESPONSIBLE_PARTY}+::~95"
"""The segment of the responsible party (I). Its group follows that of the parties."""

INDICATORS: Final = f"GIS C9  GIS+:{choices.FREIGHT_FORWARDER_LIST}:95  GIS+:{choices.PAYMENT_METHOD_LIST}:95"
"""The indicators of a consignment (I)."""

MOVEMENT: Final = f"""
    SG4 C1 (
        TDT M1  TDT+1
        LOC C99 LOC+{movement.DISCHARGE_ESTABLISHMENT}+::~95  LOC+5+::~95  LOC+4+::~95
                LOC+{movement.NEXT_OVERSEAS_PORT}+::~6
    )
"""
"""The group of the movement that an integrated report asks for (I)."""


class Party(Part):
    """Consignee, consignor or notify party, in one of two forms that exclude each other.

    Unstructured: two lines of name and up to three of address. Structured: name, street and what may follow them.
    """

    role: str | None = at("NAD+CN|CZ|NI/3035", "Party Role", codes=PartyRole, use="M", required=True, evidence="I")
    name_line_1: str | None = at("NAD+CN|CZ|NI/C058.3124#1", "Name Line 1", "an..35", evidence="I")
    name_line_2: str | None = at("NAD+CN|CZ|NI/C058.3124#2", "Name Line 2", "an..35", evidence="I")
    address_line_1: str | None = at("NAD+CN|CZ|NI/C058.3124#3", "Address Line 1", evidence="I")
    address_line_2: str | None = at("NAD+CN|CZ|NI/C058.3124#4", "Address Line 2", evidence="I")
    address_line_3: str | None = at("NAD+CN|CZ|NI/C058.3124#5", "Address Line 3", evidence="I")
    name: str | None = at("NAD+CN|CZ|NI/C080.3036", "Name", condition="structured form", evidence="I")
    street: str | None = at("NAD+CN|CZ|NI/C059.3042", "Street and Number", condition="structured form", evidence="I")
    city: str | None = at("NAD+CN|CZ|NI/3164", "City", use="O", condition="structured form", evidence="I")
    postcode: str | None = at("NAD+CN|CZ|NI/3251", "Post Code", use="O", condition="structured form", evidence="I")
    country: str | None = at("NAD+CN|CZ|NI/3207", "Country", "a2", use="O", condition="structured form", evidence="I")
    contact: str | None = at(
        f"SG3/CTA+{choices.CONTACT}/C056.3412", "Contact", use="O", condition="structured form", evidence="I"
    )
    contact_phone: str | None = at(
        "SG3/COM+TE/C076.3148", "Contact Phone", use="O", condition="structured form, with a contact", evidence="I"
    )

    @property
    def unstructured(self) -> tuple[str, ...]:
        """The items of the unstructured form that are present."""
        lines = (self.name_line_1, self.name_line_2, self.address_line_1, self.address_line_2, self.address_line_3)
        return tuple(line for line in lines if line)

    @property
    def structured(self) -> tuple[str, ...]:
        """The items of the structured form that are present."""
        items = (self.name, self.street, self.city, self.postcode, self.country, self.contact, self.contact_phone)
        return tuple(item for item in items if item)


class CargoReport(Document):
    """The items of every cargo report."""

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True, evidence="D")
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=ReportFunction, closed=False, use="M", required=True, evidence="D"
    )
    responsible_party: str | None = at(
        f"SG2/NAD+{movement.RESPONSIBLE_PARTY}/C082.3039",
        "Responsible Party Id",
        "an11",
        use="M",
        condition="ABN or CCID of the issuer of the bill, or of whoever contracted to report",
        evidence="I",
    )
    parties: tuple[Party, ...] = group(
        "SG2", "Parties", condition="without a usable consignee the report is accepted, with an advice", evidence="D"
    )
    port_of_discharge: str | None = at(
        "SG4/LOC+12/C517.3225", "Port of Discharge", "an5", use="M", condition="cannot be changed", evidence="I"
    )
    port_of_destination: str | None = at(
        f"SG4/LOC+{choices.DESTINATION_PORT}/C517.3225", "Port of Destination", "an5", use="M", evidence="I"
    )
    original_port_of_loading: str | None = at(
        f"SG4/LOC+{choices.ORIGINAL_LOADING_PORT}/C517.3225",
        "Original Port of Loading",
        "an5",
        use="M",
        evidence="I",
    )
    freight_forwarder: str | None = at(
        f"GIS+{choices.FREIGHT_FORWARDER_LIST}/C529.7365",
        "Freight Forwarder Indicator",
        codes=codes.Indicator,
        closed=False,
        use="O",
        condition="another reporter will report what is inside",
        evidence="I",
    )

    def party(self, role: str) -> Party | None:
        """The party with this role; None if there is none."""
        return next((each for each in self.parties if each.role == role), None)


class IntegratedReport(CargoReport):
    """What an integrated report adds: a request to move the goods under bond."""

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=IntegratedFunction, closed=False, use="M", required=True, evidence="D"
    )
    request_reason: str | None = at(
        "SG1/RFF+ACD/C506.1154", "Request Reason", codes=UnderbondReason, closed=False, use="M", evidence="I"
    )
    movement_mode: str | None = at(
        "SG4/TDT+1/C220.8067", "Mode of Movement", codes=MovementMode, closed=False, use="M", evidence="I"
    )
    discharge_establishment: str | None = at(
        f"SG4/LOC+{movement.DISCHARGE_ESTABLISHMENT}/C517.3225",
        "Discharge Establishment Id",
        "an5",
        condition="by sea, on the first movement: the wharf",
        evidence="I",
    )
    origin_establishment: str | None = at(
        "SG4/LOC+5/C517.3225", "Originating Establishment Id", "an5", use="M", evidence="I"
    )
    destination_establishment: str | None = at(
        "SG4/LOC+4/C517.3225", "Destination Establishment Id", "an5", use="M", evidence="I"
    )
    transhipment_port: str | None = at(
        f"SG4/LOC+{movement.NEXT_OVERSEAS_PORT}/C517.3225",
        "Transhipment Overseas Port",
        "an5",
        condition="only with the reason TSH",
        evidence="I",
    )
