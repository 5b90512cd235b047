"""What holds for the certificates of EDI sites: what they may be used for, how they stand, and their changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openics.clients.register_errors import RegisterError, checked_reason
from openics.clients.site_rules import SiteRecord, site_place
from openics.pki.certificates import addresses, described, fingerprint, for_mail, may_encrypt_to, may_sign

REMINDERS: Final = (60, 30, 14, 3)
"""Days before its end at which a certificate that is not renewed is reminded of."""
SHOWN: Final = 16
"""Digits of a fingerprint that name a certificate."""


class Use(StrEnum):
    """What a site's certificate is used for."""

    BOTH = "both"
    SIGNING = "signing"
    ENCRYPTION = "encryption"

    @property
    def signs(self) -> bool:
        """Whether the site signs with it."""
        return self is not Use.ENCRYPTION

    @property
    def encrypts(self) -> bool:
        """Whether mail to the site is encrypted to it."""
        return self is not Use.SIGNING

    def covers(self, other: "Use") -> bool:
        """Whether it serves for everything that `other` serves for."""
        return self in {Use.BOTH, other}


class Standing(StrEnum):
    """How a certificate stands."""

    IN_FORCE = "in force"
    NOT_YET = "not yet valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REVOKED = "revoked"


ENDED: Final = frozenset({Standing.EXPIRED, Standing.REPLACED, Standing.REVOKED})


@dataclass(frozen=True, slots=True)
class SiteCertificate:
    """A certificate as registered; each instant takes effect at once, and nothing undoes a revocation."""

    site: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    use: Use = Use.BOTH
    removed_at: datetime | None = None
    suspended_at: datetime | None = None
    resumed_at: datetime | None = None
    revoked_at: datetime | None = None
    reason: str = ""
    der: bytes = field(default=b"", repr=False)

    def standing(self, at: datetime) -> Standing:
        """How it stands, or stood, at an instant."""
        if self.revoked_at is not None and self.revoked_at <= at:
            return Standing.REVOKED
        if self.removed_at is not None and self.removed_at <= at:
            return Standing.REPLACED
        if self.not_after < at:
            return Standing.EXPIRED
        if self.suspended_at is not None and self.suspended_at <= at and not self._resumed_by(at):
            return Standing.SUSPENDED
        return Standing.NOT_YET if at < self.not_before else Standing.IN_FORCE

    def _resumed_by(self, at: datetime) -> bool:
        return self.resumed_at is not None and self.resumed_at <= at

    @property
    def place(self) -> str:
        """How a refusal names it."""
        return f"certificate {self.fingerprint[:SHOWN]} of site {self.site}"


def use_of(certificate: x509.Certificate, asked: Use | None) -> Use:
    """What the certificate will be used for: all that it is made for, or the part of that which is asked for."""
    signs, encrypts = may_sign(certificate), may_encrypt_to(certificate) and for_mail(certificate)
    made_for = {(True, True): Use.BOTH, (True, False): Use.SIGNING, (False, True): Use.ENCRYPTION}.get(
        (signs, encrypts)
    )
    if made_for is None or (asked is not None and not made_for.covers(asked)):
        wanted = asked.value if asked and asked is not Use.BOTH else "signing and encrypting"
        fix = "Get a device certificate whose key usage and extended key usage allow it for e-mail."
        text = f"It is not made for {wanted} mail{f', only for {made_for.value}' if made_for else ''}."
        raise RegisterError("wrong-usage", certificate_place(certificate), text, fix)
    return asked or made_for


def certificate_place(certificate: x509.Certificate) -> str:
    """How a refusal names a certificate that is not registered."""
    return f"certificate {described(certificate)}"


def check_address(
    certificate: x509.Certificate, site: SiteRecord, holders: Iterable[SiteRecord], address: str | None = None
) -> None:
    """A device certificate names the EDI address of its site, and no other site's.

    `holders` are the sites that have one of the certificate's addresses; `address` is the site's address to be.
    """
    due, place = address or site.address, certificate_place(certificate)
    named = addresses(certificate)
    for holder in holders:
        if holder.site != site.site:
            text = f"It names the address {holder.address}, which belongs to site {holder.site}."
            fix = f"Register it to site {holder.site}, or get a certificate for {due}."
            raise RegisterError("address-taken", place, text, fix)
    if due not in named:
        text = f"It is for {', '.join(named) or 'no address'}; the EDI address of {site_place(site.site)} is {due}."
        fix = f"Get a certificate for {due}, or change the site's address together with the certificate."
        raise RegisterError("address-differs", place, text, fix)


def check_key(certificate: x509.Certificate, held: Iterable[SiteCertificate]) -> None:
    """The key of a revoked certificate may be in other hands: it does not come back in a new certificate."""
    key = _public_key(certificate)
    for other in held:
        if other.revoked_at is not None and _public_key(x509.load_der_x509_certificate(other.der)) == key:
            text = f"It has the key of {other.place}, which is revoked."
            raise RegisterError(
                "revoked-key", certificate_place(certificate), text, "Make a new key and ask for a new certificate."
            )


def _public_key(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def registered(
    certificate: x509.Certificate, der: bytes, site: SiteRecord, use: Use, known: SiteCertificate | None
) -> SiteCertificate | None:
    """The certificate as it will stand in the register; None when it is registered to the site and not ended."""
    name = fingerprint(certificate)
    if known is not None and known.site != site.site:
        fix = "Each site has a certificate of its own; get one for this site's address."
        raise RegisterError(
            "certificate-taken", certificate_place(certificate), f"It belongs to site {known.site}.", fix
        )
    if known is not None and known.revoked_at is not None:
        raise _is_revoked(known)
    if known is not None and known.removed_at is None and known.use is use:
        return None
    if known is not None:
        return replace(known, use=use, removed_at=None)
    start, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return SiteCertificate(site.site, name, start, end, use, der=der)


def replaced(
    new: SiteCertificate, held: Iterable[SiteCertificate], at: datetime, now: datetime
) -> list[SiteCertificate]:
    """The certificates that `new` replaces, each ended at `at`: those that serve for nothing which it does not serve for."""
    return [
        replace(other, removed_at=at)
        for other in held
        if other.fingerprint != new.fingerprint
        and new.use.covers(other.use)
        and other.standing(now) not in ENDED
        and (other.removed_at is None or at < other.removed_at)
    ]


def suspended(certificate: SiteCertificate, reason: str, now: datetime) -> SiteCertificate | None:
    """The certificate suspended; None when it is."""
    said = checked_reason(certificate.place, reason)
    standing = certificate.standing(now)
    if standing in ENDED:
        text = f"It is {standing.value} already; there is nothing to suspend."
        raise RegisterError("certificate-ended", certificate.place, text, "Leave it; it is not accepted any more.")
    if standing is Standing.SUSPENDED:
        return None
    return replace(certificate, suspended_at=now, resumed_at=None, reason=said)


def resumed(certificate: SiteCertificate, now: datetime) -> SiteCertificate | None:
    """The certificate without its suspension; None when it is not suspended."""
    if certificate.revoked_at is not None:
        raise _is_revoked(certificate)
    if certificate.suspended_at is None or certificate.resumed_at is not None:
        return None
    return replace(certificate, resumed_at=now, reason="")


def revoked(certificate: SiteCertificate, reason: str, now: datetime) -> SiteCertificate | None:
    """The certificate revoked, at once and for good; None when it is."""
    said = checked_reason(certificate.place, reason)
    if certificate.revoked_at is not None:
        return None
    return replace(certificate, revoked_at=now, reason=said)


def _is_revoked(certificate: SiteCertificate) -> RegisterError:
    text = f"It was revoked on {certificate.revoked_at:%Y-%m-%d %H:%M} UTC, which cannot be undone."
    fix = "Register a new certificate with a new key."
    return RegisterError("revoked", certificate.place, text, fix)


@dataclass(frozen=True, slots=True)
class Expiry:
    """A certificate that ends soon, or has ended, and that no other takes over from."""

    certificate: SiteCertificate
    days: int
    """Whole days that are left; negative once it has ended."""
    reminder: int | None
    """The last of the reminders that has come; None before the first one."""


def expiring(held: Sequence[SiteCertificate], now: datetime, within: int = REMINDERS[0]) -> list[Expiry]:
    """Certificates that end within so many days, or have ended, and are not renewed; the first to end comes first."""
    found = [
        Expiry(each, days, min((step for step in REMINDERS if days <= step), default=None))
        for each in held
        if (days := (each.not_after - now) // timedelta(days=1)) <= within and _still_counts(each, now)
        if not any(_takes_over(other, each, now) for other in held)
    ]
    return sorted(found, key=lambda one: (one.certificate.not_after, one.certificate.site, one.certificate.fingerprint))


def _still_counts(certificate: SiteCertificate, now: datetime) -> bool:
    return certificate.revoked_at is None and certificate.removed_at is None and certificate.not_before <= now


def _takes_over(other: SiteCertificate, certificate: SiteCertificate, now: datetime) -> bool:
    return (
        other.site == certificate.site
        and other.not_after > certificate.not_after
        and other.use.covers(certificate.use)
        and other.removed_at is None
        and other.standing(now) in {Standing.IN_FORCE, Standing.NOT_YET}
    )


def names(certificate: SiteCertificate) -> tuple[str, ...]:
    """The e-mail addresses in a registered certificate."""
    return addresses(x509.load_der_x509_certificate(certificate.der))
