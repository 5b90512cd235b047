"""How interchanges reach a site: by mail or fetched by the site; and whether their words go to its text address as well."""

from typing import Final

from psycopg import Connection, Cursor

from openics.clients.register_errors import RegisterError
from openics.clients.site_rules import checked_address, site_place
from openics.exchange.care import By, change, required_site, tell, wake_courier

MAIL, PULL = "mail", "pull"
DELIVERIES: Final = {MAIL: "sent by mail", PULL: "fetched by the site over HTTPS"}


def set_delivery(connection: Connection, site: str, delivery: str, by: By, reason: str = "") -> bool:
    """Have a site's interchanges sent by mail or fetched (`pull`), also those on their way; False when it is so already."""
    if delivery not in DELIVERIES:
        fix = f"There are: {', '.join(DELIVERIES)}."
        raise RegisterError("unknown-delivery", site_place(site), f"There is no delivery {delivery[:20]!r}.", fix)
    with change(connection) as cursor:
        if required_site(cursor, site).delivery == delivery:
            return False
        cursor.execute("UPDATE site SET delivery = %s WHERE site_id = %s", (delivery, site))
        _move(cursor, site, delivery, by)
        tell(cursor, by, "site.delivery-changed", site, delivery=delivery, reason=reason)
        return True


def _move(cursor: Cursor, site: str, delivery: str, by: By) -> None:
    """Sealed mails go the new way; those that a courier seals at this moment are waited for."""
    if delivery == PULL:
        cursor.execute(
            "UPDATE outbox_item SET state = CASE state WHEN 'sealed' THEN 'held' ELSE state END, attempts = 0, error = '' "
            "WHERE site = %s AND state IN ('waiting', 'sealed') AND interchange_id IS NOT NULL",
            (site,),
        )
        return
    cursor.execute(
        "UPDATE outbox_item SET state = CASE state WHEN 'held' THEN 'sealed' ELSE state END, next_attempt_at = %s "
        "WHERE site = %s AND state IN ('waiting', 'held') AND interchange_id IS NOT NULL",
        (by.now, site),
    )
    wake_courier(cursor)


def set_plain_text(connection: Connection, site: str, wanted: bool, by: By, address: str = "") -> bool:
    """Send the words of each response to a site's text address as well, or no more; False when it is so already.

    `address` is a new text address; without one the registered address stays.
    """
    address = checked_address("text address", address) if address else ""
    with change(connection) as cursor:
        found = required_site(cursor, site)
        due = address or found.text_address
        if wanted and not due:
            text = "Plain text is asked for, but there is no address for it."
            raise RegisterError("no-text-address", site_place(site), text, "Give the address for text.")
        if (found.plain_text, found.text_address) == (wanted, due):
            return False
        cursor.execute("UPDATE site SET plain_text = %s, text_address = %s WHERE site_id = %s", (wanted, due, site))
        tell(cursor, by, "site.plain-text-on" if wanted else "site.plain-text-off", site, address=due)
        return True
