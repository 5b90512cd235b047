"""Merging two records that are found to be the same client. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from openics.clients.codes import EntryKind, Standing
from openics.clients.register_errors import RegisterError
from openics.clients.register_record import ClientRecord, Entry

CARRIED: Final = frozenset(EntryKind) - {EntryKind.CENTRE}
"""What the surviving record takes over; an activity centre belongs to the ABN that it was registered under."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Both records as they are afterwards, and those that had been merged into the one that goes."""

    survivor: ClientRecord
    gone: ClientRecord
    redirected: tuple[ClientRecord, ...] = ()


def client_place(client: str) -> str:
    """How a refusal names a client."""
    return f"client {client[:20]}"


def merge(survivor: ClientRecord, other: ClientRecord, redirected: Iterable[ClientRecord] = ()) -> Merged:
    """Both records after `other` has gone into `survivor`; raises RegisterError where that makes no sense.

    The survivor keeps its name and address, and takes over contacts and entries that it does not have. The other one
    is cancelled, keeps all that it says, and answers with the survivor. Those merged into it before follow it.
    """
    _check(survivor, other)
    contacts = (*survivor.contacts, *(each for each in other.contacts if each not in survivor.contacts))
    taken = tuple(_from(other, entry) for entry in other.entries if _is_new(entry, survivor.entries))
    gone = replace(other, standing=Standing.CANCELLED, merged_into=survivor.client_id)
    return Merged(
        replace(survivor, contacts=contacts, entries=(*survivor.entries, *taken)),
        gone,
        tuple(replace(each, merged_into=survivor.client_id) for each in redirected),
    )


def _check(survivor: ClientRecord, other: ClientRecord) -> None:
    place = client_place(other.client_id)
    if survivor.client_id == other.client_id:
        raise RegisterError("same-client", place, "It is the same record.", "Name another record.")
    for each in (survivor, other):
        if each.merged_into:
            text = f"{each.client_id} was merged into {each.merged_into} before."
            raise RegisterError("merged-already", place, text, f"Use {each.merged_into} instead.")
    if survivor.standing is Standing.CANCELLED:
        text = f"{survivor.client_id} is cancelled: nothing may be merged into it."
        raise RegisterError("survivor-cancelled", place, text, "Make it active first, or merge the other way round.")


def _is_new(entry: Entry, known: Iterable[Entry]) -> bool:
    same = [each for each in known if (each.kind, each.code) == (entry.kind, entry.code)]
    return entry.kind in CARRIED and not any(each.overlaps(entry) for each in same)


def _from(other: ClientRecord, entry: Entry) -> Entry:
    said = f"taken over from {other.client_id}"
    return replace(entry, evidence=f"{entry.evidence}; {said}"[-300:] if entry.evidence else said)
