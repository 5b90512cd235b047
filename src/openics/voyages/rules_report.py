"""Rules of every arrival report on what is stored: its reference, its version, its party.

Source: ICS software developers guide, business rules common to the import cargo messages.
"""

# ruff: noqa: ARG001 - every rule takes the document and the facts, whichever of them it needs

from typing import Final

from openics.decision.rule import Rule, Verdict, rule
from openics.messages.voyages.arrivals import ArrivalReport, FlightArrival
from openics.voyages.case import ImpendingCase, ReportCase
from openics.voyages.error_ids import ERROR_IDS
from openics.voyages.facts import StoredArrival, StoredVoyage, craft_of
from openics.voyages.policy import INTERACTIVE_CHANNEL
from openics.voyages.reference_lists import Kind
from openics.voyages.rules_arrival import COMMON

UNKNOWN_CODES: Final = "errors of the import cargo messages: unknown vessel, port, establishment or client"
LINKING: Final = "linking fields of the cargo reports, ICS software developers guide, carried over"
LONGEST_FLIGHT_NUMBER: Final = 8


@rule("G02", error=ERROR_IDS["G02"], source=COMMON, evidence="D")
def sender_reference_unused(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """SENDER REFERENCE {document.sender_reference} IS ALREADY USED FOR {document.name}; SEND A CHANGE"""
    return facts.namesake is None if facts.original else None


@rule("G09", error=ERROR_IDS["G09"], source=COMMON, evidence="D")
def original_stored(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """NO {document.name} IS STORED UNDER SENDER REFERENCE {document.sender_reference}; SEND AN ORIGINAL"""
    return None if facts.original else facts.stored is not None


@rule("REPORT-01", error=ERROR_IDS["REPORT-01"], source=COMMON, evidence="I")
def not_withdrawn(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """REPORT {document.sender_reference} IS WITHDRAWN AND CANNOT BE CHANGED OR WITHDRAWN AGAIN"""
    return None if facts.stored is None else not facts.stored.withdrawn


@rule("G08", error=ERROR_IDS["G08"], source=COMMON, evidence="D")
def version_rises(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """VERSION {document.version} IS STALE; THE LATEST VERSION STORED IS {facts.stored.version}"""
    if facts.stored is None or document.version is None:
        return None
    return document.version > facts.stored.version


@rule("G11", error=ERROR_IDS["G11"], source=COMMON, evidence="D")
def not_touched_interactively(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """REPORT {document.sender_reference} WAS CHANGED IN CUSTOMS INTERACTIVE; CHANGE OR WITHDRAW IT THERE"""
    if facts.stored is None or facts.request.channel == INTERACTIVE_CHANNEL:
        return None
    return facts.stored.channel != INTERACTIVE_CHANNEL


@rule("REPORT-02", error=ERROR_IDS["REPORT-02"], source=LINKING, evidence="I")
def voyage_kept(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """{facts.craft} IS NOT THE VOYAGE OR FLIGHT OF THE STORED REPORT; WITHDRAW THAT REPORT AND SEND AN ORIGINAL"""
    if facts.stored is None or (facts.withdraws and not (facts.craft.id or facts.craft.number)):
        return None
    return facts.craft == craft_of(facts.stored.document)


@rule("G07", error=ERROR_IDS["G07"], source=COMMON, evidence="D")
def change_changes(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """THE CHANGE IS IDENTICAL TO THE STORED REPORT"""
    if facts.stored is None or facts.withdraws:
        return None
    return _content(document, facts) != _stored_content(facts.stored)


@rule("REPORT-03", error=ERROR_IDS["REPORT-03"], source=UNKNOWN_CODES, evidence="I")
def party_registered(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """PRINCIPAL AGENT OR RESPONSIBLE PARTY {facts.party} IS NOT A REGISTERED CLIENT"""
    return facts.client(facts.party) is not None if facts.party else None


@rule("REPORT-04", error=ERROR_IDS["REPORT-04"], source=UNKNOWN_CODES, evidence="I")
def craft_in_letters_and_digits(document: ArrivalReport) -> Verdict:
    """{document.name}: VESSEL ID AND AIRLINE CODE ARE LETTERS AND DIGITS; A FLIGHT NUMBER HAS AT MOST 8 CHARACTERS"""
    craft = craft_of(document)
    if not craft.id:
        return None
    if not isinstance(document, FlightArrival):
        return craft.id.isalnum()
    return craft.id.isalnum() and 2 <= len(craft.id) <= 3 and len(craft.number) <= LONGEST_FLIGHT_NUMBER


@rule("REPORT-05", error=ERROR_IDS["REPORT-05"], source=UNKNOWN_CODES, evidence="I")
def craft_known(document: ArrivalReport, facts: ReportCase) -> Verdict:
    """VESSEL ID OR AIRLINE CODE {facts.craft.id} IS NOT KNOWN"""
    kind = Kind.AIRLINE if isinstance(document, FlightArrival) else Kind.VESSEL
    return facts.knows(kind, facts.craft.id, None)


def _content(document: ArrivalReport, facts: ReportCase) -> dict[str, object]:
    """What a report says, once it is put together with the stored one."""
    return _said(facts.full if isinstance(facts, ImpendingCase) else document)


def _stored_content(stored: StoredVoyage | StoredArrival) -> dict[str, object]:
    return _said(stored.document)


def _said(document: ArrivalReport) -> dict[str, object]:
    about_itself = {"sender_reference", "version", "function"}
    return {field.name: value for field, value in document.present() if field.name not in about_itself}


REFERENCE_RULES: Final[tuple[Rule, ...]] = (
    sender_reference_unused,
    original_stored,
    not_withdrawn,
    version_rises,
    not_touched_interactively,
    voyage_kept,
)
"""What makes a report one that can be judged, in the order in which errors are reported."""

CONTENT_RULES: Final[tuple[Rule, ...]] = (craft_in_letters_and_digits, craft_known, party_registered)
"""The rules on the content of every report."""
