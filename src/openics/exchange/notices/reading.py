"""Reads notices for operators."""

from typing import Any, Final

from openics.decision.room import Cursor

_LISTED: Final = """
SELECT n.id, n.kind, n.step, n.at, n.site, n.owner, n.subject, n.recipient, n.needs_action, n.act_until, n.settled_at,
       coalesce(o.state, '')
FROM notice n LEFT JOIN outbox_item o ON o.id = n.outbox_item_id
WHERE %s IN ('', n.site) AND (NOT %s OR (n.needs_action AND n.settled_at IS NULL)) ORDER BY n.id DESC LIMIT %s
"""
_FIELDS: Final = (
    *("number", "kind", "step", "at", "site", "owner", "subject", "recipient", "needs_action", "act_until"),
    *("settled_at", "mail"),
)


def listed(cursor: Cursor, *, site: str = "", open_only: bool = False, limit: int = 100) -> list[dict[str, Any]]:
    """Notices by field, the latest first; `mail` is the state of the mail, empty where none was sent."""
    cursor.execute(_LISTED, (site, open_only, limit))
    return [dict(zip(_FIELDS, row, strict=True)) for row in cursor.fetchall()]


def text(cursor: Cursor, number: int) -> tuple[str, str] | None:
    """Subject and text of a notice; None when there is none."""
    cursor.execute("SELECT subject, text FROM notice WHERE id = %s", (number,))
    row = cursor.fetchone()
    return (str(row[0]), str(row[1])) if row else None


def last_reminders(cursor: Cursor, fingerprints: list[str]) -> dict[str, tuple[str, Any]]:
    """The last notice on each certificate of a site: its step, and when it was given."""
    cursor.execute(
        "SELECT DISTINCT ON (subject_key) subject_key, step, at FROM notice WHERE kind = 'certificate' "
        "AND subject_key = ANY(%s) ORDER BY subject_key, at DESC, id DESC",
        (fingerprints,),
    )
    return {name: (str(step), at) for name, step, at in cursor.fetchall()}
