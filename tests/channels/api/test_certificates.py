"""A site's device certificate in place of a token; headers that anybody could send are not believed."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pytest_django import Settings

from channels.api.conftest import OTHER, SITE, Answer, House, ask, declaration, interchange
from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange.models import Intake
from openics.sandbox.authority import Authority
from openics.sandbox.seed import register_certificate

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def certificate(house: House, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> x509.Certificate:
    """A certificate registered to the house's site, and a proxy that is believed."""
    settings.PROXY_SECRET, settings.PROXY_ADDRESSES = SECRET, frozenset()
    authority = Authority.create(tmp_path_factory.mktemp("authority"), datetime.now(UTC))
    issued = authority.issue("Device", f"edi@{SITE.lower()}.example", "Trader", datetime.now(UTC)).certificate
    register_certificate(Site.objects.get(site_id=SITE), issued)
    return issued


def shown(certificate: x509.Certificate, **changes: str) -> dict[str, str]:
    """The headers that the proxy sets."""
    pem = quote(certificate.public_bytes(Encoding.PEM).decode())
    said = {"X-Client-Verify": "SUCCESS", "X-Client-Certificate": pem, "X-Proxy-Secret": SECRET}
    return {**said, **{name.replace("_", "-"): text for name, text in changes.items()}}


def told(answer: Answer) -> tuple[int, str]:
    """Status and kind of problem."""
    return answer.status, (answer.body.get("type") or "").rpartition("#problem-")[2]


def test_it_stands_for_its_site(house: House, certificate: x509.Certificate) -> None:
    headers = shown(certificate)
    found = ask("get", "/self", headers=headers).body
    assert (found["caller"], found["kind"], found["client"], found["sites"]) == (
        f"site {SITE}",
        "certificate",
        house.client.client_id,
        [SITE],
    )
    taken = ask("post", "/submissions", edifact=interchange(declaration()), headers=headers)
    assert (taken.status, Intake.objects.get().sender) == (202, f"{SITE} site {SITE}")
    house.work()
    stands = ask("get", taken.headers["Location"], headers=headers)
    assert stands.body["messages"][0]["state"] == "accepted"
    assert house.program("get", taken.headers["Location"]).status == 200
    assert house.stranger("get", taken.headers["Location"]).status == 404
    foreign = ask("post", "/submissions", edifact=interchange(declaration(), site=OTHER), headers=headers)
    assert told(foreign) == (403, "foreign-site")


def test_it_submits_for_its_own_site_only(house: House, certificate: x509.Certificate) -> None:
    Site.objects.create(site_id="AAB111C", owner=house.client, edi_address="second@example.example", test=True)
    second = interchange(declaration(), site="AAB111C")
    assert told(ask("post", "/submissions", edifact=second, headers=shown(certificate))) == (403, "foreign-site")
    assert house.program("post", "/submissions", edifact=second).status == 202


@pytest.mark.parametrize(
    "change",
    [
        {"X_Proxy_Secret": "wrong" * 8},
        {"X_Proxy_Secret": ""},
        {"X_Client_Verify": "NONE"},
        {"X_Client_Verify": "FAILED:expired"},
        {"X_Client_Verify": ""},
        {"X_Client_Certificate": ""},
        {"X_Client_Certificate": "-----BEGIN CERTIFICATE-----"},
    ],
)
def test_headers_that_the_proxy_did_not_set_are_not_believed(
    change: dict[str, str], certificate: x509.Certificate
) -> None:
    assert told(ask("get", "/self", headers=shown(certificate, **change))) == (401, "unauthenticated")


def test_without_a_secret_or_from_elsewhere_nobody_is_a_proxy(
    certificate: x509.Certificate, settings: Settings
) -> None:
    settings.PROXY_ADDRESSES = frozenset({"192.0.2.1"})
    assert told(ask("get", "/self", headers=shown(certificate))) == (401, "unauthenticated")
    settings.PROXY_ADDRESSES = frozenset({"127.0.0.1"})
    assert ask("get", "/self", headers=shown(certificate)).status == 200
    settings.PROXY_SECRET = ""
    for secret in (SECRET, ""):
        assert told(ask("get", "/self", headers=shown(certificate, X_Proxy_Secret=secret)))[0] == 401


def test_a_wrong_token_is_not_made_good_by_a_certificate(certificate: x509.Certificate) -> None:
    assert told(ask("get", "/self", token="openics_token_x", headers=shown(certificate))) == (401, "invalid-token")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"revoked_at": datetime.now(UTC)}, "is revoked"),
        ({"suspended_at": datetime.now(UTC)}, "is suspended"),
        ({"removed_at": datetime.now(UTC)}, "is replaced"),
        ({"not_after": datetime.now(UTC) - timedelta(days=1)}, "is expired"),
        ({"not_before": datetime.now(UTC) + timedelta(days=1)}, "is not yet valid"),
        ({"use": "encryption"}, "is registered for encryption only"),
    ],
)
def test_one_that_is_not_in_force_stands_for_nobody(
    change: dict[str, object], why: str, certificate: x509.Certificate
) -> None:
    SiteCertificate.objects.update(**change)
    answer = ask("get", "/self", headers=shown(certificate))
    assert told(answer) == (401, "invalid-certificate")
    assert answer.body["detail"] == f"The certificate of site {SITE} {why}."


def test_one_of_nobody_or_of_a_paused_site_stands_for_nobody(
    house: House, certificate: x509.Certificate, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Authority.create(tmp_path_factory.mktemp("other"), datetime.now(UTC))
    stranger = other.issue("Device", "edi@x.example", "Stranger", datetime.now(UTC)).certificate
    assert told(ask("get", "/self", headers=shown(stranger))) == (401, "invalid-certificate")
    Client.objects.filter(pk=house.client.pk).update(status="CANCELLED")
    assert told(ask("get", "/self", headers=shown(certificate))) == (401, "invalid-certificate")
    Client.objects.filter(pk=house.client.pk).update(status="ACTIVE")
    Site.objects.filter(site_id=SITE).update(active=False)
    assert told(ask("get", "/self", headers=shown(certificate))) == (401, "invalid-certificate")


def test_ones_own_site_with_its_certificates(house: House, certificate: x509.Certificate) -> None:
    found = house.program("get", f"/sites/{SITE.lower()}").body
    assert (found["waiting"], [each["standing"] for each in found["certificates"]]) == (0, ["in force"])
    assert found["certificates"][0]["pem"] == certificate.public_bytes(Encoding.PEM).decode()
