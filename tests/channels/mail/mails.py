"""Mails that the gateway has taken, and those that a site makes."""

from datetime import datetime

from openics.exchange.opening import Received
from openics.pki import smime
from openics.pki.identity import Identity
from trading_parties import (
    NOW,
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
