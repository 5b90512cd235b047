"""A test authority, a gateway and two sites, with the mails that pass between them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from openics.pki import cms, smime
from openics.pki.gateway_keys import gateway_key
from openics.pki.identity import Identity
from openics.pki.smime import Outgoing
from openics.sandbox.authority import Authority

GATEWAY_ADDRESS = "ccf@customs.example"
SITE, SITE_ADDRESS = "AAA676Y", "edi@trader.example"
OTHER_SITE, OTHER_ADDRESS = "AAR399A", "edi@other.example"
CUSTOMS = "AAA336C"
STARTED = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
"""When the certificates were issued."""
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
INTERCHANGE = (
    b"UNA:+.? 'UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+260302:1900+200401270001++++1++1'"
    b"UNH+1+CUSDEC:D:99B:UN'BGM+830:::STREQ+REF1:1+9'UNT+3+1'UNZ+1+200401270001'"
)


@dataclass(frozen=True)
class Parties:
    """Who there is; `trust` and `keys` are the gateway's directories."""

    authority: Authority
    gateway: Identity
    site: Identity
    other: Identity
    trust: Path
    keys: Path


def make_parties(home: Path) -> Parties:
    """Issue everything anew below `home`."""
    authority = Authority.create(home / "authority", STARTED)
    gateway = authority.issue("CCF E-mail Gateway", GATEWAY_ADDRESS, at=STARTED)
    gateway_key("first", gateway, STARTED).save(home / "gateway")
    authority.install(home / "trust")
    return Parties(
        authority,
        gateway,
        authority.issue("Trader device", SITE_ADDRESS, at=STARTED),
        authority.issue("Other device", OTHER_ADDRESS, at=STARTED),
        home / "trust",
        home / "gateway",
    )


def outgoing(content: bytes = INTERCHANGE, **changes: object) -> Outgoing:
    """The sample interchange as the site sends it, with changes to the mail's fields."""
    fields: dict[str, object] = {
        "sender": SITE_ADDRESS,
        "recipient": GATEWAY_ADDRESS,
        "subject": f"{SITE}_200401270001_{CUSTOMS}",
        "filename": f"{SITE}_200401270001.edi",
        "content": content,
        "message_id": "<1@trader.example>",
        "date": NOW,
    }
    return Outgoing(**(fields | changes))  # type: ignore[arg-type]


def envelope_of(inner: bytes, recipient: Identity, sender: str = SITE_ADDRESS, subject: str = "") -> bytes:
    """A mail whose encrypted content is `inner`, whatever that is."""
    subject = subject or f"{SITE}_200401270001_{CUSTOMS}"
    head = (
        f"From: {sender}\r\nTo: {GATEWAY_ADDRESS}\r\nSubject: {subject}\r\nMessage-ID: <2@trader.example>\r\n".encode()
    )
    return head + smime.pkcs7_part("enveloped-data", cms.encrypt(inner, [recipient.certificate]))


def signed_mail(body: bytes, signer: Identity, recipient: Identity, **header: str) -> bytes:
    """A mail whose signed body is `body`, whatever that is."""
    return envelope_of(smime.pkcs7_part("signed-data", cms.sign(body, signer)), recipient, **header)
