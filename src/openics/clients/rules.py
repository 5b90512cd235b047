"""Rules of client registration (CLREG).

Sources: ICS software developers guide, CLREG business rules (documented); error ids `CL04nn` and their meaning from a
rejected registration in ICS test traffic (seen). Error ids of the other rules are ours, in `error_ids`.
"""

# ruff: noqa: ARG001 - every rule takes the document and the facts, whichever of them it needs
from datetime import date
from typing import Final, Protocol

from openics.clients import error_ids
from openics.clients.codes import WITH_PREFIX
from openics.clients.facts import Business, RegisteredClient
from openics.clients.identifiers import is_abn
from openics.decision.rule import Rule, Verdict, rule
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.codes import ClientKind, ClientRole
from openics.reference.codes import CodeList
from openics.reference.facts import ReferenceFacts

GUIDE: Final = "CLREG business rules, ICS software developers guide"
TRAFFIC: Final = "rejected CLREG in ICS test traffic (zozoh/walnut, re_error)"


class Case(Protocol):
    """What the rules ask of the facts, for one registration."""

    @property
    def reference_used(self) -> bool: ...
    @property
    def registered(self) -> RegisteredClient | None: ...
    @property
    def business(self) -> Business | None: ...
    @property
    def knows_businesses(self) -> bool: ...
    @property
    def duplicates(self) -> tuple[RegisteredClient, ...]: ...
    @property
    def reference(self) -> ReferenceFacts: ...
    @property
    def today(self) -> date: ...


@rule("CLREG-01", error=error_ids.NOT_AN_ORIGINAL, source=GUIDE, evidence="D")
def only_first_registration(document: ClientRegistration) -> Verdict:
    """ONLY A FIRST REGISTRATION (FUNCTION 9) MAY BE SENT; AMEND A REGISTERED CLIENT IN CUSTOMS INTERACTIVE"""
    return document.function == "9"


@rule("CLREG-02", error=error_ids.SENDER_REFERENCE_MISSING, source=GUIDE, evidence="I")
def sender_reference_given(document: ClientRegistration) -> Verdict:
    """SENDER REFERENCE MUST BE SUPPLIED"""
    return bool(document.sender_reference)


@rule("CLREG-03", error=error_ids.VERSION_TOO_LOW, source=GUIDE, evidence="I")
def version_from_one(document: ClientRegistration) -> Verdict:
    """VERSION OF AN ORIGINAL MUST BE 1 OR HIGHER"""
    return document.version is not None and document.version >= 1


@rule("CLREG-04", error=error_ids.SENDER_REFERENCE_USED, source="EDI test routines and scripts, X02", evidence="D")
def sender_reference_unused(document: ClientRegistration, facts: Case) -> Verdict:
    """SENDER REFERENCE {document.sender_reference} HAS ALREADY BEEN USED FOR A REGISTRATION"""
    return not facts.reference_used


@rule("CLREG-05", error=error_ids.NEITHER_ABN_NOR_NAME, source=GUIDE, evidence="D")
def abn_or_name(document: ClientRegistration) -> Verdict:
    """SUPPLY AN ABN, OR A NAME FOR WHICH A CCID IS TO BE CREATED"""
    return document.abn is not None or bool(document.client_name)


@rule("CLREG-06", error=error_ids.ABN_AND_NAME, source=GUIDE, evidence="D")
def one_client_per_message(document: ClientRegistration) -> Verdict:
    """ONE ABN OR ONE CCID PER MESSAGE: NAME AND CLIENT TYPE ARE NOT ALLOWED WITH AN ABN"""
    if document.abn is None:
        return None
    return document.client_name is None and document.client_kind is None


@rule("CLREG-07", error=error_ids.ABN_NOT_VALID, source="Australian Business Register, ABN format", evidence="D")
def abn_valid(document: ClientRegistration) -> Verdict:
    """ABN {document.abn} IS NOT VALID: 11 DIGITS WHOSE CHECK MUST HOLD"""
    return None if document.abn is None else is_abn(document.abn)


@rule("CLREG-08", error=error_ids.ABN_REGISTERED, source=GUIDE, evidence="D")
def abn_not_registered(document: ClientRegistration, facts: Case) -> Verdict:
    """ABN {document.abn} IS ALREADY REGISTERED; AMEND IT IN CUSTOMS INTERACTIVE"""
    if document.abn is None or (facts.registered is not None and not facts.registered.active):
        return None
    return facts.registered is None


@rule("CLREG-09", error=error_ids.CLIENT_KIND_MISSING, source=GUIDE, evidence="I")
def client_type_given(document: ClientRegistration) -> Verdict:
    """CLIENT TYPE MUST BE ORG OR IND WHEN A CCID IS TO BE CREATED"""
    return None if document.abn is not None else _has_type(document)


@rule("CLREG-10", error=error_ids.ADDRESS_MISSING, source=GUIDE, evidence="I")
def address_given(document: ClientRegistration) -> Verdict:
    """BUSINESS ADDRESS WITH STREET, LOCALITY AND COUNTRY MUST BE SUPPLIED WHEN A CCID IS TO BE CREATED"""
    if document.abn is not None:
        return None
    return any(address.street and address.city and address.country for address in document.addresses)


@rule("CLREG-11", error=error_ids.TWO_ADDRESSES, source=GUIDE, evidence="I")
def one_address(document: ClientRegistration) -> Verdict:
    """ONLY ONE BUSINESS ADDRESS MAY BE SUPPLIED"""
    return len(document.addresses) < 2


@rule("CLREG-12", error=error_ids.COUNTRY_NOT_KNOWN, source="ISO 3166-1", evidence="I")
def country_known(document: ClientRegistration, facts: Case) -> Verdict:
    """BUSINESS ADDRESS COUNTRY CODE IS NOT AN ISO 3166 COUNTRY"""
    codes = _parts(document, "country")
    return all(facts.reference.at(CodeList.COUNTRY, code, facts.today) for code in codes) if codes else None


@rule("CLREG-13", error=error_ids.ROLE_NOT_KNOWN, source=GUIDE, evidence="I")
def roles_known(document: ClientRegistration) -> Verdict:
    """ROLE IS NOT ONE OF THE ROLES OF THE CLIENT REGISTER"""
    return set(document.roles) <= set(ClientRole.meanings()) if document.roles else None


@rule("CLREG-14", error=error_ids.DUPLICATE, source=GUIDE, evidence="D")
def not_a_duplicate(document: ClientRegistration, facts: Case) -> Verdict:
    """NAME AND ADDRESS MATCH A REGISTERED CLIENT; SEE THE LIST OF MATCHES"""
    return None if document.abn is not None else not facts.duplicates


@rule("CLREG-15", error=error_ids.ABN_CANCELLED, source=GUIDE, evidence="I")
def abn_not_cancelled(document: ClientRegistration, facts: Case) -> Verdict:
    """ABN {document.abn} IS ON THE REGISTER AND CANCELLED; ASK CUSTOMS TO MAKE IT ACTIVE AGAIN"""
    return None if document.abn is None or facts.registered is None else facts.registered.active


@rule("CLREG-16", error=error_ids.BUSINESS_NOT_KNOWN, source=GUIDE, evidence="I")
def business_known(document: ClientRegistration, facts: Case) -> Verdict:
    """ABN {document.abn} IS NOT IN THE REGISTER OF BUSINESSES"""
    return facts.business is not None if document.abn is not None and facts.knows_businesses else None


@rule("CLREG-17", error=error_ids.BUSINESS_CANCELLED, source=GUIDE, evidence="I")
def business_active(document: ClientRegistration, facts: Case) -> Verdict:
    """ABN {document.abn} IS CANCELLED IN THE REGISTER OF BUSINESSES"""
    return None if document.abn is None or facts.business is None else facts.business.active


@rule("CLREG-18", error=error_ids.CENTRE_NOT_ALLOWED, source=GUIDE, evidence="I")
def centre_belongs_to_an_abn(document: ClientRegistration) -> Verdict:
    """CLIENT ACTIVITY CENTRE MUST BE THREE DIGITS, AND IS ONLY ALLOWED WITH AN ABN"""
    centre = document.client_activity_centre
    return None if centre is None else document.abn is not None and len(centre) == 3 and centre.isdecimal()


@rule("CLREG-19", error=error_ids.CENTRE_NOT_VALID, source=GUIDE, evidence="D")
def centre_valid(document: ClientRegistration, facts: Case) -> Verdict:
    """CLIENT ACTIVITY CENTRE {document.client_activity_centre} IS NOT A VALID ONE OF ABN {document.abn}"""
    if document.client_activity_centre is None or facts.business is None:
        return None
    return document.client_activity_centre in {each.code for each in facts.business.valid_centres(facts.today)}


@rule("CL0404", error="CL0404", source=TRAFFIC, evidence="S")
def address_type_with_abn(document: ClientRegistration) -> Verdict:
    """ADDRESS TYPE SUPPLIED ALONG WITH ABN BUT NO CAC SUPPLIED"""
    if document.abn is None or not document.addresses:
        return None
    return document.client_activity_centre is not None


@rule("CL0405", error="CL0405", source=TRAFFIC, evidence="S")
def no_street_with_abn(document: ClientRegistration) -> Verdict:
    """BUSINESS ADDRESS LINE 1 NOT ALLOWED WITH ABN"""
    return _not_with_abn(document, "street")


@rule("CL0420", error="CL0420", source=TRAFFIC, evidence="S")
def locality_needs_type(document: ClientRegistration) -> Verdict:
    """BUSINESS ADDRESS LOCALITY SUPPLIED WITHOUT A VALID CLIENT TYPE"""
    return _only_with_type(document, "city")


@rule("CL0422", error="CL0422", source=TRAFFIC, evidence="S")
def no_locality_with_abn(document: ClientRegistration) -> Verdict:
    """ADDRESS LOCALITY NOT ALLOWED WITH ABN"""
    return _not_with_abn(document, "city")


@rule("CL0425", error="CL0425", source=TRAFFIC, evidence="S")
def post_code_needs_type(document: ClientRegistration) -> Verdict:
    """BUSINESS ADDRESS POST CODE SUPPLIED WITHOUT A VALID CLIENT TYPE"""
    return _only_with_type(document, "postcode")


@rule("CL0427", error="CL0427", source=TRAFFIC, evidence="S")
def no_post_code_with_abn(document: ClientRegistration) -> Verdict:
    """ADDRESS POST CODE NOT ALLOWED WITH ABN"""
    return _not_with_abn(document, "postcode")


@rule("CL0436", error="CL0436", source=TRAFFIC, evidence="S")
def state_needs_type(document: ClientRegistration) -> Verdict:
    """BUSINESS ADDRESS STATE CODE SUPPLIED WITHOUT A VALID CLIENT TYPE"""
    return _only_with_type(document, "state")


@rule("CL0438", error="CL0438", source=TRAFFIC, evidence="S")
def country_needs_type(document: ClientRegistration) -> Verdict:
    """BUSINESS ADDRESS COUNTRY CODE SUPPLIED WITHOUT A VALID CLIENT TYPE"""
    return _only_with_type(document, "country")


@rule("CL0440", error="CL0440", source=TRAFFIC, evidence="S")
def no_state_with_abn(document: ClientRegistration) -> Verdict:
    """ADDRESS STATE CODE NOT ALLOWED WITH ABN"""
    return _not_with_abn(document, "state")


@rule("CL0441", error="CL0441", source=TRAFFIC, evidence="S")
def no_country_with_abn(document: ClientRegistration) -> Verdict:
    """ADDRESS COUNTRY CODE NOT ALLOWED WITH ABN"""
    return _not_with_abn(document, "country")


@rule("CL0467", error="CL0467", source=TRAFFIC, evidence="S")
def prefix_only_for_telephones(document: ClientRegistration) -> Verdict:
    """PREFIX CODE ONLY ALLOWED WITH AP, FA OR BP CONTACT ADDRESS"""
    with_prefix = [contact.kind for contact in document.contacts if contact.prefix]
    return set(with_prefix) <= WITH_PREFIX if with_prefix else None


RULES: Final[tuple[Rule, ...]] = (
    only_first_registration,
    sender_reference_given,
    version_from_one,
    sender_reference_unused,
    abn_or_name,
    one_client_per_message,
    abn_valid,
    abn_not_registered,
    client_type_given,
    address_given,
    one_address,
    country_known,
    roles_known,
    not_a_duplicate,
    abn_not_cancelled,
    business_known,
    business_active,
    centre_belongs_to_an_abn,
    centre_valid,
    address_type_with_abn,
    no_street_with_abn,
    locality_needs_type,
    no_locality_with_abn,
    post_code_needs_type,
    no_post_code_with_abn,
    state_needs_type,
    country_needs_type,
    no_state_with_abn,
    no_country_with_abn,
    prefix_only_for_telephones,
)
"""All rules, in the order in which their errors are reported."""


def _parts(document: ClientRegistration, name: str) -> list[str]:
    return [part for part in (getattr(address, name) for address in document.addresses) if part]


def _has_type(document: ClientRegistration) -> bool:
    return document.client_kind in ClientKind.meanings()


def _not_with_abn(document: ClientRegistration, name: str) -> Verdict:
    parts = _parts(document, name)
    return document.abn is None if parts else None


def _only_with_type(document: ClientRegistration, name: str) -> Verdict:
    parts = _parts(document, name)
    return _has_type(document) if parts else None
