"""Reads and writes the register of sites and their certificates."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from openics.clients.certificate_rules import SiteCertificate, Use
from openics.clients.site_rules import Owner, SiteRecord
from openics.decision.locks import lock_keys
from openics.decision.room import Cursor

_SITES = """
SELECT s.site_id, c.client_id, s.edi_address, s.text_address, s.administrator_address, s.test, s.active, s.paused_at,
       s.pause_reason, s.is_default, s.plain_text, s.paused_by_owner, s.delivery
FROM site s JOIN client c ON c.id = s.owner_id
"""
_CERTIFICATES = """
SELECT site_id, fingerprint, not_before, not_after, use, removed_at, suspended_at, resumed_at, revoked_at, reason, der
FROM site_certificate
"""


def lock_register(cursor: Cursor) -> None:
    """Let nobody else change the register of sites until the transaction ends."""
    lock_keys(cursor, "register", ["sites"])


def load_owner(cursor: Cursor, client: str) -> Owner | None:
    """The client with this id, as the owner of a site."""
    cursor.execute(
        "SELECT client_id, status = 'ACTIVE', EXISTS (SELECT FROM site s WHERE s.owner_id = client.id) "
        "FROM client WHERE client_id = %s",
        (client,),
    )
    row = cursor.fetchone()
    return Owner(*row) if row else None


def site_ids(cursor: Cursor) -> set[str]:
    """Every site id that is given out."""
    cursor.execute("SELECT site_id FROM site")
    return {row[0] for row in cursor.fetchall()}


def load_sites(cursor: Cursor, *, owner: str = "") -> list[SiteRecord]:
    """All sites, or those of a client, by id."""
    cursor.execute(f"{_SITES} WHERE %s IN ('', c.client_id) ORDER BY s.site_id", (owner,))
    return [SiteRecord(*row) for row in cursor.fetchall()]


def load_site(cursor: Cursor, site: str) -> SiteRecord | None:
    """One site; its row stays locked until the transaction ends."""
    cursor.execute(f"{_SITES} WHERE s.site_id = %s FOR UPDATE OF s", (site,))
    row = cursor.fetchone()
    return SiteRecord(*row) if row else None


def holders(cursor: Cursor, addresses: Collection[str]) -> list[SiteRecord]:
    """The sites that have one of these EDI addresses (lower case), whatever the case they are registered in."""
    cursor.execute(f"{_SITES} WHERE lower(s.edi_address) = ANY(%s) ORDER BY s.site_id", (sorted(addresses),))
    return [SiteRecord(*row) for row in cursor.fetchall()]


def add_site(cursor: Cursor, site: SiteRecord) -> None:
    """Write a new site."""
    cursor.execute(
        "INSERT INTO site (site_id, owner_id, edi_address, text_address, administrator_address, test, active, "
        "last_control_reference, is_default, plain_text, delivery) "
        "SELECT %s, id, %s, %s, %s, %s, %s, 0, %s, %s, %s FROM client WHERE client_id = %s",
        (site.site, site.address, site.text_address, site.administrator, site.test, site.active, site.is_default)
        + (site.plain_text, site.delivery, site.owner),
    )


def write_site(cursor: Cursor, site: SiteRecord) -> None:
    """Write a site's addresses, its option of plain text, and whether it is paused."""
    cursor.execute(
        "UPDATE site SET edi_address = %s, text_address = %s, administrator_address = %s, plain_text = %s, active = %s, "
        "paused_at = %s, pause_reason = %s, paused_by_owner = %s WHERE site_id = %s",
        (site.address, site.text_address, site.administrator, site.plain_text, site.active, site.paused_at)
        + (site.pause_reason, site.paused_by_owner, site.site),
    )


def choose_default(cursor: Cursor, site: SiteRecord) -> None:
    """Make a site its owner's default, and no other."""
    cursor.execute(
        "UPDATE site SET is_default = false WHERE is_default AND owner_id = (SELECT owner_id FROM site WHERE site_id = %s)",
        (site.site,),
    )
    cursor.execute("UPDATE site SET is_default = true WHERE site_id = %s", (site.site,))


def load_certificates(cursor: Cursor, *, site: str = "", prefix: str = "") -> list[SiteCertificate]:
    """The certificates of a site, or those whose fingerprint begins so, or all; those that end last come first."""
    cursor.execute(
        f"{_CERTIFICATES} WHERE %s IN ('', site_id) AND starts_with(fingerprint, %s) "
        "ORDER BY site_id, not_after DESC, id DESC",
        (site, prefix),
    )
    return [_certificate(row) for row in cursor.fetchall()]


def _certificate(row: Sequence[Any]) -> SiteCertificate:
    site, fingerprint, not_before, not_after, use, removed, suspended, resumed, revoked, reason, der = row
    instants = {"removed_at": removed, "suspended_at": suspended, "resumed_at": resumed, "revoked_at": revoked}
    return SiteCertificate(
        site, fingerprint, not_before, not_after, Use(use), **instants, reason=reason, der=bytes(der)
    )


def write_certificates(cursor: Cursor, certificates: Iterable[SiteCertificate]) -> None:
    """Add certificates, or write how those that are there stand now."""
    for each in certificates:
        cursor.execute(
            "INSERT INTO site_certificate (site_id, fingerprint, der, not_before, not_after, use, removed_at, "
            "suspended_at, resumed_at, revoked_at, reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
            "ON CONFLICT (fingerprint) DO UPDATE SET use = excluded.use, removed_at = excluded.removed_at, "
            "suspended_at = excluded.suspended_at, resumed_at = excluded.resumed_at, revoked_at = excluded.revoked_at, "
            "reason = excluded.reason",
            (each.site, each.fingerprint, each.der, each.not_before, each.not_after, each.use.value, each.removed_at)
            + (each.suspended_at, each.resumed_at, each.revoked_at, each.reason),
        )
