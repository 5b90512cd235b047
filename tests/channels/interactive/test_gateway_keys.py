"""The officers' page of the gateway's keys and of the sites that use them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from channels.interactive.conftest import Browse
from openics.exchange.models import Intake
from openics.information.models import Disclosure
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import gateway_key
from openics.pki.identity import Identity
from web.sample import Sample


@pytest.fixture(scope="module")
def gateway() -> Identity:
    return Identity.generate("CCF", "ccf@customs.example", at=timezone.now() - timedelta(days=30))


@pytest.fixture
def keys(tmp_path: Path, gateway: Identity) -> Path:
    """A directory with the certificate and dates of one key, and no private key."""
    gateway_key("gateway-1", gateway, timezone.now() - timedelta(days=20)).save(tmp_path)
    (tmp_path / "gateway-1.key").unlink()
    return tmp_path


def page(sample: Sample, browse: Browse, keys: Path) -> str:
    """The page's text as an officer sees it."""
    with override_settings(GATEWAY_DIRECTORY=keys):
        answer = browse(sample.officer, "Case 7").get(reverse("gateway_keys"))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_it_is_for_officers_with_a_purpose(sample: Sample, browse: Browse) -> None:
    address = reverse("gateway_keys")
    before = Disclosure.objects.count()
    assert [
        browse(None).get(address).status_code,
        browse(sample.trader).get(address).status_code,
        browse(sample.officer).get(address).status_code,
    ] == [302, 403, 302]
    assert Disclosure.objects.count() == before


def test_it_shows_keys_counts_and_sites(sample: Sample, browse: Browse, keys: Path, gateway: Identity) -> None:
    done = Intake.objects.filter(site="AAA676Y", state="done")
    assert done.update(gateway_key=fingerprint(gateway.certificate)) == 5
    text = page(sample, browse, keys)
    assert "gateway-1 Opens and signs" in text
    assert "gateway-1 is used no more." in text
    assert "Has not used the new key 0 Has used the new key, but used another one last 0" in text
    assert "Has sent nothing 1 Uses the new key 1" in text
    assert text.index("BBB214K") < text.index("AAA676Y")
    assert list(Disclosure.objects.values_list("subject_kind", "allowed")) == [("GATEWAY_KEYS", True)]


def test_without_keys_it_says_so(sample: Sample, browse: Browse, tmp_path: Path) -> None:
    assert f"There is no gateway key in {tmp_path}." in page(sample, browse, tmp_path)
