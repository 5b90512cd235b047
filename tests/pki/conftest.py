"""Identities for the tests of this room, made once."""

import pytest

from openics.pki.identity import Identity
from trading_parties import Parties, make_parties


@pytest.fixture(scope="session")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Parties:
    """An authority, a gateway and two sites."""
    return make_parties(tmp_path_factory.mktemp("parties"))


@pytest.fixture(scope="session")
def stranger() -> Identity:
    """Somebody with a certificate that nobody issued."""
    return Identity.generate("Stranger", "edi@trader.example")
