"""What the exchange needs to know of EDI sites, and the numbers of what is sent to them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import Cursor

from openics.exchange.sql import as_text


@dataclass(frozen=True, slots=True)
class Site:
    """An EDI site; `owner` is the client id (ABN or CCID) it acts for."""

    site: str
    owner: str
    address: str
    administrator: str
    test: bool
    active: bool
    text_address: str = ""
    plain_text: bool = False


def load_sites(cursor: Cursor, sites: Iterable[str]) -> dict[str, Site]:
    """The sites of these ids that exist; ids may be anything that stands in a received interchange."""
    cursor.execute(
        "SELECT s.site_id, c.client_id, s.edi_address, s.administrator_address, s.test, s.active, "
        "s.text_address, s.plain_text "
        "FROM site s JOIN client c ON c.id = s.owner_id WHERE s.site_id = ANY(%s)",
        (sorted({as_text(site) for site in sites}),),
    )
    return {row[0]: Site(*row) for row in cursor.fetchall()}


def take_control_references(cursor: Cursor, recipients: Iterable[str]) -> dict[str, list[int]]:
    """The next numbers for what is sent to each site, without gaps; the sites' rows stay locked until the end."""
    counts = Counter(recipients)
    sites = sorted(counts)
    cursor.execute("SELECT FROM site WHERE site_id = ANY(%s) ORDER BY site_id FOR UPDATE", (sites,))
    cursor.execute(
        "UPDATE site SET last_control_reference = last_control_reference + new.count "
        "FROM unnest(%s::text[], %s::int[]) AS new (site_id, count) WHERE site.site_id = new.site_id "
        "RETURNING site.site_id, last_control_reference",
        (sites, [counts[site] for site in sites]),
    )
    return {site: list(range(last - counts[site] + 1, last + 1)) for site, last in cursor.fetchall()}
