"""Where a client is written to when no message says where: the default one of its sites (inferred, see the onboarding rules)."""

from collections.abc import Iterable, Mapping

from openics.decision.room import Cursor


def default_sites(cursor: Cursor, clients: Iterable[str]) -> Mapping[str, str]:
    """The default site of each client (ABN or CCID) that has one, in one query."""
    cursor.execute(
        "SELECT c.client_id, s.site_id FROM site s JOIN client c ON c.id = s.owner_id "
        "WHERE s.is_default AND c.client_id = ANY(%s)",
        (sorted(set(clients)),),
    )
    return {str(client): str(site) for client, site in cursor.fetchall()}
