"""The disclosure log: who (a person or a program) looked at what, what for, and whether it was shown."""

from datetime import timedelta

from django.db.models.functions import Now

from openics.information.interest import Viewer
from openics.information.models import Disclosure

SAME_LOOK = timedelta(minutes=15)
"""A page that refreshes itself is one look for so long."""
LONGEST_KEY = 64
LONGEST_ACTOR = 254


def record(viewer: Viewer, kind: str, key: object, *, allowed: bool = True) -> None:
    """Record one look at a record or a list; `key` is cut to 64 characters."""
    Disclosure.objects.create(
        person_id=viewer.person,
        actor=viewer.email[:LONGEST_ACTOR],
        subject_kind=kind,
        subject_key=str(key)[:LONGEST_KEY],
        purpose=viewer.purpose[:200],
        allowed=allowed,
    )


def record_refresh(viewer: Viewer, kind: str, key: object) -> None:
    """Record that a page refreshed itself, unless the look it belongs to is in the log already."""
    same = Disclosure.objects.filter(
        actor=viewer.email[:LONGEST_ACTOR],
        subject_kind=kind,
        subject_key=str(key)[:LONGEST_KEY],
        purpose=viewer.purpose[:200],
        allowed=True,
        at__gt=Now() - SAME_LOOK,
    )
    if not same.exists():
        record(viewer, kind, key)
