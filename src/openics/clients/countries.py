"""Looks up the countries that addresses name."""

from collections.abc import Iterable, Mapping
from datetime import date

from openics.decision.room import Cursor
from openics.reference.codes import CodeList
from openics.reference.load import load


def known_countries(cursor: Cursor, addresses: Iterable[Mapping[str, str]], on: date) -> frozenset[str]:
    """Those of the country codes in addresses that are in force on a day."""
    named = sorted({address["country"] for address in addresses if address.get("country")})
    found = load(cursor, [(CodeList.COUNTRY, code) for code in named])
    return frozenset(code for code in named if found.at(CodeList.COUNTRY, code, on))
