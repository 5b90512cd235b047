"""What the gateway makes of paused sites and of certificates that are suspended, revoked, replaced, or for one use only."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from channels.mail.mails import received, registered, sealed
from openics.channels.mail.opening import MailOpener, Register, RegisteredSite
from openics.clients.certificate_rules import SiteCertificate, Use
from openics.exchange.opening import Opened, Refused
from openics.pki.certificates import described
from trading_parties import NOW, SITE, SITE_ADDRESS, STARTED, Parties

LATER = NOW + timedelta(hours=1)
SECOND = timedelta(seconds=1)


def register(certificates: Mapping[str, SiteCertificate], **changes: object) -> Register:
    fields: dict[str, object] = {"test": True, "active": True, **changes}
    site = RegisteredSite(SITE, SITE_ADDRESS, certificates=certificates, **fields)  # type: ignore[arg-type]
    return Register({SITE: site}, {SITE_ADDRESS: site})


def refused(found: Opened | Refused) -> tuple[str, str, str]:
    assert isinstance(found, Refused)
    assert found.fix
    assert found.checks[-1].passed is False
    return found.code, found.notify, found.text


def test_a_paused_site_is_told_since_when_and_why(parties: Parties, opener: MailOpener) -> None:
    facts = register(registered(parties.site), active=False, paused_at=NOW, pause_reason="audit of 2026")
    text = f"Site {SITE} is not active: paused since 2026-03-02 09:00 UTC (audit of 2026)."
    assert refused(opener.open(received(sealed(parties)), facts, LATER)) == ("inactive-site", SITE, text)


@pytest.mark.parametrize(
    ("changes", "at", "code"),
    [
        ({"suspended_at": LATER, "reason": "laptop lost"}, LATER - SECOND, ""),
        ({"suspended_at": LATER, "reason": "laptop lost"}, LATER, "suspended-certificate"),
        ({"suspended_at": NOW, "resumed_at": LATER}, LATER - SECOND, "suspended-certificate"),
        ({"suspended_at": NOW, "resumed_at": LATER}, LATER, ""),
        ({"revoked_at": LATER, "reason": "key stolen"}, LATER - SECOND, ""),
        ({"revoked_at": LATER, "reason": "key stolen"}, LATER, "revoked-certificate"),
        ({"removed_at": LATER}, LATER - SECOND, ""),
        ({"removed_at": LATER}, LATER, "unregistered-certificate"),
        ({"use": Use.SIGNING}, NOW, ""),
        ({"use": Use.ENCRYPTION}, NOW, "unregistered-certificate"),
    ],
)
def test_a_certificate_counts_until_the_instant(
    parties: Parties, opener: MailOpener, changes: dict[str, object], at: datetime, code: str
) -> None:
    facts = register(registered(parties.site, **changes))
    found = opener.open(received(sealed(parties), at), facts, LATER + timedelta(days=1))
    assert (found.code if isinstance(found, Refused) else "") == code


def test_the_reason_is_told(parties: Parties, opener: MailOpener) -> None:
    facts = register(registered(parties.site, revoked_at=NOW, reason="key stolen"))
    text = f"The certificate {described(parties.site.certificate)} is revoked at site {SITE}: key stolen."
    assert refused(opener.open(received(sealed(parties)), facts, LATER)) == ("revoked-certificate", SITE, text)


def test_another_certificate_of_the_site_still_counts(parties: Parties, opener: MailOpener) -> None:
    renewed = parties.authority.issue("Trader device", SITE_ADDRESS, at=STARTED)
    facts = register(registered(parties.site, revoked_at=NOW) | registered(renewed))
    assert isinstance(opener.open(received(sealed(parties, renewed)), facts, LATER), Opened)
