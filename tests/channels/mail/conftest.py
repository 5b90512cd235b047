"""Fixtures of the mail channel: parties that trust one another, and a site with its keys."""

from datetime import timedelta
from pathlib import Path

import pytest

from channels.mail.couriers import ADDRESS, ADMINISTRATOR, GATEWAY, NOW, SITE, register
from openics.channels.mail.opening import MailOpener
from openics.clients.models import Client, Site
from openics.pki.gateway_keys import GatewayKeys, gateway_key
from openics.pki.identity import Identity
from openics.pki.trust import TrustStore
from trading_parties import Parties, make_parties


@pytest.fixture(scope="module")
def parties(tmp_path_factory: pytest.TempPathFactory) -> Parties:
    """An authority, a gateway and two sites."""
    return make_parties(tmp_path_factory.mktemp("parties"))


@pytest.fixture(scope="module")
def opener(parties: Parties) -> MailOpener:
    """The gateway of industry test."""
    return MailOpener(GatewayKeys.load(parties.keys), TrustStore.load(parties.trust), test=True)


@pytest.fixture(scope="module")
def trader() -> Identity:
    return Identity.generate(SITE, ADDRESS, "Trader", at=NOW - timedelta(days=1))


@pytest.fixture(scope="module")
def gateway() -> Identity:
    return Identity.generate("Gateway", GATEWAY, "Customs", at=NOW - timedelta(days=1))


@pytest.fixture
def keys(gateway: Identity, tmp_path: Path) -> GatewayKeys:
    gateway_key("gateway-1", gateway, NOW - timedelta(days=1)).save(tmp_path / "keys")
    return GatewayKeys.load(tmp_path / "keys")


@pytest.fixture
def site(trader: Identity) -> Site:
    owner = Client.objects.create(client_id="53004085616", kind="ABN", name="TRADER", match_key="TRADER")
    site = Site.objects.create(
        site_id=SITE, owner=owner, edi_address=ADDRESS, administrator_address=ADMINISTRATOR, test=True
    )
    register(site, trader)
    return site
