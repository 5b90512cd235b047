"""The page of the gateway's keys in a browser."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils import timezone

from openics.exchange.models import Intake
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import gateway_key
from openics.pki.identity import Identity
from web.conftest import OpenBrowser
from web.sample import Sample
from web.test_accessible import check


def test_the_gateways_keys(visit: OpenBrowser, sample: Sample, assets: Path, tmp_path: Path, settings: Any) -> None:
    settings.GATEWAY_DIRECTORY = tmp_path
    now = timezone.now()
    old, new = (Identity.generate("CCF", "ccf@customs.example", at=now - timedelta(days=days)) for days in (30, 20))
    gateway_key("gateway-1", old, now - timedelta(days=30)).save(tmp_path)
    gateway_key("gateway-2", new, now + timedelta(days=5)).save(tmp_path)
    Intake.objects.filter(site="AAA676Y", state="done").update(gateway_key=fingerprint(old.certificate))
    page = visit(sample.officer)
    check(page, assets, reverse("gateway_keys"))
    assert page.get_by_role("rowheader").all_inner_texts() == ["gateway-2", "gateway-1", "AAA676Y", "BBB214K"]
