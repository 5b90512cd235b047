"""Rules that all cargo reports share and that need nothing but the report.

Source: ICS software developers guide, business rules of AIRCR, SEACR, AIRINT and SEAINT.
"""

from typing import Final

from openics.cargo.error_ids import ERROR_IDS
from openics.decision.findings import Severity
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.cargo.codes import PartyRole, ReportFunction
from openics.messages.cargo.reports import CargoReport, Party
from openics.messages.codes import MessageFunction

COMMON: Final = "business rules of the import cargo messages, ICS software developers guide"
PARTIES: Final = "SEACR and AIRCR business rules on parties, ICS software developers guide"
AUSTRALIA: Final = "AU"


def is_overseas(port: str | None) -> bool:
    """Whether a port is given and not an Australian one."""
    return bool(port) and not (port or "").startswith(AUSTRALIA)


def has_unstructured_address(party: Party) -> bool:
    """Whether a party has a line of name and something in the first or second line of address."""
    return bool(party.name_line_1 or party.name_line_2) and bool(party.address_line_1 or party.address_line_2)


def has_structured_address(party: Party) -> bool:
    """Whether a party has the two items that its structured form asks for."""
    return bool(party.name and party.street)


def _besides_consignee(document: CargoReport) -> tuple[Party, ...]:
    """The parties other than the consignee: a report whose consignee is deficient is accepted, with an advice (CR08)."""
    return tuple(party for party in document.parties if party.role != PartyRole.CONSIGNEE)


@rule("G01", error=ERROR_IDS["G01"], source=COMMON, evidence="D")
def function_allowed(document: CargoReport) -> Verdict:
    """TRANSACTION TYPE MUST BE 9, 4 OR 50"""
    return document.function in ReportFunction.meanings()


@rule("G03", error=ERROR_IDS["G03"], source=COMMON, evidence="D")
def original_from_version_one(document: CargoReport) -> Verdict:
    """SENDER REFERENCE VERSION OF AN ORIGINAL MUST BE 1 OR HIGHER"""
    if document.function != MessageFunction.ORIGINAL or document.version is None:
        return None
    return document.version >= 1


@rule("PARTY-01", error=ERROR_IDS["PARTY-01"], source=PARTIES, evidence="D")
def one_form_of_a_party(document: CargoReport) -> Verdict:
    """A PARTY MAY HAVE UNSTRUCTURED OR STRUCTURED NAME AND ADDRESS, NOT BOTH"""
    return not any(party.unstructured and party.structured for party in document.parties) if document.parties else None


@rule("PARTY-02", error=ERROR_IDS["PARTY-02"], source=PARTIES, evidence="D")
def unstructured_form_whole(document: CargoReport) -> Verdict:
    """A CONSIGNOR OR NOTIFY PARTY WITH UNSTRUCTURED NAME AND ADDRESS NEEDS A NAME AND ONE OF THE FIRST TWO LINES OF ADDRESS"""
    found = [party for party in _besides_consignee(document) if party.unstructured and not party.structured]
    return all(map(has_unstructured_address, found)) if found else None


@rule("PARTY-03", error=ERROR_IDS["PARTY-03"], source=PARTIES, evidence="I")
def structured_form_whole(document: CargoReport) -> Verdict:
    """A CONSIGNOR OR NOTIFY PARTY WITH STRUCTURED NAME AND ADDRESS NEEDS A NAME AND A STREET AND NUMBER"""
    found = [party for party in _besides_consignee(document) if party.structured and not party.unstructured]
    return all(map(has_structured_address, found)) if found else None


@rule("PARTY-04", error=ERROR_IDS["PARTY-04"], source=PARTIES, evidence="I")
def each_role_once(document: CargoReport) -> Verdict:
    """CONSIGNEE, CONSIGNOR AND NOTIFY PARTY MAY BE SUPPLIED ONCE EACH"""
    roles = [party.role for party in document.parties]
    return len(roles) == len(set(roles)) if roles else None


@rule(
    "CR08",
    error=ERROR_IDS["CR08"],
    source="cargo status: a beginner's guide, Australian Customs and Border Protection Service",
    evidence="D",
    severity=Severity.ADVICE,
)
def consignee_usable(document: CargoReport) -> Verdict:
    """CONSIGNEE NAME AND ADDRESS ARE NOT SUFFICIENT"""
    if document.function == MessageFunction.WITHDRAW:
        return None
    party = document.party(PartyRole.CONSIGNEE)
    return party is not None and (has_unstructured_address(party) or has_structured_address(party))


PARTY_RULES: Final[tuple[Rule, ...]] = (
    one_form_of_a_party,
    unstructured_form_whole,
    structured_form_whole,
    each_role_once,
    consignee_usable,
)
"""The rules on the parties of every cargo report."""

REPORTED: Final[tuple[Rule, ...]] = (function_allowed, original_from_version_one, *PARTY_RULES)
"""The rules of a report that is not integrated."""
