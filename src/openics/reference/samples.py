"""The sample reference data that comes with the system: our own CSV files, countries and currencies.

The samples let the system run at once; an administration loads its own files in their place. Vessels and establishments
are examples of our own. What the files rest on stands in `data/SOURCES.md`.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

import pycountry

from openics.reference import formats
from openics.reference.codes import CodeList
from openics.reference.facts import Entry
from openics.reference.file_names import Format
from openics.reference.problems import ReferenceFileError
from openics.reference.rows import overlaps
from openics.reference.sets import BEGINNING, SETS

_FILES: Final[dict[CodeList, str]] = {
    CodeList.AHECC: "ahecc.csv",
    CodeList.PORT: "ports.csv",
    CodeList.ESTABLISHMENT: "establishments.csv",
    CodeList.VESSEL: "vessels.csv",
    CodeList.AIRLINE: "airlines.csv",
    CodeList.PACKAGE_TYPE: "package_types.csv",
    CodeList.CARGO_TYPE: "cargo_types.csv",
    CodeList.AUSTRALIAN_PLACE: "australian_places.csv",
}


def samples() -> list[Entry]:
    """All sample entries."""
    entries = [*countries(), *currencies()]
    for code_list, name in _FILES.items():
        content = files("openics.reference").joinpath("data", name).read_bytes()
        entries.extend(read_csv(content, code_list, name))
    return entries


def countries() -> Iterator[Entry]:
    """ISO 3166-1 countries, from pycountry."""
    for country in pycountry.countries:
        yield Entry(CodeList.COUNTRY, country.alpha_2, country.name.upper(), BEGINNING)


def currencies() -> Iterator[Entry]:
    """ISO 4217 currencies, from pycountry; a curved apostrophe is made straight, as the published files are Latin-1."""
    for currency in pycountry.currencies:
        yield Entry(CodeList.CURRENCY, currency.alpha_3, currency.name.upper().replace("\u2019", "'"), BEGINNING)


def read_csv(content: bytes, code_list: CodeList, name: str) -> list[Entry]:
    """The entries of a CSV file. Raises ReferenceFileError with everything that is wrong in it."""
    rows = formats.read(content, SETS[code_list], Format.CSV, name)
    if problems := rows.problems + overlaps(rows.entries, rows.places):
        raise ReferenceFileError(problems)
    return rows.entries
