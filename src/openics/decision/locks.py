"""Locks on keys that may not exist yet as rows: two batches that would create the same thing wait for each other."""

from collections.abc import Iterable

from openics.decision.room import Cursor


def lock_keys(cursor: Cursor, kind: str, keys: Iterable[str]) -> None:
    """Hold the keys of one kind until the transaction ends; taken in one order, so that nobody waits in a circle."""
    names = sorted({f"{kind}:{key}" for key in keys})
    if names:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(lock) FROM "
            "(SELECT DISTINCT hashtextextended(name, 0) AS lock FROM unnest(%s::text[]) AS name ORDER BY 1) AS locks",
            (names,),
        )
