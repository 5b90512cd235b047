"""Lists by cursor: a page of rows, and the mark that leads to the next one."""

from collections.abc import Callable
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from openics.channels.api.problems import ProblemError
from openics.channels.interactive.paging import SALT, page

Row = TypeVar("Row", bound=Model)
MOST: Final = 200
USUAL: Final = 50


def listed(
    rows: QuerySet[Row],
    fields: tuple[str, ...],
    form: Callable[[Row], dict[str, Any]],
    *,
    cursor: str,
    limit: int,
) -> dict[str, Any]:
    """A page of `rows`, newest first by `fields`, as JSON values with the cursor of the next page, or null.

    Raises ProblemError for a cursor that was not made for this list.
    """
    kind = rows.model._meta.model_name or ""
    mark = _mark(cursor, kind, fields)
    found = page(rows, fields, before=mark, size=limit)
    return {"items": [form(each) for each in found.rows], "next": f"{kind}.{found.older}" if found.older else None}


def _mark(cursor: str, kind: str, fields: tuple[str, ...]) -> str:
    if not cursor:
        return ""
    named, _, mark = cursor.partition(".")
    try:
        values = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        values = ()
    if named != kind or len(values) != len(fields):
        fix = "Begin without a cursor, and go on with the one in `next`"
        raise ProblemError("invalid-parameter", "The cursor was not made for this list.", place="query.cursor", fix=fix)
    return mark


def link(request: HttpRequest, answer: HttpResponse, found: dict[str, Any]) -> None:
    """Name the next page in the header Link (RFC 8288) too."""
    if found["next"]:
        given = {name: value for name, value in request.GET.items() if name != "cursor"}
        answer["Link"] = f'<{request.path}?{urlencode({**given, "cursor": found["next"]})}>; rel="next"'
