"""Opens received mail: proves who sent it and takes the interchange out, or says why not (rules E1 to E10).

Steps, in order: mail, encryption, signature, trust, attachment and empty body, size, subject, interchange header, file
name, site, environment, certificate of the site, addresses. The first that fails ends it.

Nothing that fails here gets an EDI answer, since who sent it is not proved. Where the From address is that of a
registered site, the site's administrator is told in plain text, at the registered address: somebody who forges a From
address cannot make the gateway write to anybody else. Once the certificate has proved the site, that site's administrator is
told and no other. Text in the body, bounces and automatic mail get no answer of any kind.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openics.channels.mail.automatic import is_automatic
from openics.clients.certificate_rules import SiteCertificate, Standing, Use
from openics.clients.site_rules import PAUSE_FIX, pause_in_words
from openics.decision.room import Cursor
from openics.edifact.envelope import Header
from openics.edifact.reader import read_header
from openics.exchange.opening import Check, Opened, Received, Refused
from openics.pki import cms, smime
from openics.pki.certificates import addresses, described, fingerprint
from openics.pki.cms import Signed
from openics.pki.errors import PkiError
from openics.pki.gateway_keys import GatewayKeys
from openics.pki.kinds import Kind
from openics.pki.smime import Attachment, Bounds, Envelope
from openics.pki.trust import TrustStore

_SITE = r"[ACEFGHJKLMNPRTWXY]{3}[34679]{3}[ACEFGHJKLMNPRTWXY]"
SUBJECT = re.compile(rf"({_SITE})_([A-Za-z0-9]{{1,14}})_({_SITE})", re.ASCII)
"""Creator site, interchange control reference, recipient site (rule E6)."""

_FIX_SUBJECT = "Write the subject as <creator site>_<interchange control reference>_<recipient site>, nothing else."
_FIX_SAME = "Repeat the values of the UNB segment in the subject and in the name of the attachment."
_FIX_REGISTER = "Register the site, its address and its certificate with customs before sending."
_STOPPED = {
    Standing.SUSPENDED: (
        "suspended-certificate",
        "Sign with another registered certificate, or have customs resume it.",
    ),
    Standing.REVOKED: ("revoked-certificate", "Make a new key, and register a new certificate with customs."),
}


@dataclass(frozen=True, slots=True)
class RegisteredSite:
    """What the register knows of a site: its EDI address, environment, state, and certificates.

    `certificates` are the registered ones by fingerprint, whether in force or not.
    """

    site: str
    address: str
    test: bool
    active: bool
    certificates: Mapping[str, SiteCertificate]
    paused_at: datetime | None = None
    pause_reason: str = ""
    ciphers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """The sites that a batch of mails concerns, by id and by EDI address (lower case)."""

    by_id: Mapping[str, RegisteredSite]
    by_address: Mapping[str, RegisteredSite]


class GatewayError(Exception):
    """Why a mail that can be read is refused all the same."""

    def __init__(self, code: str, text: str, fix: str, rule: str = "") -> None:
        super().__init__(text)
        self.code, self.text, self.fix, self.rule = code, text, fix, rule


@dataclass(slots=True)
class Case:
    """One mail on its way through the steps."""

    received: Received
    register: Register
    envelope: Envelope = field(init=False)
    decrypted: bytes = b""
    telling: bool = False
    """Whether what fails now would tell something about bytes that anybody may have changed on the way."""
    kind: Kind | None = None
    gateway_key: str | None = None
    signed: Signed = field(init=False)
    attachment: Attachment = field(init=False)
    proved: str = ""
    creator: str = ""
    reference: str = ""
    recipient: str = ""
    site: RegisteredSite = field(init=False)


class MailOpener:
    """Opens mail with the gateway's keys, the trusted authorities and the register of sites.

    `test` says which environment the gateway serves; `max_interchange_bytes` is rule E5. Keys, certificates and their
    removal are judged as of the moment at which the mail was received, so that trying again later gives the same.

    In production the reasons why a mail does not open, or its signature is not right, are withheld from those outside
    unless its cipher shows that nothing was changed; in industry test they are told. `legacy` accepts SHA-1 and triple
    DES, each use of which is logged.
    """

    def __init__(
        self,
        gateway_keys: GatewayKeys,
        trust: TrustStore,
        *,
        test: bool,
        max_interchange_bytes: int = 10_000_000,
        bounds: Bounds | None = None,
        legacy: bool = False,
    ) -> None:
        self._gateway_keys = gateway_keys
        self._trust = trust
        self._test = test
        self._legacy = legacy
        self._max_interchange_bytes = max_interchange_bytes
        self._bounds = bounds or Bounds()
        self._steps: tuple[tuple[str, str, Callable[[Case], str]], ...] = (
            ("mail", "", self._read_envelope),
            ("encryption", "E4", self._decrypt),
            ("signature", "E4", self._verify),
            ("trust", "E4", self._trust_signer),
            ("attachment", "E1", self._take_attachment),
            ("size", "E5", self._check_size),
            ("subject", "E6", _check_subject),
            ("interchange header", "E7", _check_header),
            ("file name", "E9", _check_filename),
            ("site", "", _find_site),
            ("environment", "", self._check_environment),
            ("site certificate", "", _check_certificate),
            ("address", "", _check_address),
        )

    def load(self, cursor: Cursor, batch: Sequence[Received], now: datetime) -> Register:  # noqa: ARG002 - the protocol's
        """Fetch the sites that the batch's mails claim, by subject and by From address, in one query."""
        claims = [smime.claimed(received.content) for received in batch]
        ids = {match[1] for _, subject in claims if (match := SUBJECT.fullmatch(subject))}
        cursor.execute(
            "SELECT s.site_id, lower(s.edi_address), s.test, s.active, s.paused_at, s.pause_reason, s.ciphers, "
            "c.fingerprint, c.not_before, c.not_after, c.use, c.removed_at, c.suspended_at, c.resumed_at, c.revoked_at, "
            "c.reason FROM site s "
            "LEFT JOIN site_certificate c ON c.site_id = s.site_id "
            "WHERE s.site_id = ANY(%s) OR s.edi_address = ANY(%s)",
            (sorted(ids), sorted({sender for sender, _ in claims if sender})),
        )
        return _register(cursor.fetchall())

    def open(self, received: Received, facts: Register, now: datetime) -> Opened | Refused:  # noqa: ARG002 - the protocol's
        """Take one mail through the steps; never raises on its content."""
        case = Case(received, facts)
        checks: list[Check] = []
        for name, rule, step in self._steps:
            try:
                checks.append(Check(name, True, step(case), rule))
            except (PkiError, GatewayError) as error:
                checks.append(Check(name, False, error.text, error.rule or rule))
                return _refused(case, error, tuple(checks), withheld=case.telling and not self._test)
        return Opened(
            case.creator,
            case.attachment.content,
            tuple(checks),
            case.gateway_key,
            automatic=is_automatic(received),
            ciphers=case.signed.ciphers if case.signed.ciphers != case.site.ciphers else None,
            for_others=case.kind is Kind.HOST,
        )

    def _read_envelope(self, case: Case) -> str:
        case.envelope = smime.envelope(case.received.content, self._bounds)
        return f"from {case.envelope.sender}"

    def _decrypt(self, case: Case) -> str:
        keys = self._gateway_keys.decrypting(case.received.received_at)
        try:
            opened = cms.decrypt(case.envelope.enveloped, keys, legacy=self._legacy)
        except PkiError as error:
            wrong = cms.addressed(case.envelope.enveloped, self._gateway_keys.identities())
            case.gateway_key = fingerprint(wrong.certificate) if wrong else None
            case.telling = error.code == "wrong-key" and wrong in keys
            raise
        case.telling = not opened.authenticated
        case.decrypted = opened.content
        case.gateway_key = fingerprint(opened.identity.certificate)
        return f"with the key of {described(opened.identity.certificate)}"

    def _verify(self, case: Case) -> str:
        case.signed = smime.signed_content(case.decrypted, self._bounds, legacy=self._legacy)
        case.telling = False
        return f"{case.signed.digest} by {described(case.signed.signer_certificate)}"

    def _trust_signer(self, case: Case) -> str:
        signed = case.signed
        case.kind = self._trust.validate(signed.signer_certificate, signed.certificates, case.received.received_at)
        kind = f"{case.kind}, " if case.kind else ""
        return f"{kind}valid until {signed.signer_certificate.not_valid_after_utc:%Y-%m-%d}"

    def _take_attachment(self, case: Case) -> str:
        case.attachment = smime.attachment(case.signed.content, self._bounds)
        return case.attachment.filename

    def _check_size(self, case: Case) -> str:
        size = len(case.attachment.content)
        if size > self._max_interchange_bytes:
            raise GatewayError(
                "too-large",
                f"The interchange has {size} bytes; at most {self._max_interchange_bytes} are taken.",
                "Split it into several interchanges.",
                "E5",
            )
        return f"{size} bytes"

    def _check_environment(self, case: Case) -> str:
        if case.site.test != self._test:
            raise GatewayError(
                "wrong-environment",
                f"Site {case.creator} belongs to {_environment(case.site.test)}; this is {_environment(self._test)}.",
                "Send to the gateway of the site's own environment.",
            )
        return _environment(self._test)


def _check_subject(case: Case) -> str:
    match = SUBJECT.fullmatch(case.envelope.subject)
    if match is None:
        raise GatewayError(
            "bad-subject", f"The subject {case.envelope.subject[:80]!r} has not the form due.", _FIX_SUBJECT, "E6"
        )
    case.creator, case.reference, case.recipient = match.groups()
    return case.envelope.subject


def _check_header(case: Case) -> str:
    header = read_header(case.attachment.content)
    if header is None:
        raise GatewayError(
            "not-edifact",
            "The attachment does not begin with a UNB segment that can be read.",
            "Attach one UN/EDIFACT interchange, from UNA or UNB to UNZ.",
            "E7",
        )
    differences = [
        f"{name} {ours!r} but {theirs!r} in UNB" for name, ours, theirs in _pairs(case, header) if ours != theirs
    ]
    if differences:
        raise GatewayError("subject-mismatch", f"The subject says {'; '.join(differences)}.", _FIX_SAME, "E7")
    return "the same as the subject"


def _pairs(case: Case, header: Header) -> Iterator[tuple[str, str, str]]:
    yield "creator", case.creator, header.sender
    yield "control reference", case.reference, header.control_reference
    yield "recipient", case.recipient, header.recipient


def _check_filename(case: Case) -> str:
    due = f"{case.creator}_{case.reference}.edi"
    if case.attachment.filename != due:
        raise GatewayError(
            "bad-filename",
            f"The attachment is named {case.attachment.filename[:80]!r} where {due!r} is due.",
            _FIX_SAME,
            "E9",
        )
    return due


def _find_site(case: Case) -> str:
    site = case.register.by_id.get(case.creator)
    if site is None:
        raise GatewayError("unknown-site", f"No site {case.creator} is registered.", _FIX_REGISTER)
    if not site.active:
        raise GatewayError("inactive-site", pause_in_words(case.creator, site.paused_at, site.pause_reason), PAUSE_FIX)
    case.site = site
    return case.creator


def _check_certificate(case: Case) -> str:
    name = fingerprint(case.signed.signer_certificate)
    text = f"The certificate {described(case.signed.signer_certificate)}"
    registered = case.site.certificates.get(name)
    if registered is None:
        raise _unregistered(f"{text} is not registered to site {case.creator}.")
    standing = registered.standing(case.received.received_at)
    if standing is Standing.REPLACED:
        raise _unregistered(f"{text} is not registered to site {case.creator} any more: another one has replaced it.")
    if standing in _STOPPED:
        reason = f": {registered.reason}" if registered.reason else ""
        code, fix = _STOPPED[standing]
        raise GatewayError(code, f"{text} is {standing.value} at site {case.creator}{reason}.", fix)
    if not registered.use.signs:
        raise _unregistered(f"{text} is registered to site {case.creator} for encryption only.")
    case.proved = case.creator
    return f"SHA-256 {name}"


def _unregistered(text: str) -> GatewayError:
    fix = "Sign with the certificate registered to the site, or register this one first."
    return GatewayError("unregistered-certificate", text, fix)


def _check_address(case: Case) -> str:
    registered, sender = case.site.address, case.envelope.sender
    certified = addresses(case.signed.signer_certificate)
    if sender != registered:
        raise GatewayError(
            "wrong-address",
            f"The mail is from {sender}, which is not the address registered for site {case.creator}.",
            "Send from the registered address.",
        )
    if registered not in certified:
        raise GatewayError(
            "wrong-address",
            f"The certificate is for {', '.join(certified) or 'no address'}, the registered address is {registered}.",
            "Get a certificate for the registered address, or have the address changed.",
        )
    return registered


def _refused(case: Case, error: PkiError | GatewayError, checks: tuple[Check, ...], *, withheld: bool) -> Refused:
    told = _told(case, error, withheld=withheld)
    return Refused(error.code, error.text, error.fix, error.rule, told, checks, case.gateway_key, withheld)


def _told(case: Case, error: PkiError | GatewayError, *, withheld: bool) -> str:
    """The site whose administrator is told: the one that is proved, else the one whose address the mail bears."""
    if (error.rule == "E3" and not withheld) or is_automatic(case.received):
        return ""
    if case.proved:
        return case.proved
    claimed = case.register.by_address.get(smime.claimed(case.received.content)[0])
    return claimed.site if claimed is not None else ""


def _register(rows: Sequence[tuple[Any, ...]]) -> Register:
    by_id: dict[str, RegisteredSite] = {}
    certificates: dict[str, dict[str, SiteCertificate]] = {}
    for site, address, test, active, paused_at, reason, ciphers, name, not_before, not_after, use, *instants in rows:
        held = certificates.setdefault(site, {})
        by_id.setdefault(site, RegisteredSite(site, address, test, active, held, paused_at, reason, tuple(ciphers)))
        if name is not None:
            held[name] = SiteCertificate(site, name, not_before, not_after, Use(use), *instants)
    return Register(by_id, {site.address: site for site in by_id.values()})


def _environment(test: bool) -> str:
    return "industry test" if test else "production"
