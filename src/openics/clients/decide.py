"""Deciding on registrations: CLREG in, CLREGR out, and CLNTDUP with the matches of a duplicate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openics.clients.addresses import match_key
from openics.clients.codes import ClientKind, EntryKind
from openics.clients.due import next_date
from openics.clients.facts import (
    Business,
    Registered,
    RegisteredClient,
    RegisterFacts,
    UsedReference,
    address_parts,
)
from openics.clients.identifiers import ccid
from openics.clients.register_record import ClientRecord, Entry
from openics.clients.rules import RULES
from openics.decision.answers import entries, error_count
from openics.decision.findings import Finding, Severity, has_errors
from openics.decision.numbers import response_reference
from openics.decision.outcome import Addressed, Event, Outcome, Request
from openics.decision.rule import RuleResult, check_all
from openics.messages.clients.clntdup import ClientDuplicates, ClientMatch
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.clients.clregr import ClientRegistrationResponse
from openics.messages.codes import MessageFunction
from openics.messages.response import Answer
from openics.reference.facts import CANBERRA, ReferenceFacts


@dataclass(frozen=True, slots=True)
class _Case:
    """One registration with what is known about it."""

    request: Request
    document: ClientRegistration
    facts: RegisterFacts
    now: datetime

    @property
    def reference_used(self) -> bool:
        return self.facts.is_used(self.request)

    @property
    def registered(self) -> RegisteredClient | None:
        return self.facts.client(self.document.abn)

    @property
    def business(self) -> Business | None:
        return (self.facts.businesses or {}).get(self.document.abn or "")

    @property
    def knows_businesses(self) -> bool:
        return self.facts.businesses is not None

    @property
    def duplicates(self) -> tuple[RegisteredClient, ...]:
        return self.facts.same_name_and_address(self.document)

    @property
    def reference(self) -> ReferenceFacts:
        return self.facts.reference

    @property
    def today(self) -> date:
        return self.now.astimezone(CANBERRA).date()


def decide_registration(request: Request, facts: RegisterFacts, now: datetime) -> Outcome:
    """Register a client or say why not."""
    if not isinstance(request.document, ClientRegistration):
        raise TypeError(f"a client registration is decided here, not {request.document.name}")
    case = _Case(request, request.document, facts, now)
    findings, results = check_all(RULES, case.document, case)
    return _reject(case, findings, results) if has_errors(findings) else _register(case, results)


def _register(case: _Case, results: list[RuleResult]) -> Outcome:
    record = _new_record(case)
    client = _new_client(case, record)
    advice = _advice(client)
    reference = case.document.sender_reference or ""
    used = UsedReference(case.request.owner, case.document.name, reference, case.request.number)
    return Outcome(
        accepted=True,
        findings=(advice,),
        results=tuple(results),
        change=Registered(client, used, record, case.request.channel),
        subject_kind="CLIENT",
        subject_key=client.client_id,
        events=(Event("client.registered", "CLIENT", client.client_id, {"roles": list(client.roles)}),),
        due=(next_date(record, case.today),),
        documents=(_addressed(case, _response(case, [advice], client)),),
    )


def _reject(case: _Case, findings: list[Finding], results: list[RuleResult]) -> Outcome:
    documents = [_addressed(case, _response(case, findings, None))]
    if case.duplicates:
        documents.append(_addressed(case, _list_duplicates(case)))
    return Outcome(accepted=False, findings=tuple(findings), results=tuple(results), documents=tuple(documents))


def _new_record(case: _Case) -> ClientRecord:
    """The record that the registration makes: with an ABN the register of businesses gives name and addresses."""
    document, business = case.document, case.business
    said = f"CLREG {document.sender_reference}"
    roles = tuple(Entry(EntryKind.ROLE, role, case.today, evidence=said) for role in dict.fromkeys(document.roles))
    return ClientRecord(
        client_id=document.abn or ccid(case.facts.ccid_numbers[case.request.number]),
        kind=ClientKind.ABN if document.abn else ClientKind(document.client_kind or ""),
        name=business.name if business else document.client_name or "",
        centre=document.client_activity_centre or "",
        address=address_parts(document),
        contact_name=document.contact_name or "",
        contact_title=document.contact_title or "",
        contacts=tuple(contact.to_json() for contact in document.contacts),
        entries=(*(business.centres if business else ()), *roles),
    )


def _new_client(case: _Case, record: ClientRecord) -> RegisteredClient:
    address = record.business_address(case.today)
    return RegisteredClient(
        client_id=record.client_id,
        kind=record.kind,
        name=record.name,
        client_activity_centre=record.centre,
        match_key=match_key(record.name, address) if record.name else "",
        address=address,
        contacts=record.contacts,
        roles=case.document.roles,
        registered_at=case.now,
    )


def _advice(client: RegisteredClient) -> Finding:
    """The sentence for an ABN is the observed one; that for a CCID follows it."""
    if client.kind is ClientKind.ABN:
        return Finding(Severity.ADVICE, "CL0377", f"ABN ={client.client_id} REGISTERED SUCCESSFULLY")
    return Finding(Severity.ADVICE, "CL0378", f"CCID ={client.client_id} CREATED SUCCESSFULLY")


def _addressed(case: _Case, document: Answer) -> Addressed:
    return Addressed(case.request.site, document)


def _response(case: _Case, findings: list[Finding], client: RegisteredClient | None) -> ClientRegistrationResponse:
    listed = entries(findings, accepted=client is not None)
    by_abn = client is not None and client.kind is ClientKind.ABN
    return ClientRegistrationResponse(
        **_answering(case),
        abn=client.client_id if client and by_abn else None,
        client_id=client.client_id if client and not by_abn else None,
        answered_message=case.document.name,
        answered_function=case.document.function,
        responded_at=case.now,
        entries=listed,
        error_count=error_count(listed),
    )


def _list_duplicates(case: _Case) -> ClientDuplicates:
    matches = tuple(
        ClientMatch(client_id=client.client_id, name=client.name or None, roles=client.roles, **client.address)
        for client in case.duplicates
    )
    return ClientDuplicates(**_answering(case), matches=matches, match_count=len(matches))


def _answering(case: _Case) -> dict[str, Any]:
    return {
        "response_reference": response_reference(case.facts.response_numbers[case.request.number]),
        "response_version": 1,
        "function": MessageFunction.RESPONSE.value,
        "recipient_site": case.request.site,
        "sender_reference": case.document.sender_reference,
        "sender_reference_version": case.document.version,
    }
