"""Fixtures of signing in: sample people, an authority that is trusted, and a front proxy that is believed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from channels.front import SECRET
from channels.interactive.conftest import browse  # noqa: F401 - a fixture
from openics.sandbox.authority import Authority
from person_certificates import POLICY, Held, authority, of_person
from web import sample as samples

Presents = Callable[..., Client]


@pytest.fixture
def sample(db: None) -> samples.Sample:
    """The sample rows."""
    cache.clear()
    return samples.make()


@dataclass(frozen=True)
class Trusted:
    """The authority and where it lies."""

    authority: Authority
    directory: Path
    trust: Path

    def person(
        self, email: str = "clerk@meridian.example", policy: str = "", days: tuple[int, int] = (-1, 400)
    ) -> Held:
        """A certificate of a person."""
        return of_person(self.directory, email, policy, days)

    def revoke(self, held: Held) -> None:
        """Revoke a certificate, and let the store know."""
        self.authority.revoke(held.certificate)
        self.authority.install(self.trust)


@pytest.fixture
def trusted(tmp_path: Path, settings: Any) -> Trusted:
    """An authority whose certificates sign in; a policy of it identifies people."""
    trust = tmp_path / "trust"
    settings.TRUST_DIRECTORY, settings.SIGN_IN_POLICIES = trust, frozenset({POLICY})
    return Trusted(authority(tmp_path / "ca", trust), tmp_path / "ca", trust)


def proxied(held: Held | None = None, **more: str) -> dict[str, str]:
    """The headers that the proxy puts on a request."""
    said = {"X-Proxy-Secret": SECRET, "X-Client-Scheme": "https", "X-Client-Address": "198.51.100.4"}
    proof = (
        {"X-Client-Verify": "SUCCESS", "X-Client-Certificate": held.escaped} if held else {"X-Client-Verify": "NONE"}
    )
    return {**said, **proof, **more}


def just_signed_in(client: Client, person: Any) -> None:
    """Let the session say that the person gave a password a moment ago."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@pytest.fixture
def presents(db: None, settings: Any) -> Presents:
    """A browser behind the proxy that presents a certificate, signed in as somebody or nobody."""
    settings.PROXY_SECRET = SECRET

    def browser(held: Held | None, person: Any = None) -> Client:
        client = Client(headers=proxied(held))
        if person is not None:
            client.force_login(person)
            just_signed_in(client, person)
        return client

    return browser
