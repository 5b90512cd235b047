"""What holds for EDI sites: their ids, addresses, default and pauses."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from openics.clients.identifiers import MOST_SITES, is_site_id, site_id, site_in_order
from openics.clients.register_errors import RegisterError, checked_reason

LONGEST_ADDRESS: Final = 254
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """An EDI site as registered; `owner` is the client id (ABN or CCID) it acts for."""

    site: str
    owner: str
    address: str
    text_address: str = ""
    administrator: str = ""
    test: bool = False
    active: bool = True
    paused_at: datetime | None = None
    pause_reason: str = ""
    is_default: bool = False
    plain_text: bool = False
    paused_by_owner: bool = False
    delivery: str = "mail"


@dataclass(frozen=True, slots=True)
class Owner:
    """What must be known of the client that a site is for."""

    client_id: str
    active: bool
    has_sites: bool


def site_place(site: str) -> str:
    """How a refusal names a site."""
    return f"site {site}"


def next_site_id(taken: Collection[str], customs_site: str) -> str:
    """The first site id, in the order in which they are given out, that nobody has; customs' own is never given out."""
    for number in range(MOST_SITES):
        found = site_in_order(number)
        if found not in taken and found != customs_site:
            return found
    fix = "Free none: an id is never given out twice. Ask who defines the form of site ids."
    raise RegisterError("no-site-id", "site", f"All {MOST_SITES} site ids are given out.", fix)


def checked_site_id(site: str, customs_site: str) -> str:
    """The site id, if it has the right form and check letter."""
    place = site_place(site)
    if site == customs_site:
        raise RegisterError(
            "customs-site", place, "This id is customs' own.", "Leave the id out to get the next free one."
        )
    if not is_site_id(site):
        try:
            fix = f"The id with the right check letter is {site_id(site[:6])}."
        except ValueError:
            fix = "An id is LLLNNNL, like AAA676Y. Leave it out to get the next free one."
        raise RegisterError("bad-site-id", place, "This is no site id, or its check letter is wrong.", fix)
    return site


def checked_address(name: str, address: str) -> str:
    """The address in lower case, if it is one that mail can be sent to."""
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        place = f"{name} {address[:80]!r}"
        raise RegisterError("bad-address", place, "This is no e-mail address.", "Write it as name@domain, in ASCII.")
    return address.lower()


def checked_new_site(
    wanted: SiteRecord, owner: Owner | None, same_id: SiteRecord | None, same_address: SiteRecord | None
) -> SiteRecord | None:
    """The site to register; None when exactly this site is registered already."""
    place = site_place(wanted.site)
    if owner is None or not owner.active:
        text = f"The client {wanted.owner} is {'not registered' if owner is None else 'cancelled'}."
        raise RegisterError("unknown-client", place, text, "Register the client first, or give another owner.")
    if wanted.plain_text and not wanted.text_address:
        fix = "Give the address for text, or leave the option out."
        raise RegisterError("no-text-address", place, "Plain text is asked for, but there is no address for it.", fix)
    if same_id is not None:
        if _same(wanted, same_id):
            return None
        text = f"The id is given out to {same_id.owner} with the address {same_id.address}."
        raise RegisterError("site-taken", place, text, "Leave the id out to get the next free one.")
    check_address_is_free(wanted.site, wanted.address, same_address)
    return replace(wanted, is_default=not owner.has_sites)


def _same(wanted: SiteRecord, found: SiteRecord) -> bool:
    """Whether a registered site is the one that is asked for, whatever happened to it since."""
    return wanted == replace(
        found,
        active=True,
        paused_at=None,
        pause_reason="",
        is_default=False,
        paused_by_owner=False,
        delivery=wanted.delivery,
    )


def check_address_is_free(site: str, address: str, holder: SiteRecord | None) -> None:
    """An EDI address belongs to one site: mail is told apart by it."""
    if holder is not None and holder.site != site:
        fix = "Give the site an address of its own, or change the other site's address first."
        raise RegisterError(
            "address-taken", site_place(site), f"The address {address} belongs to site {holder.site}.", fix
        )


def moved(site: SiteRecord, address: str, holder: SiteRecord | None) -> SiteRecord | None:
    """The site with another EDI address; None when it has that address already."""
    if site.address == address:
        return None
    check_address_is_free(site.site, address, holder)
    return replace(site, address=address)


def paused(site: SiteRecord, reason: str, now: datetime, *, by_owner: bool = False) -> SiteRecord | None:
    """The site on pause; None when it is paused already. A pause by customs takes the place of one by the owner."""
    said = checked_reason(site_place(site.site), reason)
    if not site.active and (by_owner or not site.paused_by_owner):
        return None
    return replace(site, active=False, paused_at=now, pause_reason=said, paused_by_owner=by_owner)


def resumed(site: SiteRecord, *, by_owner: bool = False) -> SiteRecord | None:
    """The site at work again; None when it is. The owner ends only the owner's own pause."""
    if site.active:
        return None
    if by_owner and not site.paused_by_owner:
        fix = "Ask customs to resume it, and say what has been mended."
        raise RegisterError("paused-by-customs", site_place(site.site), "Customs has paused it.", fix)
    return replace(site, active=True, paused_at=None, pause_reason="", paused_by_owner=False)


def pause_in_words(site: str, paused_at: datetime | None, reason: str) -> str:
    """Why nothing is taken from a site, as the refusal of its mail says it."""
    since = f" since {paused_at:%Y-%m-%d %H:%M} UTC" if paused_at else ""
    return f"Site {site} is not active: paused{since}{f' ({reason})' if reason else ''}."


PAUSE_FIX: Final = "Have customs resume the site, then send again; what is for it waits until then."
