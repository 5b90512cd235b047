"""Registers the client of a first site: who has no site yet cannot send a registration message."""

from collections.abc import Sequence

from psycopg import Connection

from openics.clients.codes import ClientKind
from openics.clients.facts import RegisteredClient
from openics.clients.identifiers import is_abn
from openics.clients.record import insert_clients
from openics.clients.register_errors import RegisterError
from openics.clients.site_store import load_owner
from openics.decision.outcome import Event
from openics.exchange.care import LONGEST_ACTOR, By, change
from openics.exchange.recording import EventRow, write_events
from openics.messages.codes import ClientRole

LONGEST_NAME = 200


def register(connection: Connection, client: str, name: str, roles: Sequence[str], by: By) -> bool:
    """Register a client by its ABN; False when it is registered already, and then nothing of it is changed."""
    new = _checked(client, name, roles, by)
    with change(connection) as cursor:
        if load_owner(cursor, client) is not None:
            return False
        insert_clients(cursor, [new], by.actor[:LONGEST_ACTOR], by.channel)
        event = Event("client.registered", "CLIENT", client, {"roles": list(new.roles)})
        write_events(cursor, [EventRow(event, by.actor[:LONGEST_ACTOR], by.channel, None)], by.now)
        return True


def _checked(client: str, name: str, roles: Sequence[str], by: By) -> RegisteredClient:
    place, said = f"client {client[:20]}", " ".join(name.split())
    if not is_abn(client):
        fix = "Check the number. Who has no ABN is registered by a CLREG message of another site, and gets a CCID."
        raise RegisterError("bad-abn", place, "This is no ABN, or its check digits are wrong.", fix)
    if not said.isprintable() or not 0 < len(said) <= LONGEST_NAME:
        fix = f"Give the client's name, of at most {LONGEST_NAME} printable characters."
        raise RegisterError("bad-name", place, "The name cannot be registered.", fix)
    unknown = sorted(set(roles) - set(ClientRole.meanings()))
    if unknown:
        fix = f"The roles are: {', '.join(ClientRole.meanings())}."
        raise RegisterError("unknown-role", place, f"There is no role {', '.join(unknown)}.", fix)
    return RegisteredClient(client, ClientKind.ABN, by.now, name=said, roles=tuple(roles))
