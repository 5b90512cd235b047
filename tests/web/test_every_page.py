"""Every page of the URL conf: nothing for axe to find, on a desk and on a phone, and no sideways scrolling."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from channels.interactive.test_clients import register  # noqa: F401 - a fixture
from isolation.test_isolation import all_routes
from openics.pki.gateway_keys import gateway_key
from openics.sandbox.authority import Authority
from web.addresses import NO_PAGES, PAGES
from web.conftest import OpenBrowser
from web.sample import Sample
from web.sample_sites import add_certificates
from web.test_accessible import check

NAMES = sorted({str(route.name) for route in all_routes(get_resolver().url_patterns)})
FOR_PROGRAMS = "api_"
"""How the names of routes begin that answer programs with data."""


@pytest.fixture(autouse=True)
def _gateway_with_a_key(tmp_path: Path, settings: Any) -> None:
    identity = Authority.create(tmp_path).issue("CCF E-mail Gateway", "ccf@customs.example", "Customs")
    gateway_key("gateway", identity, datetime.now(UTC)).save(tmp_path)
    settings.GATEWAY_DIRECTORY = tmp_path
    settings.PKI_DIRECTORY = tmp_path / "pki"
    Authority.create(tmp_path / "pki" / "authority")


def test_every_route_has_sample_addresses_or_a_reason_to_have_none() -> None:
    assert sorted({*PAGES, *NO_PAGES}) == [name for name in NAMES if not name.startswith(FOR_PROGRAMS)]
    assert PAGES.keys() & NO_PAGES.keys() == set()


@pytest.mark.parametrize("name", PAGES)
def test_a_route_shows_pages_for_everybody(
    name: str,
    visit: OpenBrowser,
    sample: Sample,
    assets: Path,
    register: None,  # noqa: F811 - the fixture
) -> None:
    add_certificates()
    looks = PAGES[name](sample)
    pages = {who: visit(getattr(sample, who) if who else None) for who in dict(looks)}
    for who, address in looks:
        check(pages[who], assets, address)
        assert pages[who].url.endswith(address)
