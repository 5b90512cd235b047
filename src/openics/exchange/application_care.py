"""Applications to be registered: received, approved after a check of identity, refused, and the first password collected.

These work on Django's connection: people are made by its own functions, in the same transaction.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import Q

from openics.clients import identity, register_store
from openics.clients.applications import COLLECT_WITHIN, Application, hashed, new_reference, new_secret
from openics.clients.codes import ApplicationState, ClientKind, Standing
from openics.clients.due import CLIENT, legal_date
from openics.clients.facts import RegisteredClient
from openics.clients.identifiers import ccid
from openics.clients.identity import Sighted
from openics.clients.identity_due import APPLICATION, IDENTITY
from openics.clients.models import Client, Person
from openics.clients.people import add_person
from openics.clients.record import insert_record
from openics.clients.register_errors import RegisterError, checked_reason
from openics.clients.register_models import ClientApplication, IdentityCheck
from openics.decision.numbers import reserve
from openics.decision.outcome import Due, Event
from openics.exchange import client_care
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.recording import EventRow, write_due, write_events


def application_place(reference: str) -> str:
    """How a refusal names an application."""
    return f"application {reference[:20]}"


def receive(given: Application, now: datetime) -> tuple[str, str]:
    """Keep an application; returns its reference and the code that is never shown again."""
    reference, secret = new_reference(), new_secret()
    with transaction.atomic():
        ClientApplication.objects.create(
            reference=reference, secret=hashed(secret), content=given.to_json(), created_at=now
        )
        _tell(By("", "web", now), "application.received", APPLICATION, reference)
    return reference, secret


def approve(reference: str, documents: Sequence[Sighted], by: By, keep_for: timedelta, use: str = "") -> Client:
    """Register the client, or take up the one that is there, and make its first person, who cannot sign in yet.

    `use` names a client on the register that the applicant is, where that does not follow from the ABN. The details of
    the documents are erased after `keep_for`. The caller makes the person an administrator where people have standing.
    """
    with transaction.atomic():
        application = _waiting(reference)
        _check_identity(application, documents, by)
        given = Application.from_json(application.content)
        client = _registered(given, by, reference, use)
        application.client, application.person = client, _first_person(given, client, by)
        _decide(application, ApplicationState.APPROVED, by)
        IdentityCheck.objects.create(
            application=application,
            points=identity.points(documents),
            kinds=[each.kind for each in documents],
            documents=[each.to_json() for each in documents],
            officer=by.actor[:LONGEST_ACTOR],
            at=by.now,
        )
        with _cursor() as cursor:
            write_due(cursor, [Due(IDENTITY, APPLICATION, reference, by.now + keep_for)])
        _tell(by, "application.approved", APPLICATION, reference, client=client.client_id)
    return client


def refuse(reference: str, reason: str, by: By) -> None:
    """Turn an application down; the applicant is told the reason."""
    said = checked_reason(application_place(reference), reason)
    with transaction.atomic():
        application = _waiting(reference)
        _decide(application, ApplicationState.REFUSED, by, said)
        _tell(by, "application.refused", APPLICATION, reference, reason=said)


def find(reference: str, secret: str) -> ClientApplication | None:
    """The application with this reference, if the code is its own."""
    kept = ClientApplication.objects.filter(reference=reference.strip().upper()).first()
    matches = secrets.compare_digest(kept.secret if kept else hashed(""), hashed(secret))
    return kept if kept and matches else None


def may_collect(application: ClientApplication, now: datetime) -> bool:
    """Whether the first password waits to be collected."""
    decided = application.decided_at
    return (
        application.state == ApplicationState.APPROVED
        and application.collected_at is None
        and decided is not None
        and now <= decided + COLLECT_WITHIN
    )


def collect(application: ClientApplication, now: datetime) -> str | None:
    """Give the first person a password, which is returned this once; None when it does not wait any more."""
    with transaction.atomic():
        kept = ClientApplication.objects.select_for_update().get(pk=application.pk)
        if not may_collect(kept, now) or kept.person_id is None:
            return None
        person = Person.objects.get(pk=kept.person_id)
        password = secrets.token_urlsafe(12)
        person.set_password(password)
        person.save(update_fields=["password"])
        kept.collected_at = now
        kept.save(update_fields=["collected_at"])
        _tell(By(person.email, "web", now), "application.password-collected", APPLICATION, kept.reference)
    return password


def _waiting(reference: str) -> ClientApplication:
    found = ClientApplication.objects.select_for_update().filter(reference=reference).first()
    place = application_place(reference)
    if found is None:
        raise RegisterError("unknown-application", place, "There is no such application.", "Look at the list.")
    if found.state != ApplicationState.WAITING:
        text = f"It was {found.state.lower()} by {found.decided_by}."
        raise RegisterError("decided-already", place, text, "A decision stands; the applicant may apply again.")
    return found


def _check_identity(application: ClientApplication, documents: Sequence[Sighted], by: By) -> None:
    wrong = identity.problems(documents, legal_date(by.now))
    if wrong:
        text = ". ".join(each.text for each in wrong)
        raise RegisterError("identity", application_place(application.reference), f"{text}.", "Sight other documents.")


def _registered(given: Application, by: By, reference: str, use: str) -> Client:
    with _cursor() as cursor:
        wanted = use or given.abn
        register_store.lock_clients(cursor, [wanted] if wanted else [])
        known = register_store.survivor_id(cursor, wanted) if wanted else None
        if use and known is None:
            fix = "Leave it empty to register a new client."
            raise RegisterError("unknown-client", f"client {use[:20]}", "No such client is registered.", fix)
        if known is None:
            return _new(given, by, reference)
        if known != wanted:
            register_store.lock_clients(cursor, [known])
        _take_up(given, known, by, reference)
        return Client.objects.get(client_id=known)


def _new(given: Application, by: By, reference: str) -> Client:
    today, evidence = legal_date(by.now), f"application {reference}"
    with _cursor() as cursor:
        number = given.abn or ccid(reserve(cursor, "ccid_number", [0])[0])
        record = given.record(number, today, evidence)
        client = RegisteredClient(
            number,
            ClientKind(given.kind),
            by.now,
            name=given.name,
            match_key=record.match_key(today),
            address=record.address,
            contacts=record.contacts,
            roles=record.roles(today),
        )
        insert_record(cursor, client, record, by.actor[:LONGEST_ACTOR], by.channel)
    _tell(by, "client.registered", CLIENT, number, roles=list(client.roles), application=reference)
    return Client.objects.get(client_id=number)


def _take_up(given: Application, known: str, by: By, reference: str) -> None:
    """Let the applicant have a record that is there, and that nobody signs in for."""
    place = f"client {known}"
    with _cursor() as cursor:
        stored = client_care.required(cursor, known)
        if stored.record.standing is not Standing.ACTIVE:
            raise RegisterError("cancelled", place, "It is cancelled.", "Make it active first, or refuse.")
        own = Q(client=stored.id) | Q(client__merged_into=stored.id)
        if Person.objects.filter(own, is_active=True).exists():
            fix = "Refuse, and have the applicant ask its administrator for an account."
            raise RegisterError("has-people", place, "People sign in for it already.", fix)
        evidence = f"application {reference}"
        record = given.added_to(stored.record, legal_date(by.now), evidence)
        if record != stored.record:
            client_care.write(cursor, stored, record, by, "client.amended", evidence)


def _first_person(given: Application, client: Client, by: By) -> Person:
    mail = given.person_mail.lower()
    if Person.objects.filter(email=mail).exists():
        fix = "Refuse, and have the applicant name another address."
        raise RegisterError("mail-taken", f"address {mail[:60]}", "Somebody signs in with this address already.", fix)
    add_person(mail, given.person_name, client)
    person = Person.objects.get(email=mail)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    _tell(by, "person.added", "PERSON", mail[:LONGEST_ACTOR], client=client.client_id, officer=False)
    return person


def _decide(application: ClientApplication, state: ApplicationState, by: By, reason: str = "") -> None:
    application.state, application.reason = state.value, reason
    application.decided_at, application.decided_by = by.now, by.actor[:LONGEST_ACTOR]
    application.save()


def _tell(by: By, code: str, kind: str, key: str, **data: object) -> None:
    with _cursor() as cursor:
        row = EventRow(Event(code, kind, key, data), by.actor[:LONGEST_ACTOR], by.channel, None)
        write_events(cursor, [row], by.now)


def _cursor() -> "psycopg.Cursor[tuple[Any, ...]]":
    """A cursor of Django's own connection, without the wrapping."""
    connection.ensure_connection()
    raw: psycopg.Connection[tuple[Any, ...]] = connection.connection
    return raw.cursor()
