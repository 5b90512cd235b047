"""Mails that the gateway must refuse or answer with an error, made as a careless or hostile sender makes them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509

from openics.edifact.envelope import Header
from openics.edifact.writer import write_interchange
from openics.messages.writing import write_message
from openics.ops.roles import gateway_directory, trust_directory
from openics.pki import cms, smime
from openics.pki.directory import RELOAD_AFTER
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.identity import Identity
from openics.pki.smime import Outgoing
from openics.sandbox.authority import Authority
from openics.sandbox.story import current_declaration
from openics.trader.home import TraderHome
from openics.trader.keys import signing_identity
from openics.trader.sending import new_header
from system.instances import System
from trading_parties import envelope_of, signed_mail

CUSTOMS = "AAA336C"
TEXT_PART = b"Content-Type: text/plain\r\n\r\n"


@dataclass
class Forger:
    """Makes mails of one site; `count` numbers the declarations."""

    system: System
    site: str
    other_site: str
    count: int = 0
    authority: Authority = field(init=False)
    gateway: Identity = field(init=False)
    identity: Identity = field(init=False)
    other: Identity = field(init=False)

    def __post_init__(self) -> None:
        now = datetime.now(UTC)
        self.authority = Authority(self.system.home / "pki" / "authority")
        self.gateway = GatewayKeys.load(gateway_directory(self.system.home)).signing(now)
        self.identity = signing_identity(self.home, now)
        self.other = signing_identity(self.system.site(self.other_site).home, now)

    @property
    def home(self) -> TraderHome:
        """The site's directory."""
        return self.system.site(self.site).home

    def header(self) -> Header:
        """A good header under the next control reference."""
        return new_header(self.home, datetime.now(UTC))

    def interchange(self, change: Callable[[bytes], bytes] = bytes, header: Header | None = None) -> bytes:
        """A new interchange with one export declaration that is good before the change."""
        self.count += 1
        document = current_declaration(f"BAD-{self.count:03d}", datetime.now(UTC))
        return change(write_interchange(header or self.header(), [write_message(document, "1")]))

    def sealed(
        self,
        content: bytes,
        header: Header,
        signer: Identity | None = None,
        recipient: x509.Certificate | None = None,
        site: str | None = None,
        customs: str = CUSTOMS,
    ) -> bytes:
        """A mail of the site with `content` attached; everything else is right unless given."""
        creator = site or self.site
        config = self.home.config
        outgoing = Outgoing(
            sender=config.address,
            recipient=config.gateway_address,
            subject=f"{creator}_{header.control_reference}_{customs}",
            filename=f"{creator}_{header.control_reference}.edi",
            content=content,
            message_id=f"<{header.control_reference}.{time.time_ns()}@forger.example>",
            date=datetime.now(UTC),
        )
        return smime.seal(outgoing, signer or self.identity, [recipient or self.gateway.certificate])

    def changed(self, change: Callable[[bytes], bytes], header: Header | None = None) -> bytes:
        """A mail that is good in everything but the bytes of its interchange."""
        own = header or self.header()
        return self.sealed(self.interchange(change, own), own)

    def signed_by(self, signer: Identity) -> bytes:
        """A mail that is good but for its signer."""
        header = self.header()
        return self.sealed(self.interchange(header=header), header, signer)

    def device(self, at: datetime | None = None) -> Identity:
        """A new certificate of the site's address, as if issued at that time; nobody registered it."""
        return self.authority.issue("Trader device", self.home.config.address, at=at)

    def signed_body(self, *parts: bytes) -> bytes:
        """A mail with a signed body of these parts."""
        body = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        body += b"\r\n--x\r\n".join(parts) + b"\r\n--x--\r\n"
        return self.signed(body)

    def signed(self, body: bytes) -> bytes:
        """A mail whose signed body is as given."""
        sender, subject = self.home.config.address, f"{self.site}_{self.header().control_reference}_{CUSTOMS}"
        return signed_mail(body, self.identity, self.gateway, sender=sender, subject=subject)

    def attached(self) -> bytes:
        """A part with a good interchange attached."""
        content = self.interchange()
        return (
            b"Content-Type: application/octet-stream; name=a.edi\r\nContent-Disposition: attachment\r\n\r\n" + content
        )

    def not_mail(self) -> bytes:
        return b"rubbish\x00 of no kind\r\n"

    def no_attachment(self) -> bytes:
        return self.signed_body(TEXT_PART)

    def two_attachments(self) -> bytes:
        return self.signed_body(TEXT_PART, self.attached(), self.attached())

    def text_in_the_body(self) -> bytes:
        return self.signed_body(TEXT_PART + b"Dear customs, please find attached", self.attached())

    def over_10_mb(self) -> bytes:
        """An interchange of one byte more than 10 MB."""
        return self.changed(lambda content: content + b" " * (10_000_001 - len(content)))

    def deep(self) -> bytes:
        """MIME parts in parts, 1,000 deep, in a mail that is not even encrypted."""
        body = TEXT_PART
        for level in range(1000):
            mark = b"%d" % level
            body = b"Content-Type: multipart/mixed; boundary=" + mark + b"\r\n\r\n--" + mark + b"\r\n" + body
        return f"From: {self.home.config.address}\r\nMIME-Version: 1.0\r\n".encode() + body + b"\r\n"

    def deep_inside(self) -> bytes:
        """The same under signature and encryption."""
        return self.signed(self.deep())

    def not_cms(self) -> bytes:
        self.count += 1
        part = smime.pkcs7_part("enveloped-data", b"this is no CMS message")
        return f"From: {self.home.config.address}\r\nSubject: {self.count}\r\n".encode() + part

    def not_encrypted(self) -> bytes:
        return f"From: {self.home.config.address}\r\nSubject: x\r\n".encode() + self.attached() + b"\r\n"

    def not_signed(self) -> bytes:
        subject = f"{self.site}_{self.header().control_reference}_{CUSTOMS}"
        return envelope_of(self.attached(), self.gateway, self.home.config.address, subject)

    def wrong_key(self) -> bytes:
        header = self.header()
        return self.sealed(self.interchange(header=header), header, recipient=self.other.certificate)

    def expired(self) -> bytes:
        return self.signed_by(self.device(datetime.now(UTC) - timedelta(days=800)))

    def revoked(self) -> bytes:
        device = self.device()
        self.authority.revoke(device.certificate)
        self.authority.install(trust_directory(self.system.home))
        time.sleep(2 * RELOAD_AFTER)
        return self.signed_by(device)

    def unregistered(self) -> bytes:
        return self.signed_by(self.device())

    def unknown_issuer(self) -> bytes:
        return self.signed_by(Identity.generate("Trader device", self.home.config.address))

    def signed_by_another_site(self) -> bytes:
        return self.signed_by(self.other)

    def tampered(self) -> bytes:
        """One word changed after it was signed, encrypted anew to the gateway."""
        signed = cms.sign(self.attached(), self.identity)
        assert b"CHEDDAR" in signed
        letter = smime.pkcs7_part("signed-data", signed.replace(b"CHEDDAR", b"GRUYERE"))
        subject = f"{self.site}_{self.header().control_reference}_{CUSTOMS}"
        return envelope_of(letter, self.gateway, self.home.config.address, subject)

    def not_edifact(self) -> bytes:
        return self.changed(lambda _: b"Dear customs, I export cheese.")

    def other_reference_in_subject(self) -> bytes:
        return self.sealed(self.interchange(), self.header())

    def unknown_site(self) -> bytes:
        header = self.header()
        content = self.interchange(header=header).replace(self.site.encode(), b"FKG373X")
        return self.sealed(content, header, site="FKG373X")
