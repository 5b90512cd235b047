"""CLNTDUP: a client to be registered is known already."""

from openics.edifact.guide import Guide
from openics.messages import codes
from openics.messages.document import Part
from openics.messages.fields import at, each, group
from openics.messages.response import Answer
from openics.messages.sources import WALNUT


class ClientMatch(Part):
    """One registered client with the same name and address."""

    client_id: str | None = at("DOC+CCI/C002.1000", "Customs Client Identifier", "an11", required=True)
    name: str | None = at("LOC+ZZZ/C517.3224", "Client Name")
    street: str | None = at("SG11/FTX+BA/C108.4440#1", "Street Address")
    street_2: str | None = at("SG11/FTX+BA/C108.4440#2", "Street Address Line 2")
    city: str | None = at("SG11/FTX+BA/C108.4440#3", "City")
    postcode: str | None = at("SG11/FTX+BA/C108.4440#4", "Postcode")
    state: str | None = at("SG11/FTX+BA/C108.4440#5", "State")
    country: str | None = at("SG11/FTX+BA/3453", "Country", "a2")
    roles: tuple[str, ...] = each("SG11/SG12/TAX+RN/C241.5152", "Roles", codes=codes.ClientRole, closed=False)


class ClientDuplicates(Answer):
    """Duplicate clients: the registration is refused because these clients match it in name and address."""

    guide = Guide(
        name="CLNTDUP",
        type="CUSRES",
        title="Duplicate clients",
        direction="out",
        parties="the sender of the registration",
        evidence="S",
        purpose="Customs refuses a client registration whose name and address are those of a client on the register, and "
        "lists the matches.",
        source=WALNUT,
        segments="""
            UNH M1
            BGM M1      BGM+~301:::CLNTDUP
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            SG3 C999 (
                RFF M1  RFF+ABO
            )
            SG6 C9999 (
                DOC M1  DOC+CCI
                LOC C9  LOC+ZZZ
                SG11 C1 (
                    CST M1  CST+1
                    FTX C9  FTX+BA
                    SG12 C99 (
                        TAX M1  TAX+RN*99
                    )
                )
            )
            CNT C9      CNT+31
            UNT M1
        """,
    )

    matches: tuple[ClientMatch, ...] = group("SG6", "Matches")
    match_count: int | None = at("CNT+31/C270.6066", "Number of Matches")
