"""Rules on status requests. Source: ICS software developers guide, STREQ business rules V1.3."""

# ruff: noqa: ARG001 - every rule takes the document and the facts, whichever of them it needs

from typing import Final, Protocol

from openics.clients.facts import RegisteredClient
from openics.decision.rule import Rule, Verdict, rule
from openics.exports.error_ids import ERROR_IDS
from openics.exports.facts import StoredDeclaration
from openics.messages.codes import RequestFunction
from openics.messages.exports.streq import StatusRequest

RULES_PAGE: Final = "STREQ business rules, ICS software developers guide"


class Enquiry(Protocol):
    """What the rules ask of the facts, for one status request."""

    @property
    def sender(self) -> RegisteredClient | None: ...
    @property
    def reference_used(self) -> bool: ...
    @property
    def declaration(self) -> StoredDeclaration | None: ...


@rule("STREQ-01", error=ERROR_IDS["STREQ-01"], source=RULES_PAGE, evidence="D")
def sender_registered(document: StatusRequest, facts: Enquiry) -> Verdict:
    """ONLY A REGISTERED CLIENT MAY ASK FOR A STATUS"""
    return facts.sender is not None and facts.sender.active


@rule("STREQ-02", error=ERROR_IDS["STREQ-02"], source=RULES_PAGE, evidence="D")
def sender_reference_unused(document: StatusRequest, facts: Enquiry) -> Verdict:
    """SENDER REFERENCE MUST BE SUPPLIED AND NOT HAVE BEEN USED FOR A STATUS REQUEST BEFORE"""
    return bool(document.sender_reference) and not facts.reference_used


@rule("STREQ-03", error=ERROR_IDS["STREQ-03"], source=RULES_PAGE, evidence="D")
def version_is_one(document: StatusRequest) -> Verdict:
    """SENDER REFERENCE VERSION OF A STATUS REQUEST MUST BE 1"""
    return document.version == 1


@rule("STREQ-04", error=ERROR_IDS["STREQ-04"], source=RULES_PAGE, evidence="S")
def function_is_request(document: StatusRequest) -> Verdict:
    """TRANSACTION TYPE OF A STATUS REQUEST MUST BE 13"""
    return document.function == RequestFunction.REQUEST


@rule("STREQ-05", error=ERROR_IDS["STREQ-05"], source=RULES_PAGE, evidence="D")
def number_given(document: StatusRequest) -> Verdict:
    """CUSTOMS AUTHORITY NUMBER MUST BE SUPPLIED"""
    return document.authority_number is not None


@rule("STREQ-06", error=ERROR_IDS["STREQ-06"], source="customs authority numbers, ICS guide", evidence="D")
def number_known(document: StatusRequest, facts: Enquiry) -> Verdict:
    """CUSTOMS AUTHORITY NUMBER {document.authority_number} WAS NOT ISSUED BY CUSTOMS"""
    return None if document.authority_number is None else facts.declaration is not None


ENQUIRY_RULES: Final[tuple[Rule, ...]] = (
    sender_registered,
    sender_reference_unused,
    version_is_one,
    function_is_request,
    number_given,
    number_known,
)
