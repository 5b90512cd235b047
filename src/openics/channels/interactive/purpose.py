"""An officer's purpose: given once, kept in the session, valid for an hour."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.contrib.sessions.backends.base import SessionBase

KEY = "purpose"
LASTS: Final = timedelta(hours=1)
SHORTEST_REASON = 5
LONGEST_REASON = 150

REASONS: Final[dict[str, str]] = {
    "ENQUIRY": "Enquiry from the reporting party",
    "ASSESSMENT": "Assessment of a declaration",
    "COMPLIANCE": "Compliance check or examination",
    "SUPPORT": "Support with a message that did not go through",
    "AUDIT": "Internal audit",
}
"""What an officer may look for; the code is kept in front of the officer's own words."""


def give(session: SessionBase, reason: str, words: str, now: datetime | None = None) -> str:
    """Keep a purpose in the session and return it as the disclosure log will show it."""
    text = f"{reason}: {words.strip()}"
    session[KEY] = {"text": text, "until": ((now or datetime.now(UTC)) + LASTS).isoformat()}
    return text


def current(session: SessionBase, now: datetime | None = None) -> str:
    """The purpose that still holds; empty when there is none."""
    kept = session.get(KEY)
    return kept["text"] if kept and (now or datetime.now(UTC)) < datetime.fromisoformat(kept["until"]) else ""


def in_words(text: str) -> str:
    """A purpose as an officer reads it: `AUDIT: case 7` is `Internal audit: case 7`."""
    code, mark, words = text.partition(": ")
    return f"{REASONS.get(code, code)}{mark}{words}"


def until(session: SessionBase) -> datetime | None:
    """When the purpose ends."""
    kept = session.get(KEY)
    return datetime.fromisoformat(kept["until"]) if kept else None


def end(session: SessionBase) -> None:
    """Forget it."""
    session.pop(KEY, None)


def problems(reason: str, words: str) -> dict[str, str]:
    """What is wrong with a purpose as entered, by field."""
    found = {}
    if reason not in REASONS:
        found["reason"] = "Select what you are looking for"
    if len(words.strip()) < SHORTEST_REASON:
        found["words"] = "Enter the case number, or say in a few words why you need to look"
    elif len(words.strip()) > LONGEST_REASON:
        found["words"] = f"Say it in {LONGEST_REASON} characters or fewer"
    return found
