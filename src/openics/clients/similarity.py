"""Records that may be the same client: proposed to officers with a score, never linked by themselves.

Names and addresses are compared by their trigrams (PostgreSQL's pg_trgm) after words such as PTY and LTD are left out;
the columns `name_key` and `address_key` of a client hold them so.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from openics.clients.addresses import ADDRESS_PARTS
from openics.clients.register_record import address_line
from openics.decision.room import Cursor

LEGAL_WORDS: Final = (
    "PTY",
    "LTD",
    "LIMITED",
    "PROPRIETARY",
    "CO",
    "COMPANY",
    "INC",
    "INCORPORATED",
    "CORP",
    "LLC",
    "THE",
)
"""Words of a name that do not tell one client from another."""
LEAST_SCORE: Final = 50
MOST_MATCHES: Final = 20
_NAME_WEIGHT: Final = 0.7
_NAME_ALONE: Final = 0.85
"""How much a name says where one of the two has no address."""

_SIMILAR = """
SELECT client_id, name, kind, status, address::text, roles, round(100 * score)::int
FROM (
    SELECT *, CASE WHEN %(address)s = '' OR address_key = '' THEN %(alone)s * likeness
                   ELSE %(weight)s * likeness + (1 - %(weight)s) * similarity(address_key, %(address)s) END AS score
    FROM (
        SELECT *, similarity(name_key, %(name)s) AS likeness FROM client
        WHERE name_key %% %(name)s AND merged_into_id IS NULL AND client_id <> %(but)s
    ) AS named
) AS scored
WHERE 100 * score >= %(least)s ORDER BY score DESC, client_id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A client that may be the one looked for; `score` is from 0 to 100."""

    client_id: str
    name: str
    kind: str
    standing: str
    address: str
    roles: tuple[str, ...]
    score: int


def name_key(name: str) -> str:
    """A name as it is compared: letters and digits of its telling words."""
    words = re.sub(r"[\W_]+", " ", name.upper()).split()
    return " ".join(word for word in words if word not in LEGAL_WORDS)


def address_key(address: Mapping[str, str]) -> str:
    """An address as it is compared."""
    text = " ".join(address.get(part, "") for part in ADDRESS_PARTS)
    return " ".join(re.sub(r"[\W_]+", " ", text.upper()).split())


def similar(cursor: Cursor, name: str, address: Mapping[str, str], but: str = "") -> list[Likeness]:
    """The clients that a name and an address resemble most, best first; `but` is left out."""
    key = name_key(name)
    if not key:
        return []
    asked = {"name": key, "address": address_key(address), "but": but, "least": LEAST_SCORE, "most": MOST_MATCHES}
    cursor.execute(_SIMILAR, {**asked, "weight": _NAME_WEIGHT, "alone": _NAME_ALONE})
    return [_likeness(row) for row in cursor.fetchall()]


def _likeness(row: tuple[Any, ...]) -> Likeness:
    client_id, name, kind, standing, address, roles, score = row
    return Likeness(client_id, name, kind, standing, address_line(json.loads(address)), tuple(roles), score)
