"""Proves to customs that we hold the key of our newest certificate, so that it can be registered."""

from openics.pki.possession import prove
from openics.trader.errors import TraderError
from openics.trader.home import TraderHome
from openics.trader.keys import identities


def prove_newest(home: TraderHome, challenge: str) -> str:
    """The challenge, signed with the key of our newest certificate (PEM)."""
    found = identities(home)
    if not found:
        fix = "Send the request of `openics client key` to the authority; `openics client install` its answer."
        raise TraderError(f"There is no certificate in {home.identity}.", fix)
    return prove(challenge.strip(), found[0])
