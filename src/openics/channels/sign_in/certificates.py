"""People's certificates: adding, confirming, removing, and whom one signs in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cryptography import x509
from django.db import transaction
from django.db.models import Q, QuerySet

from openics.channels.sign_in import sessions
from openics.channels.sign_in.history import tell
from openics.channels.sign_in.kinds import RefusedError, device_refusal, may_sign_in
from openics.channels.sign_in.models import PersonCertificate
from openics.clients.models import Person, SiteCertificate
from openics.exchange.care import By
from openics.pki.certificates import addresses, der, fingerprint

MOST: Final = 10
"""Certificates that one person may have at a time."""
SHOWN: Final = 16
"""Digits of a fingerprint that name a certificate."""
_LONGEST = 300


def check(certificate: x509.Certificate, now: datetime) -> None:
    """Return when people may sign in with it at `now`: its chain, validity, revocation and kind; raise RefusedError."""
    if SiteCertificate.objects.filter(fingerprint=fingerprint(certificate)).exists():
        raise device_refusal(certificate)
    may_sign_in(certificate, now)


def holder(certificate: x509.Certificate, now: datetime) -> PersonCertificate:
    """The registered certificate, with the person whom it signs in; raises RefusedError."""
    check(certificate, now)
    found = _current().select_related("person").filter(fingerprint=fingerprint(certificate)).first()
    if found is None:
        fix = "Sign in in another way and add it under “Sign-in settings”, or ask for it to be registered."
        raise RefusedError("not-registered", "This certificate is not registered to anybody.", fix)
    if found.confirmed_at is None:
        fix = "Your organisation's administrator or customs confirms it; until then sign in in another way."
        raise RefusedError("pending", "This certificate is registered, but nobody has confirmed it yet.", fix)
    return found


def add(person: Person, certificate: x509.Certificate, by: By, *, confirmed: bool) -> PersonCertificate:
    """Register a certificate to a person; one that is not `confirmed` signs in only when somebody has confirmed it.

    It is confirmed at once when the person is signed in and proved to have its key, or when who adds it may confirm it.
    Doing it again changes nothing, but may confirm it. Raises RefusedError.
    """
    check(certificate, by.now)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        found = _current().filter(fingerprint=fingerprint(certificate)).first()
        if found is None:
            found = _create(person, certificate, by)
        elif found.person_id != person.pk:
            fix = "Remove it from the other account first, or get another one."
            raise RefusedError("taken", "This certificate belongs to another account.", fix)
        if confirmed and found.confirmed_at is None:
            _confirm(found, by)
        return found


def ask_for(certificate: x509.Certificate, by: By) -> None:
    """Register a certificate, to be confirmed, to whom its e-mail address names; when nobody, nothing happens.

    Who asks sees no difference. Raises RefusedError for a certificate that nobody could sign in with.
    """
    check(certificate, by.now)
    named = Person.objects.filter(email__in=addresses(certificate), is_active=True)
    known = _current().filter(fingerprint=fingerprint(certificate)).exists()
    if len(named) == 1 and not known and _current().filter(person=named[0]).count() < MOST:
        add(named[0], certificate, By(named[0].email, by.channel, by.now), confirmed=False)


def confirm(found: PersonCertificate, by: By) -> bool:
    """Let a certificate sign in; False when it does already, or was removed."""
    with transaction.atomic():
        row = PersonCertificate.objects.select_for_update().select_related("person").get(pk=found.pk)
        if row.confirmed_at is not None or row.removed_at is not None:
            return False
        _confirm(row, by)
    return True


def remove(found: PersonCertificate, by: By) -> bool:
    """Let a certificate sign in no more, and end the sessions begun with it; False when it was removed already."""
    with transaction.atomic():
        row = PersonCertificate.objects.select_for_update().select_related("person").get(pk=found.pk)
        if row.removed_at is not None:
            return False
        row.removed_at = by.now
        row.save(update_fields=["removed_at"])
        sessions.end(Q(certificate=row), by, "the certificate was removed")
        tell(by, "person.certificate-removed", row.person.email, fingerprint=row.fingerprint)
    return True


def certificates_of(person: Person) -> Sequence[PersonCertificate]:
    """A person's certificates that are not removed, the newest first."""
    return list(_current().filter(person=person).order_by("-added_at", "-pk"))


def pending(people: QuerySet[Person]) -> QuerySet[PersonCertificate]:
    """Certificates of these people that wait for somebody to confirm them, the oldest first."""
    return _current().filter(person__in=people, confirmed_at=None).select_related("person").order_by("added_at", "pk")


def used(found: PersonCertificate, now: datetime) -> None:
    """Note that it signed somebody in."""
    PersonCertificate.objects.filter(pk=found.pk).update(used_at=now)


def _current() -> QuerySet[PersonCertificate]:
    return PersonCertificate.objects.filter(removed_at=None)


def _create(person: Person, certificate: x509.Certificate, by: By) -> PersonCertificate:
    if _current().filter(person=person).count() >= MOST:
        fix = "Remove one that is not used any more."
        raise RefusedError("too-many", f"An account has {MOST} certificates at the most.", fix)
    made = PersonCertificate.objects.create(
        person=person,
        fingerprint=fingerprint(certificate),
        der=der(certificate),
        subject=_in_words(certificate.subject),
        issuer=_in_words(certificate.issuer),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        added_at=by.now,
    )
    tell(by, "person.certificate-added", person.email, fingerprint=made.fingerprint)
    return made


def _in_words(name: x509.Name) -> str:
    return ", ".join(part.rfc4514_string() for part in reversed(name.rdns))[:_LONGEST]


def _confirm(row: PersonCertificate, by: By) -> None:
    PersonCertificate.objects.filter(pk=row.pk).update(confirmed_at=by.now, confirmed_by=by.actor[:64])
    row.confirmed_at = by.now
    tell(by, "person.certificate-confirmed", row.person.email, fingerprint=row.fingerprint)
