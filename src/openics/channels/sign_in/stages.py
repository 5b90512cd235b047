"""The step of signing in that asks for a second factor."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth has no type hints
    """Asks for a second factor, but not after a certificate that signs in alone."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not certificate_was_enough(request, self.login.user) and super()._should_handle(request)


def certificate_was_enough(request: HttpRequest, person: Any) -> bool:
    """Whether the person signed in with a certificate that needs no second factor."""
    return any(
        record.get("method") == "certificate" and record.get("alone")
        for record in get_authentication_records(request, person)
    )
