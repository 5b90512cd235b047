"""Links by which somebody sets up how to sign in: for new people, and for those who lost what they sign in with."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from openics.channels.sign_in import sessions
from openics.channels.sign_in.history import tell
from openics.channels.sign_in.models import Invitation, PersonCertificate
from openics.clients.models import Person
from openics.exchange.care import By

VALID_FOR: Final = timedelta(days=3)
RECOVERY_VALID_FOR: Final = timedelta(hours=4)
"""A recovery link replaces everything that an account is protected by, so it is good for less long."""


def invite(person: Person, by: By, *, recovery: bool = False) -> str:
    """A new link's secret; links given out before end. It is shown once: only its digest is kept."""
    secret = secrets.token_urlsafe(32)
    ends_at = by.now + (RECOVERY_VALID_FOR if recovery else VALID_FOR)
    with transaction.atomic():
        Invitation.objects.filter(person=person, used_at=None, ends_at__gt=by.now).update(ends_at=by.now)
        Invitation.objects.create(
            person=person,
            digest=_digest(secret),
            recovery=recovery,
            made_at=by.now,
            made_by=by.actor[:64],
            ends_at=ends_at,
        )
        tell(by, "person.recovery-link" if recovery else "person.invited", person.email, until=ends_at.isoformat())
    return secret


def find(secret: str, now: datetime) -> Invitation | None:
    """The invitation of a link that is still good; None for any other, whatever the reason."""
    found = Invitation.objects.select_related("person").filter(digest=_digest(secret), used_at=None, ends_at__gt=now)
    return found.filter(person__is_active=True).first()


def accept(found: Invitation, by: By) -> bool:
    """Open a link; False when somebody was faster, or it has ended.

    The first time, a recovery link takes away what the person signed in with before. The link stays good for whom it was
    given until something is set up, so that a closed window is no misfortune.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=found.person_id)
        row = Invitation.objects.select_for_update().filter(pk=found.pk, used_at=None, ends_at__gt=by.now).first()
        if row is None:
            return False
        if row.recovery:
            _take_away(found.person, by)
        tell(by, "person.invitation-opened", found.person.email)
    return True


def use_up(person: Person, by: By, session: int | None) -> None:
    """Something is set up: the person's links end, and so do other sessions that were begun with one of them."""
    with transaction.atomic():
        open_ones = Invitation.objects.select_for_update().filter(person=person, used_at=None, ends_at__gt=by.now)
        if open_ones.update(used_at=by.now):
            sessions.end_all(person, by, "a way to sign in was set up with an invitation", but=session)


def _take_away(person: Person, by: By) -> None:
    Authenticator.objects.filter(user=person).delete()
    PersonCertificate.objects.filter(person=person, removed_at=None).update(removed_at=by.now)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    sessions.end(Q(person=person), by, "a recovery link was opened")
    tell(by, "person.sign-in-reset", person.email)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
