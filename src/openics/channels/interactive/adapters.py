"""How sign-in differs from allauth's own: nobody signs up, nobody locks others out, secrets are encrypted, a factor stays."""

import time
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from cryptography.fernet import Fernet
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from openics.channels.sign_in import invitations, places, sessions
from openics.clients.models import Person

_HELP = "Customs creates and resets accounts: write to the service desk from your registered address."


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type hints
    """Accounts are made by customs, and errors say how to go on."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": f"This account is closed. {_HELP}",
        "email_password_mismatch": (
            "The e-mail address or the password is not right. Check both, and mind capital letters; or sign in with a "
            "passkey."
        ),
        "enter_current_password": "Enter your password as it is now",
        "incorrect_password": "The password is not right. Check it, and mind capital letters.",
        "too_many_login_attempts": "Too many attempts with a wrong password. Wait five minutes, then try again.",
        "rate_limited": "Too many attempts in a short time. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth calls it so
        """Nobody creates an account here."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again before changing how to sign in."""
        return super().is_reauthentication_required(app=app, **kwargs) and not _just_signed_in(self.request)

    def get_login_stages(self) -> list[str]:
        """A certificate of an identified person is asked for no second factor."""
        stage = "openics.channels.sign_in.stages.SecondFactorStage"
        return [stage if each.endswith(".AuthenticateStage") else each for each in super().get_login_stages()]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Slow down guessing, without letting it keep the account's owner out.

        Wrong passwords count for the address that they come from and the account together. All addresses together have
        a limit for each account, which a browser does not share in which the owner signed in before.
        """
        login = str(credentials.get("email", "")).lower()
        if not self._is_owners_browser(request, login):
            usage = ratelimit.consume(request, action="login_failed_account", key=login, dry_run=True)
            if not usage:
                raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password for the account, wherever it came from."""
        login = str(credentials.get("email", "")).lower()
        if not self._is_owners_browser(request, login):
            ratelimit.consume(request, action="login_failed_account", key=login)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        login = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{request.META.get('REMOTE_ADDR', '')} {login}"

    def _is_owners_browser(self, request: HttpRequest, login: str) -> bool:
        known = places.known_browser(request)
        return known is not None and Person.objects.filter(pk=known, email=login).exists()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth calls it so
        """Back to the page that sets up how to sign in."""
        return reverse("mfa_index")

    def set_password(self, user: Any, password: str) -> None:
        """Change the password and end the person's other sessions."""
        super().set_password(user, password)
        by, but = sessions.by_person(user), self.request.session.get(sessions.KEY)
        sessions.end_all(user, by, "the password was changed", but=but)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no type hints
    """Second factors: secrets encrypted at rest, and never fewer than one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": (
            "The code is not right. Use the newest one that your app shows, and check that the clock of your phone is set "
            "automatically. Each code works once."
        ),
        "cannot_delete_authenticator": "Everybody needs a second factor. Set up another one first, then remove this one.",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called until its owner names it."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def encrypt(self, text: str) -> str:
        """Encrypt a secret under the system's own key."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a secret."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Recovery codes may go; of the others one must stay."""
        if authenticator.type == Authenticator.Type.RECOVERY_CODES:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


@receiver(authenticator_added)
def _end_invitations(request: HttpRequest, user: Any, **_: Any) -> None:
    """A link is used up when a passkey or codes are set up."""
    invitations.use_up(user, sessions.by_person(user), request.session.get(sessions.KEY))


def _just_signed_in(request: HttpRequest) -> bool:
    latest = max((record["at"] for record in get_authentication_records(request, request.user)), default=0.0)
    return bool(request.user.is_authenticated and time.time() - latest < REAUTHENTICATION_TIMEOUT)


def _cipher() -> Fernet:
    key = sha256(b"second factor secrets" + settings.SECRET_KEY.encode()).digest()
    return Fernet(urlsafe_b64encode(key))
