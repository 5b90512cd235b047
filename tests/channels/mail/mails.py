"""Mails that the gateway has taken, and those that a site makes."""

from datetime import datetime

from openics.clients.certificate_rules import SiteCertificate
from openics.exchange.opening import Received
from openics.pki import smime
from openics.pki.certificates import fingerprint
from openics.pki.identity import Identity
from trading_parties import (
    NOW,
    SITE,
    SITE_ADDRESS,
    Parties,
    outgoing,
)


def received(content: bytes, at: datetime = NOW) -> Received:
    """A mail that the gateway has taken from the site."""
    return Received(1, "mail", content, SITE_ADDRESS, at)


def sealed(parties: Parties, signer: Identity | None = None, **changes: object) -> bytes:
    """A mail as the site makes it, or another signer."""
    return smime.seal(outgoing(**changes), signer or parties.site, [parties.gateway.certificate])  # type: ignore[arg-type]


def registered(*identities: Identity, site: str = SITE, **changes: object) -> dict[str, SiteCertificate]:
    """The certificates as registered to a site, by fingerprint, each with the same changes."""
    found = [
        SiteCertificate(
            site,
            fingerprint(one.certificate),
            one.certificate.not_valid_before_utc,
            one.certificate.not_valid_after_utc,
            **changes,  # type: ignore[arg-type]
        )
        for one in identities
    ]
    return {each.fingerprint: each for each in found}
