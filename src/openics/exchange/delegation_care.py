"""Giving and ending delegations. Both sides' histories tell of each, and either side may end one."""

from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from openics.clients import access_rules, delegation_rules, people
from openics.clients.access_codes import Application, Level
from openics.clients.access_levels import Grant
from openics.clients.delegation_rules import Delegation, Party
from openics.clients.models import AccessDelegation, Client
from openics.clients.register_errors import RegisterError
from openics.decision.locks import lock_keys
from openics.decision.outcome import Event
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.people_care import CONSOLE
from openics.exchange.policy import CANBERRA
from openics.exchange.recording import EventRow, write_events

CLIENT: Final = "CLIENT"
"""The subject kind of a client's history."""


def give(principal: Client, delegate: str, grant: Grant, first_day: date, last_day: date, by: By) -> AccessDelegation:
    """Let a client (by its id) act for another; returns what was given."""
    with transaction.atomic():
        _lock(principal)
        _check(by, principal)
        other = Client.objects.filter(client_id=delegate).first()
        wanted = delegation_rules.given(
            _party(principal), _party(other) if other else None, grant, first_day, last_day, _day(by), _of(principal)
        )
        assert other is not None  # noqa: S101 - the rule refuses a delegate that is not there
        row = AccessDelegation.objects.create(
            principal=principal,
            delegate=other,
            application=wanted.grant[0].value,
            level=wanted.grant[1].value,
            first_day=first_day,
            last_day=last_day,
            given_by=by.actor[:254],
        )
        _tell(by, "delegation.given", row)
        return row


def end(number: int, client: Client, by: By) -> bool:
    """End a delegation that a client gave or received, before its last day; False when it is over already."""
    with transaction.atomic():
        _lock(client)
        mine = Q(principal=client) | Q(delegate=client)
        row = AccessDelegation.objects.select_for_update().filter(mine, pk=number).first()
        if row is None:
            text = "It neither gave nor received this delegation."
            raise RegisterError("unknown-delegation", f"client {client.client_id}", text, "Check the number.")
        _check(by, client)
        changed = delegation_rules.ended(as_rules_know(row), by.now, _day(by))
        if changed is None:
            return False
        AccessDelegation.objects.filter(pk=row.pk).update(ended_at=changed.ended_at)
        _tell(by, "delegation.ended", row)
        return True


def as_rules_know(row: AccessDelegation) -> Delegation:
    """A delegation's row as the rules know it."""
    grant = (Application(row.application), Level(row.level))
    parties = row.principal.client_id, row.delegate.client_id
    return Delegation(*parties, grant, row.first_day, row.last_day, row.ended_at)


def _of(principal: Client) -> tuple[Delegation, ...]:
    rows = AccessDelegation.objects.filter(principal=principal, ended_at=None).select_related("principal", "delegate")
    return tuple(as_rules_know(each) for each in rows)


def _party(client: Client) -> Party:
    return Party(client.client_id, frozenset(client.roles), client.status == "ACTIVE")


def _day(by: By) -> date:
    return by.now.astimezone(CANBERRA).date()


def _lock(client: Client) -> None:
    with connection.cursor() as cursor:
        lock_keys(cursor, "people", [client.client_id])


def _check(by: By, client: Client) -> None:
    if by.channel != CONSOLE:
        access_rules.check_administers(people.organisation(client), by.actor)


def _tell(by: By, code: str, row: AccessDelegation) -> None:
    """One event in each side's history."""
    parties = {"principal": row.principal.client_id, "delegate": row.delegate.client_id}
    days = {"first_day": row.first_day.isoformat(), "last_day": row.last_day.isoformat()}
    data = {"delegation": row.pk, "application": row.application, "level": row.level, **parties, **days}
    events = [Event(code, CLIENT, key, data) for key in sorted(parties.values())]
    with connection.cursor() as cursor:
        rows = [EventRow(each, by.actor[:LONGEST_ACTOR], by.channel, None) for each in events]
        write_events(cursor, rows, by.now)
