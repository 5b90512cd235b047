"""CLREG: registers a client."""

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.choices import clients as choices
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.sources import GUIDELINES


class Contact(Part):
    """One way to reach a client."""

    kind: str | None = at("4453", "Contact Type", codes=codes.ContactKind, required=True)
    prefix: str | None = at("C107.4441", "Contact Prefix", condition="only with AP, BP and FA")
    value: str | None = at("C108.4440#1", "Contact Value", required=True)
    purpose: str | None = at("C108.4440#2", "Contact Purpose", use="O")


class Address(Part):
    """One address of a client."""

    kind: str | None = at("4453", "Address Type", codes=codes.AddressKind, required=True)
    street: str | None = at("C108.4440#1", "Street Address", required=True)
    street_2: str | None = at("C108.4440#2", "Street Address Line 2")
    city: str | None = at("C108.4440#3", "City")
    postcode: str | None = at("C108.4440#4", "Postcode")
    state: str | None = at("C108.4440#5", "State")
    country: str | None = at("3453", "Country", "a2")


class ClientRegistration(Document):
    """Client registration: one party, by its ABN or, without one, by name and address."""

    guide = Guide(
        name="CLREG",
        type="CUSCAR",
        title="Client registration",
        direction="in",
        parties="whoever registers a party to trade with, itself or another",
        evidence="S",
        answer="CLREGR, CLNTDUP",
        purpose="Registers a party that other messages will name. With an ABN the register of businesses gives name and "
        "address; without one, customs gives out a customs client identifier (CCID).",
        source=f"{GUIDELINES}/clreg-client-registration",
        segments=f"""
            UNH M1
            BGM M1      BGM+~101:::CLREG
            LOC C9      LOC+ZZZ
            SG1 C99 (
                RFF M1  RFF+ABN  RFF+{choices.CLIENT_ACTIVITY_CENTRE}
            )
            FTX C9      FTX+CNP
            GIS C9      GIS+:{choices.CLIENT_KIND_LIST}:95
            SG7 C1 (
                CNI M1  CNI+1
                SG8 C1 (
                    RFF M1  RFF+1
                    SG14 M1 (
                        GID M1   GID+1
                        FTX C99  FTX+CAT+AP|BP|MO|EA|FA*90  FTX+CAT+BA*9
                        MEA C99  MEA+RN*99
                    )
                )
            )
            UNT M1
        """,
    )

    sender_reference: str | None = at("BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True)
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True)
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.RegistrationFunction, closed=False, use="M", required=True
    )
    client_name: str | None = at("LOC+ZZZ/C517.3224", "Client Name", condition="needed without an ABN", evidence="I")
    abn: str | None = at("SG1/RFF+ABN/C506.1154", "ABN", "n11", condition="or name and address")
    client_activity_centre: str | None = at(
        f"SG1/RFF+{choices.CLIENT_ACTIVITY_CENTRE}/C506.1154",
        "Client Activity Centre",
        "n3",
        condition="with an ABN, to choose one of its addresses",
        evidence="I",
    )
    contact_name: str | None = at("FTX+CNP/C108.4440#1", "Contact Name")
    contact_title: str | None = at("FTX+CNP/C108.4440#2", "Contact Title")
    client_kind: str | None = at(
        f"GIS+{choices.CLIENT_KIND_LIST}/C529.7365",
        "Client Type",
        codes=codes.ClientKind,
        closed=False,
        condition="needed without an ABN",
        evidence="I",
    )
    contacts: tuple[Contact, ...] = group("SG7/SG8/SG14/FTX+CAT+AP|BP|MO|EA|FA", "Contacts")
    addresses: tuple[Address, ...] = group("SG7/SG8/SG14/FTX+CAT+BA", "Addresses", condition="needed without an ABN")
    roles: tuple[str, ...] = each(
        "SG7/SG8/SG14/MEA+RN/C502.6154", "Roles", codes=codes.ClientRole, closed=False, use="M"
    )
