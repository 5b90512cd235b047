"""Changes to the certificates of EDI sites. Each is made once: what is so already changes nothing and leaves no event."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from cryptography import x509
from psycopg import Connection, Cursor

from openics.clients import certificate_rules, site_store
from openics.clients.certificate_rules import ENDED, SHOWN, SiteCertificate, Use, certificate_place, names
from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import SiteRecord, checked_address
from openics.exchange.care import By, change, release_unsealed, required_site, seal_again, tell
from openics.exchange.site_care import move
from openics.pki.certificates import addresses, der, fingerprint, read_chain
from openics.pki.errors import PkiError

SHORTEST_PREFIX = 8


class Trust(Protocol):
    """The trusted authorities."""

    def validate(
        self, certificate: x509.Certificate, others: Sequence[x509.Certificate], at: datetime, *, signing: bool = True
    ) -> object: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """A certificate to register: its file's bytes, what for, and what it changes besides.

    `replace_at` ends at that instant those that it serves in the place of; `address` is a new EDI address of the site.
    """

    site: str
    file: bytes
    use: Use | None = None
    replace_at: datetime | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """What registering came to: the certificate, whether it is new, and those it replaces."""

    certificate: SiteCertificate
    new: bool
    replaces: tuple[SiteCertificate, ...] = ()


def add(connection: Connection, wanted: Wanted, trust: Trust, by: By) -> Added:
    """Register a certificate to a site beside those it has, or in their place."""
    certificate, use = check(wanted.file, wanted.use, trust, by.now)
    address = checked_address("EDI address", wanted.address) if wanted.address else ""
    with change(connection) as cursor:
        site = required_site(cursor, wanted.site)
        holders = site_store.holders(cursor, addresses(certificate))
        certificate_rules.check_address(certificate, site, holders, address or None)
        held = site_store.load_certificates(cursor, site=site.site)
        certificate_rules.check_key(certificate, held)
        known = next(iter(site_store.load_certificates(cursor, prefix=fingerprint(certificate))), None)
        new = certificate_rules.registered(certificate, der(certificate), site, use, known)
        current = new or known
        if current is None:
            raise AssertionError("a certificate that is not new is known")
        if new is not None:
            _register(cursor, new, by)
        replaces = _replace(cursor, current, held, wanted, by)
        if address:
            replaces += _move(cursor, site, address, held, by)
        return Added(current, new is not None, tuple(replaces))


def check(file: bytes, asked: Use | None, trust: Trust, now: datetime) -> tuple[x509.Certificate, Use]:
    """The certificate in a file, if it can be used now and is issued by somebody who is trusted; and what for."""
    try:
        certificate, *others = read_chain(file)
    except PkiError as error:
        raise RegisterError(error.code, "certificate", error.text, error.fix) from error
    try:
        use = certificate_rules.use_of(certificate, asked)
        trust.validate(certificate, others, now, signing=use.signs)
    except PkiError as error:
        raise RegisterError(error.code, certificate_place(certificate), error.text, error.fix) from error
    return certificate, use


def _register(cursor: Cursor, new: SiteCertificate, by: By) -> None:
    site_store.write_certificates(cursor, [new])
    data = {"fingerprint": new.fingerprint, "use": new.use.value, "not_after": new.not_after.isoformat()}
    tell(cursor, by, "certificate.registered", new.site, **data)
    release_unsealed(cursor, new.site, by.now)


def _replace(
    cursor: Cursor, new: SiteCertificate, held: Sequence[SiteCertificate], wanted: Wanted, by: By
) -> list[SiteCertificate]:
    if wanted.replace_at is None:
        return []
    ended = certificate_rules.replaced(new, held, wanted.replace_at, by.now)
    _end(cursor, ended, new.fingerprint, by)
    return ended


def _move(
    cursor: Cursor, site: SiteRecord, address: str, held: Sequence[SiteCertificate], by: By
) -> list[SiteCertificate]:
    """Change the address, and end at once the certificates that do not name it: the gateway would refuse their mail."""
    ended = [
        replace(each, removed_at=by.now)
        for each in held
        if each.standing(by.now) not in ENDED and address not in names(each)
    ]
    _end(cursor, ended, "", by)
    move(cursor, site, address, by)
    return ended


def _end(cursor: Cursor, ended: Sequence[SiteCertificate], successor: str, by: By) -> None:
    site_store.write_certificates(cursor, ended)
    for each in ended:
        until = each.removed_at.isoformat() if each.removed_at else ""
        tell(
            cursor,
            by,
            "certificate.replaced",
            each.site,
            fingerprint=each.fingerprint,
            successor=successor,
            until=until,
        )


def find(connection: Connection, prefix: str) -> SiteCertificate:
    """The one certificate whose fingerprint begins so."""
    name = prefix.lower().replace(":", "").strip()
    place = f"certificate {name[:64] or 'without name'}"
    if len(name) < SHORTEST_PREFIX:
        fix = (
            f"Give at least {SHORTEST_PREFIX} digits of its SHA-256 fingerprint; `openics certificate list` shows them."
        )
        raise RegisterError("unknown-certificate", place, "This names no certificate.", fix)
    with connection.cursor() as cursor:
        found = site_store.load_certificates(cursor, prefix=name)
    if len(found) != 1:
        text = f"{len(found)} certificates begin so." if found else "No such certificate is registered."
        fix = f"Give the first {SHOWN} digits as `openics certificate list` shows them."
        raise RegisterError("unknown-certificate", place, text, fix)
    return found[0]


def suspend(connection: Connection, name: str, reason: str, by: By) -> bool:
    """Accept a certificate no more until it is resumed; False when it is suspended already."""
    with change(connection) as cursor:
        new = certificate_rules.suspended(_known(cursor, name), reason, by.now)
        return _stop(cursor, new, "certificate.suspended", by)


def revoke(connection: Connection, name: str, reason: str, by: By) -> bool:
    """Accept a certificate never more; False when it is revoked already."""
    with change(connection) as cursor:
        new = certificate_rules.revoked(_known(cursor, name), reason, by.now)
        return _stop(cursor, new, "certificate.revoked", by)


def resume(connection: Connection, name: str, by: By, reason: str = "") -> bool:
    """Accept a suspended certificate again; False when it is not suspended."""
    with change(connection) as cursor:
        new = certificate_rules.resumed(_known(cursor, name), by.now)
        if new is None:
            return False
        site_store.write_certificates(cursor, [new])
        tell(cursor, by, "certificate.resumed", new.site, fingerprint=new.fingerprint, reason=reason)
        release_unsealed(cursor, new.site, by.now)
        return True


def _stop(cursor: Cursor, new: SiteCertificate | None, code: str, by: By) -> bool:
    if new is None:
        return False
    site_store.write_certificates(cursor, [new])
    tell(cursor, by, code, new.site, fingerprint=new.fingerprint, reason=new.reason)
    seal_again(cursor, new.site, by.now)
    return True


def _known(cursor: Cursor, name: str) -> SiteCertificate:
    found = site_store.load_certificates(cursor, prefix=name)
    if len(found) != 1:
        fix = "`openics certificate list` shows every certificate."
        raise RegisterError(
            "unknown-certificate", f"certificate {name[:SHOWN]}", "No such certificate is registered.", fix
        )
    return found[0]
