"""The sandbox's next gateway certificate, and the trust lists of its example sites."""

from datetime import datetime
from pathlib import Path

from cryptography import x509

from openics.pki.errors import PkiError
from openics.pki.gateway_keys import read_public
from openics.pki.identity import Identity
from openics.sandbox.authority import Authority
from openics.sandbox.environment import SITES, trader_directory
from openics.trader.gateways import trust_gateway_certificate, untrust_gateway
from openics.trader.home import TraderHome

COMMON_NAME = "CCF E-mail Gateway"
ORGANISATION = "Customs"


def issue(home: Path, address: str, now: datetime, web: str = "") -> Identity:
    """A new gateway certificate of the test authority; raises PkiError where there is none."""
    directory = home / "pki" / "authority"
    if not directory.is_dir():
        raise PkiError(
            "no-trust-anchor",
            f"There is no test authority in {directory}.",
            "In production, have your certificate authority issue the certificate: `openics gateway keys add`.",
        )
    return Authority(directory, web).issue(COMMON_NAME, address, ORGANISATION, now)


def announce(home: Path, now: datetime) -> int:
    """Tell the example sites the gateway's keys and their dates, as a notice to all sites would; gives how many there are.

    A site encrypts to a key from the instant at which the gateway signs with it, and trusts its signature until it is
    used no more. A key that was rolled back stays on their lists as it is: the gateway still opens what is encrypted to
    it.
    """
    keys = [key for key in read_public(home / "pki" / "gateway") if now < key.retire_at]
    traders = _traders(home)
    for trader in traders:
        for key in keys:
            if key.sign_from is not None:
                trust_gateway_certificate(
                    trader, key.certificate, (), now, encrypt_from=key.sign_from, retire_at=key.retire_at
                )
    return len(traders)


def withdraw(home: Path, certificate: x509.Certificate) -> None:
    """Have the example sites strike a certificate off their lists."""
    for trader in _traders(home):
        untrust_gateway(trader, certificate)


def _traders(home: Path) -> list[TraderHome]:
    directories = [trader_directory(home, example.site) for example in SITES]
    return [TraderHome.open(each) for each in directories if (each / "config.toml").exists()]
