"""Reads and writes the people who sign in: with a password, where we are asked to a second factor, and what they may do."""

import secrets
import time
from collections.abc import Iterable

from openics.clients.access_codes import Application, Duty, Level, Standing
from openics.clients.access_rules import Member, Organisation, registered
from openics.clients.models import AccessGrant, Client, OfficerDuty, Person


def add_person(
    email: str, name: str, client: Client | None, *, officer: bool = False, duties: Iterable[Duty] = tuple(Duty)
) -> str:
    """Add a person and return the first password.

    The first person of a client is its administrator and may do all that the client may; whoever comes later is pending.
    An officer gets these duties, all of them unless told otherwise.
    """
    from allauth.account.models import EmailAddress

    password = secrets.token_urlsafe(12)
    person = Person.objects.create_user(email, password, name=name, client=client, is_officer=officer)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    if officer:
        OfficerDuty.objects.bulk_create(OfficerDuty(person=person, duty=each.value) for each in duties)
    if client is not None:
        others = organisation(client, without=person.email)
        write_member(client, registered(others, email) or Member(person.email))
    return password


def new_password(person: Person) -> str:
    """Give a person another first password and return it."""
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.save(update_fields=["password"])
    return password


def organisation(client: Client, *, without: str = "") -> Organisation:
    """A client's people as the rules know them."""
    rows = Person.objects.filter(client=client).exclude(email=without).prefetch_related("grants").order_by("pk")
    return Organisation(client.client_id, frozenset(client.roles), tuple(member(each) for each in rows))


def member(person: Person) -> Member:
    """A person's row as the rules know it; grants are read unless they were fetched before."""
    grants = frozenset((Application(each.application), Level(each.level)) for each in person.grants.all())
    standing = Standing(person.standing)
    return Member(person.email, standing, person.is_administrator, grants, locked=person.is_locked)


def write_member(client: Client, changed: Member) -> None:
    """Write how a person of a client stands, and what is granted."""
    row = Person.objects.get(client=client, email=changed.email)
    Person.objects.filter(pk=row.pk).update(
        standing=changed.standing.value, is_administrator=changed.administrator, is_active=changed.signs_in
    )
    before = member(row).grants
    for application, level in before - changed.grants:
        row.grants.filter(application=application, level=level).delete()
    new = sorted(changed.grants - before)
    AccessGrant.objects.bulk_create(
        AccessGrant(person=row, application=application.value, level=level.value) for application, level in new
    )


def write_duties(person: Person, duties: Iterable[Duty]) -> None:
    """Make these, and no others, an officer's duties."""
    wanted = {each.value for each in duties}
    held = set(person.duties.values_list("duty", flat=True))
    person.duties.filter(duty__in=held - wanted).delete()
    OfficerDuty.objects.bulk_create(OfficerDuty(person=person, duty=each) for each in sorted(wanted - held))


def set_locked(person: Person, *, locked: bool) -> None:
    """Take the sign-in away, or give it back as far as the organisation allows it."""
    active = not locked and person.standing != Standing.CLOSED
    Person.objects.filter(pk=person.pk).update(is_locked=locked, is_active=active)


def add_one_time_codes(email: str) -> None:
    """Give a person one-time codes whose secret this machine made."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(Person.objects.get(email=email.lower()), generate_totp_secret())


def one_time_code(email: str) -> str | None:
    """The code of this moment; None when the person has no one-time codes."""
    from allauth.mfa import app_settings
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
    from allauth.mfa.utils import decrypt

    found = Authenticator.objects.filter(user__email=email.lower(), type=Authenticator.Type.TOTP).first()
    if found is None:
        return None
    secret = decrypt(found.data["secret"])
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))
    return code
