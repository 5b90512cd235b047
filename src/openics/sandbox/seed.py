"""What a fresh instance is filled with for trying out: a test authority, a gateway key, two trading sites, people."""

import json
import shutil
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection, transaction

from openics.clients.models import Client, Site, SiteCertificate
from openics.clients.people import add_one_time_codes, add_person
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import gateway_key
from openics.reference.loader import load_samples
from openics.sandbox.authority import Authority
from openics.sandbox.environment import OFFICER, SITES, Environment, ExampleSite, SignIn, trader_directory
from openics.trader.gateways import trust_anchor, trust_gateway, trust_revocations
from openics.trader.home import Config, TraderHome
from openics.trader.keys import install, make_key


def seed(home: Path, environment: Environment, now: datetime | None = None) -> None:
    """Fill a fresh instance. Interrupted anywhere, it is begun anew or found done: the database's part comes last."""
    if Site.objects.exists():
        return
    at = now or datetime.now(UTC)
    for leftover in (home / "pki", home / "traders"):
        shutil.rmtree(leftover, ignore_errors=True)
    authority = _authority(home / "pki", environment, at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            load_samples(cursor, at)
        people = [_site(home, each, authority, environment, at) for each in SITES]
        password = add_person(OFFICER, "Example officer", None, officer=True)
        add_one_time_codes(OFFICER)
        people.append(SignIn(OFFICER, password, "officer of customs"))
        _write_private(home / "sign-in.json", json.dumps([asdict(person) for person in people], indent=2))


def _authority(pki: Path, environment: Environment, at: datetime) -> Authority:
    authority = Authority.create(pki / "authority", at, web=environment.web)
    authority.install(pki / "trust")
    identity = authority.issue("CCF E-mail Gateway", environment.gateway_address, "Customs", at)
    gateway_key("gateway-1", identity, at).save(pki / "gateway")
    _write_private(pki / "gateway.pem", identity.certificate.public_bytes(Encoding.PEM).decode())
    _write_private(pki / "anchor.pem", authority.certificate.public_bytes(Encoding.PEM).decode())
    return authority


def _site(home: Path, example: ExampleSite, authority: Authority, environment: Environment, at: datetime) -> SignIn:
    owner = Client.objects.create(
        client_id=example.abn, kind="ABN", name=example.name, match_key=example.name, roles=list(example.roles)
    )
    site = Site.objects.create(
        site_id=example.site,
        owner=owner,
        edi_address=example.address,
        administrator_address=example.administrator,
        test=environment.test,
        is_default=True,
    )
    register_certificate(site, _trader(home, example, authority, environment, at))
    password = add_person(example.person, f"Trader at {example.name.title()}", owner)
    add_one_time_codes(example.person)
    return SignIn(example.person, password, f"trader at site {example.site}")


def _trader(
    home: Path, example: ExampleSite, authority: Authority, environment: Environment, at: datetime
) -> x509.Certificate:
    """Make the site's client home, as the trader's own software would, and return its certificate."""
    config = Config(
        site=example.site,
        address=example.address,
        gateway_address=environment.gateway_address,
        organisation=example.name,
        customs_site=environment.customs_site,
        smtp_host=environment.smtp_host,
        smtp_port=environment.smtp_port,
        test=environment.test,
    )
    trader = TraderHome.create(trader_directory(home, example.site), config)
    certificate = authority.issue_for_request(make_key(trader).read_bytes(), at)
    issued = trader.identity / "issued.pem"
    issued.write_bytes(certificate.public_bytes(Encoding.PEM))
    install(trader, issued, at)
    issued.unlink()
    trust_anchor(trader, home / "pki" / "anchor.pem")
    trust_revocations(trader, home / "pki" / "trust" / "crls" / "test-authority.crl")
    trust_gateway(trader, home / "pki" / "gateway.pem", at)
    return certificate


def register_certificate(site: Site, certificate: x509.Certificate) -> SiteCertificate:
    """Register a certificate to a site."""
    return SiteCertificate.objects.create(
        site=site,
        fingerprint=fingerprint(certificate),
        der=certificate.public_bytes(Encoding.DER),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text)
