"""What requests for release and for movement have in common: both are CUSCAR messages about cargo still under control."""

from typing import Final

from openics.messages.cargo.codes import ImportCargoType, PackageType
from openics.messages.choices import imports as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.imports import codes

CARGO: Final = f"RFF+{choices.TRANSPORT_REFERENCES}"
"""The reference of one consignment or container (I)."""


class CargoGoods(Part):
    """Goods under one reference."""

    number: int | None = at("GID/1496", "Goods Item Number", use="M", required=True, evidence="I")
    cargo_type: str | None = at("PAC+67/C202.7065", "Cargo Type", codes=ImportCargoType, closed=False, evidence="I")
    packages: int | None = at("PAC+185/7224", "Number of Packages", evidence="I")
    package_type: str | None = at(
        "PAC+185/C202.7065", "Package Type", codes=PackageType, closed=False, condition="with packages", evidence="I"
    )


class CargoReference(Part):
    """One reference of a line, with the goods that are to be released or moved under it."""

    kind: str | None = at(
        f"{CARGO}/C506.1153",
        "Transport Reference Type",
        codes=codes.TransportReferenceKind,
        required=True,
        evidence="I",
    )
    reference: str | None = at(
        f"{CARGO}/C506.1154", "Transport Reference", "an..35", use="M", required=True, evidence="I"
    )
    indicators: tuple[str, ...] = each("GIS+109/C529.7365", "Cargo Indicators", evidence="I")
    """What they say is not published; the place is (D)."""
    goods: tuple[CargoGoods, ...] = group("SG14", "Goods", use="M", evidence="I")


class CargoRequest(Document):
    """Header items of both requests."""

    sender_reference: str | None = at("BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True)
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True)
    function: str | None = at(
        "BGM/1225",
        "Transaction Type",
        codes=codes.DeclarationFunction,
        closed=False,
        use="M",
        required=True,
        evidence="I",
    )
    owner_reference: str | None = at("SG1/RFF+ABQ/C506.1154", "Owner Reference", "an..20", evidence="I")
    broker_reference: str | None = at("SG1/RFF+ADU/C506.1154", "Broker Reference", evidence="I")
    owner_centre: str | None = at("SG2/NAD+WP/C082.3039", "Client Activity Centre", "n3", evidence="I")
    branch: str | None = at("SG2/NAD+VT/C082.3039", "Branch Id", "an6", evidence="I")
    licence: str | None = at("SG2/NAD+CB/C082.3039", "Nominee Licence Number", evidence="I")
