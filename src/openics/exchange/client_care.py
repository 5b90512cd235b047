"""Changes to the records of clients. Each adds a version and an event; asking for what is so already changes nothing."""

from dataclasses import replace

from psycopg import Connection, Cursor

from openics.clients import merging, register_store
from openics.clients.codes import EntryKind, Standing
from openics.clients.due import CLIENT, legal_date, next_date
from openics.clients.merging import client_place
from openics.clients.register_errors import LONGEST_REASON, RegisterError, checked_reason
from openics.clients.register_record import ClientRecord
from openics.clients.register_store import Stored, Writing
from openics.clients.site_store import lock_register
from openics.decision.locks import lock_keys
from openics.decision.outcome import Event
from openics.exchange.care import LONGEST_ACTOR, By
from openics.exchange.recording import EventRow, write_due, write_events


def amend(connection: Connection, record: ClientRecord, version: int, by: By, reason: str = "") -> bool:
    """Make `record` the present one of its client; False when nothing differs.

    `version` is the one that was amended: RegisterError `amended-meanwhile` when it is the present one no more, so that
    nobody's amendment is lost unseen.
    """
    with connection.transaction(), connection.cursor() as cursor:
        register_store.lock_clients(cursor, [record.client_id])
        before = required(cursor, record.client_id)
        _check(before, version)
        if before.record == record:
            return False
        write(cursor, before, record, by, "client.amended", reason)
        return True


def _check(before: Stored, version: int) -> None:
    place = client_place(before.record.client_id)
    if before.record.merged_into:
        text = f"It was merged into {before.record.merged_into}."
        raise RegisterError("merged-already", place, text, f"Amend {before.record.merged_into}.")
    if before.version != version:
        text = f"Somebody amended it meanwhile: you saw version {version}, now there is version {before.version}."
        raise RegisterError("amended-meanwhile", place, text, "Look at it as it is now, and amend that.")


def set_standing(connection: Connection, client: str, standing: Standing, reason: str, by: By) -> bool:
    """Cancel a client or make it active again; False when it is so."""
    said = checked_reason(client_place(client), reason)
    with connection.transaction(), connection.cursor() as cursor:
        register_store.lock_clients(cursor, [client])
        before = required(cursor, client)
        _check(before, before.version)
        if before.record.standing is standing:
            return False
        code = "client.cancelled" if standing is Standing.CANCELLED else "client.activated"
        write(cursor, before, replace(before.record, standing=standing), by, code, said)
        return True


def merge(connection: Connection, survivor: str, other: str, reason: str, by: By) -> None:
    """Merge `other` into `survivor`: messages, sites and people of both are the survivor's from now on, by reference."""
    said = checked_reason(client_place(other), reason)
    with connection.transaction(), connection.cursor() as cursor:
        lock_register(cursor)
        first = [each.record.client_id for each in register_store.load_merged_into(cursor, other)]
        register_store.lock_clients(cursor, {survivor, other, *first})
        kept, gone = required(cursor, survivor), required(cursor, other)
        redirected = register_store.load_merged_into(cursor, other)
        merged = merging.merge(kept.record, gone.record, [each.record for each in redirected])
        write(cursor, gone, merged.gone, by, "client.merged-into", said, survivor=survivor)
        for before, after in zip(redirected, merged.redirected, strict=True):
            write(cursor, before, after, by, "client.merged-into", said, survivor=survivor)
        write(cursor, kept, merged.survivor, by, "client.merged", said, merged=other)


def required(cursor: Cursor, client: str) -> Stored:
    """The client's record; a refusal when there is none."""
    found = register_store.load(cursor, client)
    if found is None:
        fix = "`openics register search` finds clients by name, id, licence and establishment."
        raise RegisterError("unknown-client", client_place(client), "No such client is registered.", fix)
    return found


def write(
    cursor: Cursor, before: Stored, record: ClientRecord, by: By, code: str, reason: str = "", **data: str
) -> None:
    """Write a version with its event, and when time alone will change what follows from it."""
    check_codes_are_free(cursor, before, record)
    today = legal_date(by.now)
    writing = Writing(by.actor[:LONGEST_ACTOR], by.channel, by.now, today, reason[:LONGEST_REASON])
    version = register_store.write(cursor, before, record, writing)
    about = {**data, "version": version, **({"reason": reason} if reason else {})}
    event = Event(code, CLIENT, record.client_id, about)
    write_events(cursor, [EventRow(event, by.actor[:LONGEST_ACTOR], by.channel, None)], by.now)
    write_due(cursor, [next_date(record, today)])


UNIQUE_KINDS = (EntryKind.BROKER_LICENCE, EntryKind.DEPOT_LICENCE, EntryKind.WAREHOUSE_LICENCE, EntryKind.ESTABLISHMENT)
"""Entries whose code belongs to one client at a time."""


def check_codes_are_free(cursor: Cursor, before: Stored, record: ClientRecord) -> None:
    """A licence or an establishment belongs to one client at a time."""
    added = [each for each in record.of_kind(*UNIQUE_KINDS) if each not in before.record.entries]
    if record.merged_into:
        return
    lock_keys(cursor, "client entry", [f"{entry.kind} {entry.code}" for entry in added])
    for entry in added:
        cursor.execute(
            "SELECT c.client_id FROM client_entry e JOIN client c ON c.id = e.client_id "
            "WHERE e.kind = %s AND e.code = %s AND c.id <> %s AND c.merged_into_id IS NULL "
            "AND daterange(e.valid_from, e.valid_until, '[]') && daterange(%s, %s, '[]') LIMIT 1",
            (entry.kind.value, entry.code, before.id, entry.valid_from, entry.valid_until),
        )
        row = cursor.fetchone()
        if row is not None:
            text = f"{entry.title} belongs to {row[0]} for some of these days."
            raise RegisterError("code-taken", client_place(record.client_id), text, "End it there first.")
