"""What opening a batch of mails asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels.mail.mails import received, registered, sealed
from openics.channels.mail.opening import MailOpener, Register, RegisteredSite
from openics.clients.models import Client, Site, SiteCertificate
from openics.exchange.opening import Opened, Refused
from openics.pki.certificates import der, fingerprint
from openics.pki.identity import Identity
from trading_parties import (
    NOW,
    OTHER_ADDRESS,
    OTHER_SITE,
    SITE,
    SITE_ADDRESS,
    STARTED,
    Parties,
)


@pytest.mark.django_db
class TestLoad:
    def _client(self) -> Client:
        return Client.objects.create(client_id="51824753556", kind="ABN", name="Trader", match_key="TRADER")

    def _site(self, owner: Client, site: str, address: str, *identities: Identity) -> Site:
        row = Site.objects.create(site_id=site, owner=owner, edi_address=address, test=True)
        for identity in identities:
            certificate = identity.certificate
            SiteCertificate.objects.create(
                site=row,
                fingerprint=fingerprint(certificate),
                der=der(certificate),
                not_before=certificate.not_valid_before_utc,
                not_after=certificate.not_valid_after_utc,
            )
        return row

    def test_sites_are_found_by_subject_and_by_address_in_one_query(self, parties: Parties, opener: MailOpener) -> None:
        owner = self._client()
        renewed = parties.authority.issue("Trader device", SITE_ADDRESS, at=STARTED)
        self._site(owner, SITE, "EDI@Trader.example", parties.site, renewed)
        self._site(owner, OTHER_SITE, OTHER_ADDRESS)
        self._site(owner, "FKG373X", "third@trader.example", parties.other)
        SiteCertificate.objects.filter(fingerprint=fingerprint(renewed.certificate)).update(removed_at=NOW)
        batch = [
            received(sealed(parties)),
            received(f"From: {OTHER_ADDRESS}\r\nSubject: hello\r\n\r\n".encode()),
            received(b"rubbish\x00"),
        ]
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            connection.cursor() as cursor,
        ):
            found = opener.load(cursor, batch, NOW)
        assert len(queries) == 1
        held = registered(parties.site) | registered(renewed, removed_at=NOW)
        site = RegisteredSite(SITE, SITE_ADDRESS, True, True, held)
        other = RegisteredSite(OTHER_SITE, OTHER_ADDRESS, True, True, {})
        assert found == Register({SITE: site, OTHER_SITE: other}, {SITE_ADDRESS: site, OTHER_ADDRESS: other})

    def test_a_batch_is_opened_with_what_was_loaded(self, parties: Parties, opener: MailOpener) -> None:
        self._site(self._client(), SITE, SITE_ADDRESS, parties.site)
        batch = [received(sealed(parties)), received(sealed(parties, parties.other))]
        with connection.cursor() as cursor:
            facts = opener.load(cursor, batch, NOW)
        found = [opener.open(received, facts, NOW) for received in batch]
        assert isinstance(found[0], Opened)
        assert isinstance(found[1], Refused)
        assert (found[0].site, found[1].code, found[1].notify) == (SITE, "unregistered-certificate", SITE)

    def test_an_empty_register_refuses(self, parties: Parties, opener: MailOpener) -> None:
        with connection.cursor() as cursor:
            facts = opener.load(cursor, [received(sealed(parties))], NOW)
        assert facts == Register({}, {})
        found = opener.open(received(sealed(parties)), facts, NOW)
        assert isinstance(found, Refused)
        assert (found.code, found.notify) == ("unknown-site", "")
