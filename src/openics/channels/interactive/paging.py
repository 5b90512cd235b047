"""Pages of long lists by keyset: as fast on the last page as on the first, and steady while rows are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet

AnyModel = TypeVar("AnyModel", bound=Model)
SIZE = 50
SALT = "openics.paging"


@dataclass(frozen=True, slots=True)
class Page(Generic[AnyModel]):
    """Rows of one page, newest first, and the marks that lead to the pages before and after it."""

    rows: Sequence[AnyModel]
    newer: str = ""
    older: str = ""

    @property
    def is_first(self) -> bool:
        """Whether it holds the newest rows."""
        return not self.newer


def page(
    rows: QuerySet[AnyModel], fields: tuple[str, ...], *, before: str = "", after: str = "", size: int = SIZE
) -> Page[AnyModel]:
    """The page of `rows`, in falling order of `fields`, that lies before or after a mark; the first one without.

    The fields together must be unique. A mark that was not made here is taken as none.
    """
    upward = _read(after, fields)
    if upward is not None:
        found = list(rows.filter(_beyond(fields, upward, "gt")).order_by(*fields)[: size + 1])
        more = len(found) > size
        shown = found[:size][::-1]
        return _page(shown, fields, newer=more, older=bool(shown))
    downward = _read(before, fields)
    if downward is not None:
        rows = rows.filter(_beyond(fields, downward, "lt"))
    found = list(rows.order_by(*(f"-{field}" for field in fields))[: size + 1])
    return _page(found[:size], fields, newer=downward is not None, older=len(found) > size)


def _page(shown: Sequence[AnyModel], fields: tuple[str, ...], *, newer: bool, older: bool) -> Page[AnyModel]:
    if not shown:
        return Page(shown)
    return Page(shown, _mark(shown[0], fields) if newer else "", _mark(shown[-1], fields) if older else "")


def _mark(row: Model, fields: tuple[str, ...]) -> str:
    values = [getattr(row, field) for field in fields]
    return signing.dumps([value if isinstance(value, int) else str(value) for value in values], salt=SALT)


def _read(mark: str, fields: tuple[str, ...]) -> list[Any] | None:
    try:
        values = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        return None
    return values if len(values) == len(fields) else None


def _beyond(fields: tuple[str, ...], values: Sequence[Any], side: str) -> Q:
    """The rows beyond the mark: the first field decides, the next one among equals, and so on."""
    beyond = Q()
    for place in reversed(range(len(fields))):
        step = Q(**{f"{fields[place]}__{side}": values[place]})
        beyond = step | (Q(**{fields[place]: values[place]}) & beyond) if beyond else step
    return Q(**{f"{fields[0]}__{side}e": values[0]}) & beyond
