"""Who calls: a program by its token, or a site by its device certificate, with what it may do and see."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from openics.channels.api import secrets
from openics.channels.api.models import AccessToken
from openics.channels.api.problems import ProblemError
from openics.channels.api.scopes import SCOPES, allowed, grants
from openics.channels.interactive.site_queries import record
from openics.channels.proxy import client_certificate
from openics.clients.certificate_rules import Standing
from openics.clients.models import Client, SiteCertificate
from openics.information.interest import Viewer, viewer_of_program
from openics.pki.certificates import fingerprint

REALM: Final = 'Bearer realm="OpenICS"'


@dataclass(frozen=True, slots=True)
class Caller:
    """A program or a site that calls. `sites` are those that it may submit for."""

    name: str
    """What idempotency keys, counts, the inbox and the log know it by: `prg-…`, or `site AAA676Y`."""
    kind: str
    client: Client
    scopes: frozenset[str]
    viewer: Viewer
    sites: tuple[str, ...]

    def needs(self, scope: str) -> None:
        """Refuse unless the scope is granted."""
        if scope and scope not in self.scopes:
            raise insufficient(scope)


def insufficient(scope: str) -> ProblemError:
    """The refusal of a caller that is known but may not."""
    challenge = f'{REALM}, error="insufficient_scope", scope="{scope}"'
    detail = f"This needs the scope {scope}, which the token does not have."
    return ProblemError("insufficient-scope", detail, headers={"WWW-Authenticate": challenge}, scope=scope)


def identify(request: HttpRequest) -> Caller:
    """Who calls. A token goes before a certificate. Raises ProblemError when neither says it."""
    header = request.headers.get("Authorization", "")
    if header:
        return _by_token(header)
    certificate = client_certificate(request)
    if certificate is None:
        detail = "There is neither a token nor a client certificate."
        raise ProblemError("unauthenticated", detail, headers={"WWW-Authenticate": REALM})
    return _by_certificate(fingerprint(certificate))


def _by_token(header: str) -> Caller:
    scheme, _, token = header.partition(" ")
    now = timezone.now()
    rows = AccessToken.objects.select_related("secret__program__client")
    found = rows.filter(digest=secrets.digest(token.strip())).first() if scheme.lower() == "bearer" else None
    if found is None or found.revoked_at is not None or found.expires_at <= now:
        raise _invalid()
    secret, program = found.secret, found.secret.program
    over = program.ended_at is not None or (secret.ends_at is not None and secret.ends_at <= now)
    if over or program.client.status != "ACTIVE":
        raise _invalid()
    scopes = allowed(set(found.scopes) & set(program.scopes))
    viewer = viewer_of_program(program.client, grants(scopes), program.identifier)
    return Caller(program.identifier, "program", program.client, scopes, viewer, viewer.sites)


def _invalid() -> ProblemError:
    """One answer, whether the token is wrong, expired, revoked, or its program ended."""
    challenge = f'{REALM}, error="invalid_token"'
    detail = "The token is unknown, expired or revoked, or its secret or program is ended."
    return ProblemError("invalid-token", detail, headers={"WWW-Authenticate": challenge})


def _by_certificate(digits: str) -> Caller:
    rows = SiteCertificate.objects.select_related("site__owner")
    found = rows.filter(fingerprint=digits).first()
    if found is None or not found.site.active or found.site.owner.status != "ACTIVE":
        raise ProblemError("invalid-certificate", "The certificate is not registered to an active site.")
    known = record(found)
    standing = known.standing(timezone.now())
    if standing is not Standing.IN_FORCE or not known.use.signs:
        why = f"is {standing}" if standing is not Standing.IN_FORCE else "is registered for encryption only"
        raise ProblemError("invalid-certificate", f"The certificate of site {found.site_id} {why}.")
    scopes = frozenset(SCOPES)
    name = f"site {found.site_id}"
    viewer = viewer_of_program(found.site.owner, grants(scopes), name)
    return Caller(name, "certificate", found.site.owner, scopes, viewer, (found.site_id,))
