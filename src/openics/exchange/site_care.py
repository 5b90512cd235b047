"""Changes to EDI sites. Each is made once: asking for what is so already changes nothing and leaves no event."""

from dataclasses import replace
from datetime import datetime

from psycopg import Connection, Cursor

from openics.clients import site_rules, site_store
from openics.clients.certificate_rules import ENDED, names
from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import SiteRecord
from openics.exchange.care import By, change, readdress, required_site, seal_again, tell, wake_courier


def add(connection: Connection, wanted: SiteRecord, by: By, customs_site: str) -> tuple[SiteRecord, bool]:
    """Register a site, under the next free id where none is given. Returns it, and whether it is new."""
    wanted = _checked(wanted, customs_site)
    with change(connection) as cursor:
        same_address = next(iter(site_store.holders(cursor, [wanted.address])), None)
        if not wanted.site:
            same = same_address if same_address is not None and same_address.owner == wanted.owner else None
            found = same.site if same else site_rules.next_site_id(site_store.site_ids(cursor), customs_site)
            wanted = replace(wanted, site=found)
        same_id = site_store.load_site(cursor, wanted.site)
        owner = site_store.load_owner(cursor, wanted.owner)
        new = site_rules.checked_new_site(wanted, owner, same_id, same_address)
        if new is None:
            return same_id or wanted, False
        site_store.add_site(cursor, new)
        tell(cursor, by, "site.registered", new.site, owner=new.owner, address=new.address, default=new.is_default)
        return new, True


def _checked(wanted: SiteRecord, customs_site: str) -> SiteRecord:
    return replace(
        wanted,
        site=site_rules.checked_site_id(wanted.site, customs_site) if wanted.site else "",
        address=site_rules.checked_address("EDI address", wanted.address),
        text_address=_optional("text address", wanted.text_address),
        administrator=_optional("administrator's address", wanted.administrator),
    )


def _optional(name: str, address: str) -> str:
    return site_rules.checked_address(name, address) if address else ""


def pause(connection: Connection, site: str, reason: str, by: By, *, by_owner: bool = False) -> bool:
    """Take nothing from a site and hold what is for it, from now on; False when it is paused already."""
    with change(connection) as cursor:
        new = site_rules.paused(required_site(cursor, site), reason, by.now, by_owner=by_owner)
        if new is None:
            return False
        site_store.write_site(cursor, new)
        tell(cursor, by, "site.paused", site, reason=new.pause_reason)
        return True


def resume(connection: Connection, site: str, by: By, reason: str = "", *, by_owner: bool = False) -> bool:
    """Take from a site again, and let go what waits for it; False when it is not paused."""
    with change(connection) as cursor:
        new = site_rules.resumed(required_site(cursor, site), by_owner=by_owner)
        if new is None:
            return False
        site_store.write_site(cursor, new)
        tell(cursor, by, "site.resumed", site, reason=reason)
        wake_courier(cursor)
        return True


def set_default(connection: Connection, site: str, by: By) -> bool:
    """Make a site its owner's default; False when it is."""
    with change(connection) as cursor:
        found = required_site(cursor, site)
        if found.is_default:
            return False
        site_store.choose_default(cursor, found)
        tell(cursor, by, "site.made-default", site, owner=found.owner)
        return True


def set_address(connection: Connection, site: str, address: str, by: By) -> bool:
    """Give a site another EDI address, which a certificate in force must name; False when it has that address.

    A site without certificates in force takes any free address; a new certificate and its address are registered
    together by `certificate_care.add`.
    """
    address = site_rules.checked_address("EDI address", address)
    with change(connection) as cursor:
        found = required_site(cursor, site)
        if site_rules.moved(found, address, None) is None:
            return False
        check_certified(cursor, site, address, by.now)
        move(cursor, found, address, by)
        return True


def check_certified(cursor: Cursor, site: str, address: str, now: datetime) -> None:
    """An address without a certificate for it would be refused at the gateway."""
    held = [each for each in site_store.load_certificates(cursor, site=site) if each.standing(now) not in ENDED]
    if held and not any(address in names(each) for each in held):
        text = f"None of its certificates in force is for {address}."
        fix = "Give the certificate for the new address together with it (--certificate FILE)."
        raise RegisterError("address-differs", site_rules.site_place(site), text, fix)


def move(cursor: Cursor, site: SiteRecord, address: str, by: By) -> SiteRecord:
    """Change the address inside a change; what is not confirmed goes to the new one."""
    holder = next(iter(site_store.holders(cursor, [address])), None)
    new = site_rules.moved(site, address, holder)
    if new is None:
        return site
    site_store.write_site(cursor, new)
    readdress(cursor, site.site, address)
    seal_again(cursor, site.site, by.now)
    tell(cursor, by, "site.address-changed", site.site, old=site.address, address=address)
    return new
