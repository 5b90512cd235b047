"""A place where notices are given: clients with sites, the gateway's keys in a directory, and sweepers under a moved clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from exchange.conftest import connection  # noqa: F401 - a fixture
from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange.handlers import DUE
from openics.exchange.models import Notice, OutboxItem
from openics.exchange.notices import handlers
from openics.exchange.notices.settings import NoticeSettings
from openics.exchange.policy import CANBERRA, Policy
from openics.exchange.sweeper import Sweeper
from openics.pki.gateway_keys import gateway_key
from openics.pki.identity import Identity

WEB = "https://ics.customs.example"
ISSUED = datetime(2012, 6, 1, tzinfo=CANBERRA)
RENEWED = datetime(2014, 4, 14, 9, 0, tzinfo=CANBERRA)
OPEN = datetime(2014, 5, 8, 0, 0, tzinfo=CANBERRA)
SWITCH = datetime(2014, 5, 21, 4, 0, tzinfo=CANBERRA)
RETIRED = datetime(2014, 5, 28, 4, 0, tzinfo=CANBERRA)
ONE, TWO, THREE, SILENT, PAUSED, TEST = "AAA676Y", "AAR399A", "FKG373X", "AAA333A", "AAA334N", "AAA336C"
MERIDIAN, SOUTHERN = "51824753556", "53004085616"


@dataclass
class Town:
    """The register, the keys, and whoever looks for notices."""

    connection: psycopg.Connection
    keys: Path
    now: datetime = RENEWED
    seen: set[int] = field(default_factory=set)

    @property
    def settings(self) -> NoticeSettings:
        return NoticeSettings(self.keys, WEB, test=False)

    def sweeper(self, connection: psycopg.Connection | None = None) -> Sweeper:  # noqa: F811 - not the fixture
        due = {**DUE, **handlers.handlers(self.settings)}
        return Sweeper(connection or self.connection, Policy(), due, lambda: self.now)

    def sweep(self, at: datetime) -> list[tuple[str, str, tuple[str, ...]]]:
        """Sweep at an instant; the mails that came of it: step, address, sites."""
        self.now = at.astimezone(UTC)
        self.sweeper().fire()
        new = OutboxItem.objects.exclude(pk__in=self.seen).order_by("id")
        found = [(self._step(item), item.recipient, self._sites(item)) for item in new]
        self.seen |= {item.pk for item in new}
        return found

    def run(self, start: datetime, end: datetime, every: timedelta) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """Sweep again and again; every mail with the minute (Canberra) in which it came."""
        found, at = [], start
        while at <= end:
            came = f"{at.astimezone(CANBERRA):%Y-%m-%d %H:%M}"
            found += [(came, *mail) for mail in self.sweep(at)]
            at = (at.astimezone(UTC) + every).astimezone(CANBERRA)
        return found

    def _step(self, item: OutboxItem) -> str:
        return next(iter(item.notices.values_list("step", flat=True)))

    def _sites(self, item: OutboxItem) -> tuple[str, ...]:
        return tuple(item.notices.order_by("site").values_list("site", flat=True))

    def open(self) -> list[tuple[str, str, str]]:
        """What still needs an action: kind, step, site."""
        rows = Notice.objects.filter(needs_action=True, settled_at=None).order_by("kind", "step", "site")
        return list(rows.values_list("kind", "step", "site"))


def site(name: str, owner: Client, administrator: str, **changes: object) -> Site:
    """A site of production."""
    fields = {"edi_address": f"edi@{name.lower()}.example", "administrator_address": administrator, **changes}
    return Site.objects.create(site_id=name, owner=owner, **fields)


def certificate(name: str, ends: datetime, site: str = ONE, **changes: object) -> SiteCertificate:
    """A certificate of two years; `name` is one hexadecimal digit."""
    begins = ends - timedelta(days=730)
    return SiteCertificate.objects.create(
        site_id=site, fingerprint=name * 64, der=name.encode(), not_before=begins, not_after=ends, **changes
    )


@pytest.fixture(scope="session")
def gateway_identities() -> tuple[Identity, Identity]:
    """The gateway's old and new certificate."""
    old, new = (
        Identity.generate("CCF E-mail Gateway", "ccf@customs.example", "Customs", at=at) for at in (ISSUED, RENEWED)
    )
    return old, new


@pytest.fixture
def town(connection: psycopg.Connection, tmp_path: Path) -> Iterator[Town]:  # noqa: F811 - a fixture
    """Two sites of one client share an address, another client has one there too; one site is written to by nobody."""
    meridian, southern = (
        Client.objects.create(client_id=number, kind="ABN", name=name, match_key=name)
        for number, name in ((MERIDIAN, "MERIDIAN EXPORTS"), (SOUTHERN, "SOUTHERN GRAIN"))
    )
    site(ONE, meridian, "it@meridian.example")
    site(TWO, meridian, "IT@meridian.example")
    site(THREE, southern, "it@meridian.example")
    site(SILENT, southern, "")
    site(PAUSED, southern, "it@southern.example", active=False)
    site(TEST, southern, "test@southern.example", test=True)
    made = Town(connection, tmp_path / "gateway")
    handlers.start(connection, RENEWED)
    return made


def announce(town: Town, identities: tuple[Identity, Identity], sign_from: datetime = SWITCH) -> None:
    """Put the old key and the new one into the directory, with their dates."""
    old, new = identities
    gateway_key("gateway-1", old, ISSUED, retire_at=sign_from + (RETIRED - SWITCH)).save(town.keys)
    gateway_key("gateway-2", new, sign_from, overlap=SWITCH - OPEN).save(town.keys)
