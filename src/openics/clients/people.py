"""Adds people who sign in, with a password and, where we are asked to, a second factor."""

import secrets
import time

from openics.clients.models import Client, Person


def add_person(email: str, name: str, client: Client | None, *, officer: bool = False) -> str:
    """Add a person and return the first password."""
    from allauth.account.models import EmailAddress

    password = secrets.token_urlsafe(12)
    person = Person.objects.create_user(email, password, name=name, client=client, is_officer=officer)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return password


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
