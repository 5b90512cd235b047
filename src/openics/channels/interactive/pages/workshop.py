"""The message workshop: decode an interchange, change it as a form or as JSON, and take it away. Nothing is stored."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from openics.channels.interactive.access import public
from openics.channels.interactive.workshop import changes
from openics.channels.interactive.workshop.decoded import anchor_of, decode
from openics.channels.interactive.workshop.entries import SHOWN, entries
from openics.channels.interactive.workshop.piece import LARGEST, Piece, UnusableError, from_json_text
from openics.channels.sign_in import drafts
from openics.messages.examples import examples_of
from openics.messages.registry import ALL, by_name

MOST_LISTED: Final = 50
"""Problems that the list at the top names."""
STARTED_WITH: Final = "typical"
"""The kind of example that a new message starts with."""


@require_http_methods(["GET", "HEAD", "POST"])
@public
@drafts.replayed
def workshop(request: HttpRequest) -> HttpResponse:
    """The empty workshop, an example in it, or what was asked for by a button of its forms."""
    if request.method != "POST":
        return _begin(request, request.GET.get("example", ""))
    action, _, rest = request.POST.get("do", "decode").partition(":")
    try:
        return _ACTIONS.get(action, _decode)(request, _posted(request), rest)
    except UnusableError as error:
        return _start(request, request.POST.get("interchange", ""), str(error))


def _begin(request: HttpRequest, name: str) -> HttpResponse:
    """The start page; with `?example=EXD` (or `EXD.smallest`) that example, decoded."""
    message, _, kind = name.partition(".")
    document = by_name(message)
    found = examples_of(document).get(kind or STARTED_WITH) if document else None
    return _decoded(request, Piece(found.decode("latin-1"))) if found else _start(request)


def _start(request: HttpRequest, text: str = "", problem: str = "") -> HttpResponse:
    about = {"text": text, "problem": problem, "kinds": sorted(ALL, key=lambda kind: kind.name), "largest": LARGEST}
    return render(request, "workshop/start.html", about, status=422 if problem else 200)


def _posted(request: HttpRequest) -> Piece:
    """What was pasted, or the file that was chosen. Raises UnusableError when there is nothing, or too much of it."""
    file = request.FILES.get("file")
    if file and (file.size or 0) > LARGEST:
        raise UnusableError(
            f"The file has more than {LARGEST:,} bytes; use `openics edi check FILE` on a machine of yours"
        )
    text = file.read().decode("latin-1") if file else request.POST.get("interchange", "")
    if not text.strip():
        raise UnusableError("Paste an interchange, or choose a file")
    if len(text) > LARGEST:
        raise UnusableError(f"The text has more than {LARGEST:,} characters; use `openics edi check FILE`")
    return Piece(text)


def _decode(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:  # noqa: ARG001 - all actions are called alike
    return _decoded(request, piece)


def _decoded(request: HttpRequest, piece: Piece) -> HttpResponse:
    decoded = decode(piece.data)
    anchors = {each.anchor for message in decoded.messages for each in message.segments}
    about = {
        "piece": piece,
        "decoded": decoded,
        "title": decoded.title,
        "verdict": decoded.verdict,
        "most": MOST_LISTED,
        "anchors": anchors,
        "anchor_of": anchor_of,
        "editable": decoded.readable,
    }
    return render(request, "workshop/decoded.html", about)


def _json(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:  # noqa: ARG001
    return _json_page(request, piece, piece.json)


def _json_page(request: HttpRequest, piece: Piece, text: str, problem: str = "") -> HttpResponse:
    about = {"piece": piece, "json": text, "problem": problem}
    return render(request, "workshop/json.html", about, status=422 if problem else 200)


def _from_json(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:  # noqa: ARG001
    text = request.POST.get("json", "")
    try:
        return _decoded(request, from_json_text(text))
    except UnusableError as error:
        return _json_page(request, piece, text, str(error))


def _form(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:
    number = int(rest) if rest.isdecimal() else 0
    return _form_page(request, piece, number, piece.document(number)[1])


def _apply(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:
    """Write the form's message into the interchange, or show what is in the way."""
    number, document = _merged(request, piece, rest)
    kind = piece.document(number)[0]
    if changes.problems(kind, document):
        return _form_page(request, piece, number, document)
    try:
        return _decoded(request, piece.with_document(number, document))
    except UnusableError as error:
        return _form_page(request, piece, number, document, str(error))


def _merged(request: HttpRequest, piece: Piece, rest: str) -> tuple[int, dict[str, Any]]:
    """The message's number, and its document as it stands in the form: it need not be one that can be written."""
    number = int(rest) if rest.isdecimal() else 0
    kind, document = piece.document(number)
    with suppress(json.JSONDecodeError, RecursionError):  # damaged on the way: begin with what the interchange says
        document = changes.shaped(kind, json.loads(request.POST.get("document", "")))
    return number, changes.merged(kind, document, request.POST.dict())


def _add(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:
    """One more record, shown."""
    place, _, name = rest.partition(":")
    number, document = _merged(request, piece, place)
    kind = piece.document(number)[0]
    changed = changes.with_row(kind, document, name)
    count, start = changes.count_of(kind, changed, name), _starts(request).get(name, 0)
    return _form_page(request, piece, number, changed, starts={name: max(start, count - SHOWN)})


def _remove(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:
    place, _, name = rest.partition(":")
    number, document = _merged(request, piece, place)
    return _form_page(request, piece, number, changes.without_row(piece.document(number)[0], document, name))


def _show(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:
    """Other records of a list; what was entered in those before is kept."""
    place, _, shown = rest.partition(":")
    name, _, start = shown.rpartition(":")
    starts = {name: int(start)} if start.isdecimal() else {}
    return _form_page(request, piece, *_merged(request, piece, place), starts=starts)


def _form_page(
    request: HttpRequest,
    piece: Piece,
    number: int,
    document: dict[str, Any],
    problem: str = "",
    starts: dict[str, int] | None = None,
) -> HttpResponse:
    kind = piece.document(number)[0]
    found = changes.problems(kind, document)
    about = {
        "piece": piece,
        "number": number,
        "kind": kind,
        "document": json.dumps(document),
        "entries": entries(kind, document, found, _starts(request) | (starts or {})),
        "problems": found,
        "problem": problem,
    }
    return render(request, "workshop/form.html", about, status=422 if problem or found else 200)


def _starts(request: HttpRequest) -> dict[str, int]:
    """With which record each list of the form begins."""
    given = request.POST.dict().items()
    return {name[5:]: int(text) for name, text in given if name.startswith("from-") and text.isdecimal()}


def _download(request: HttpRequest, piece: Piece, rest: str) -> HttpResponse:  # noqa: ARG001
    content, kind = (piece.json.encode(), "json") if rest == "json" else (piece.data, "edi")
    name = f"{piece.name}.{kind}"
    return HttpResponse(
        content,
        content_type="application/json" if rest == "json" else "application/edifact",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


_ACTIONS: Final[dict[str, Callable[[HttpRequest, Piece, str], HttpResponse]]] = {
    "decode": _decode,
    "json": _json,
    "from-json": _from_json,
    "form": _form,
    "apply": _apply,
    "add": _add,
    "remove": _remove,
    "show": _show,
    "download": _download,
}
