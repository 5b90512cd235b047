"""Changes to the people of an organisation. Each is made once: asking for what is so already changes nothing.

Operators at the console act for customs; whoever comes another way must be an administrator of the organisation.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection, transaction

from openics.clients import access_rules, people
from openics.clients.access_codes import Duty
from openics.clients.access_levels import Grant
from openics.clients.access_rules import Member, Organisation, person_place
from openics.clients.models import Client, Person
from openics.clients.register_errors import RegisterError
from openics.decision.locks import lock_keys
from openics.decision.outcome import Event
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.recording import EventRow, write_events

PERSON: Final = "PERSON"
"""The subject kind of a person's history."""
CONSOLE: Final = "console"
Rule = Callable[[Organisation, str], Member | None]


def register(client: Client, email: str, name: str, by: By) -> str | None:
    """Register somebody for a client; None when the person is registered already, otherwise the first password."""
    address = email.lower()
    with _change(client, by) as found:
        holder = Person.objects.filter(email=address).select_related("client").first()
        if holder is not None and holder.client != client:
            fix = "Give another address, or ask the service desk."
            text = "This address cannot be registered for the organisation."
            raise RegisterError("address-taken", person_place(address), text, fix)
        new = access_rules.registered(found, address)
        if new is None:
            return None
        if holder is None:
            password = people.add_person(address, name, client)
        else:
            password = people.new_password(holder)
            people.write_member(client, new)
        tell(by, "person.added", address, client=client.client_id, standing=new.standing.value, officer=False)
        return password


def confirm(client: Client, email: str, by: By) -> bool:
    """The person belongs to the organisation from now on."""
    return _make(client, email, by, "person.confirmed", access_rules.confirmed)


def close(client: Client, email: str, by: By) -> bool:
    """The person's access ends."""
    return _make(client, email, by, "person.closed", access_rules.closed)


def appoint(client: Client, email: str, by: By) -> bool:
    """The person is an administrator from now on."""
    return _make(client, email, by, "person.made-administrator", access_rules.appointed)


def dismiss(client: Client, email: str, by: By) -> bool:
    """The person is an administrator no more."""
    return _make(client, email, by, "person.administrator-ended", access_rules.dismissed)


def grant(client: Client, email: str, wanted: Grant, by: By) -> bool:
    """The person may do this from now on."""
    return set_grants(client, email, [wanted], (), by)


def take_back(client: Client, email: str, unwanted: Grant, by: By) -> bool:
    """The person may do this no more."""
    return set_grants(client, email, (), [unwanted], by)


def set_grants(client: Client, email: str, more: Collection[Grant], less: Collection[Grant], by: By) -> bool:
    """Grant some and take others back, all of it or nothing; whether anything changed."""
    with _change(client, by) as start:
        before, found = start.member(email), start
        for each in sorted(less):
            found = found.with_member(access_rules.taken_back(found, email, each) or found.member(email))
        for each in sorted(more):
            found = found.with_member(access_rules.granted(found, email, each) or found.member(email))
        after = found.member(email)
        if after == before:
            return False
        people.write_member(client, after)
        added, removed = after.grants - before.grants, before.grants - after.grants
        tell(by, "person.grants-changed", email, granted=_in_words(added), taken_back=_in_words(removed))
        return True


def set_duties(email: str, duties: Iterable[Duty], by: By) -> bool:
    """Make these, and no others, an officer's duties; whether anything changed."""
    wanted = frozenset(duties)
    with transaction.atomic():
        officer = Person.objects.select_for_update().filter(email=email.lower(), is_officer=True).first()
        if officer is None:
            fix = "`openics user list` shows everybody."
            raise RegisterError("unknown-officer", person_place(email), "There is no such officer.", fix)
        if wanted == set(officer.duties.values_list("duty", flat=True)):
            return False
        people.write_duties(officer, wanted)
        tell(by, "person.duties-changed", email, duties=sorted(wanted))
        return True


def tell(by: By, code: str, email: str, **data: Any) -> None:
    """Add an event to a person's history, in the transaction that changes the person."""
    row = EventRow(Event(code, PERSON, email.lower()[:LONGEST_ACTOR], data), by.actor[:LONGEST_ACTOR], by.channel, None)
    with connection.cursor() as cursor:
        write_events(cursor, [row], by.now)


@contextmanager
def _change(client: Client, by: By) -> Iterator[Organisation]:
    """One change to an organisation's people: all of it happens, or nothing, and nobody else changes them meanwhile."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            lock_keys(cursor, "people", [client.client_id])
        found = people.organisation(client)
        if by.channel != CONSOLE:
            access_rules.check_administers(found, by.actor)
        yield found


def _make(client: Client, email: str, by: By, code: str, rule: Rule) -> bool:
    with _change(client, by) as found:
        changed = rule(found, email)
        if changed is None:
            return False
        people.write_member(client, changed)
        tell(by, code, email)
        return True


def _in_words(grants: Iterable[Grant]) -> list[str]:
    return [f"{application} {level}" for application, level in sorted(grants)]
