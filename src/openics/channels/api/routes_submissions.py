"""Submitting, and what became of it; checking without submitting."""

import re
import threading
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Router, Status

from openics.channels.api import cursors, forms, idempotency, lodging, queries, schemas
from openics.channels.api.bodies import CHECK, SUBMIT
from openics.channels.api.frontdoor import Needs, caller_of, largest, read_body
from openics.channels.api.log import refused, seen
from openics.channels.api.problems import ProblemError
from openics.channels.interactive.database import raw_connection
from openics.exchange import diagnosis, submission

router = Router(tags=["Submissions"])
SUBMISSION: Final = "SUBMISSION"
LONGEST_WAIT: Final = 20
_WAITING: Final = threading.BoundedSemaphore(3)
"""So many requests of a process may wait at once, so that those who wait do not keep out everybody else."""
_WAIT: Final = re.compile(r"(?:^|[,;\s])wait\s*=\s*\"?([0-9]{1,4})\"?", re.IGNORECASE)
CHECKED_AT_MOST: Final = 1_000_000

Cursor = Annotated[str, Query("", max_length=400, description="`next` of the page before")]
Limit = Annotated[int, Query(cursors.USUAL, ge=1, le=cursors.MOST, description="Items on a page")]
Number = Annotated[int, Path(ge=1, description="Its number")]


@router.post(
    "/submissions",
    auth=Needs(),
    response={202: schemas.Submission, 200: schemas.Submission},
    openapi_extra=SUBMIT,
    summary="Submit an interchange or a document",
    operation_id="submit",
)
def submit(
    request: HttpRequest,
    response: HttpResponse,
    key: Annotated[
        str,
        Header("", alias="Idempotency-Key", max_length=255, description="Yours; the same again is not a second one"),
    ],
    prefer: Annotated[
        str, Header("", alias="Prefer", max_length=200, description="`wait=10`: wait so many seconds (at most 20)")
    ],
) -> Any:
    """Store it, and answer 202 with its location once it is stored for good. With `Prefer: wait=N` the answer is 200 with
    the decision when there is one within N seconds.

    The same interchange again is not taken twice: it is the same submission, whether or not you send a key.
    """
    caller = caller_of(request)
    media = lodging.media_type(request.headers.get("Content-Type", ""))
    most = settings.API_LARGEST_INTERCHANGE if media == lodging.EDIFACT else largest()
    body = read_body(request, most)
    letter = lodging.read(caller, media, body)
    number, again = lodging.take(raw_connection(), caller, letter, idempotency.checked(key), (media, body))
    decided = _wait(number, prefer, response)
    seen(request, SUBMISSION, number)
    found = _submission(request, number)
    response["Location"] = found["location"]
    if again:
        response["Idempotency-Replayed"] = "true"
    return Status(200 if decided else 202, found)


def _wait(number: int, prefer: str, response: HttpResponse) -> bool:
    """Wait as long as was preferred; whether the decision is there."""
    asked = _WAIT.search(prefer)
    seconds = min(int(asked[1]), LONGEST_WAIT) if asked else 0
    if not seconds or not _WAITING.acquire(blocking=False):
        return False
    try:
        response["Preference-Applied"] = f"wait={seconds}"
        return submission.wait(raw_connection(), number, seconds).finished
    finally:
        _WAITING.release()


def _submission(request: HttpRequest, number: int) -> dict[str, Any]:
    caller = caller_of(request)
    found = queries.submission(caller, number)
    if found is None:
        raise refused(request, SUBMISSION, number)
    return forms.submission(found, queries.interchanges_in(caller, found), queries.messages_in(caller, found))


@router.get(
    "/submissions",
    auth=Needs(),
    response=schemas.Page[schemas.Submission],
    summary="List submissions",
    operation_id="submissions",
)
def submissions(
    request: HttpRequest,
    response: HttpResponse,
    state: Annotated[
        str, Query("", pattern="^(pending|done|refused|parked)?$", description="Only those in this state")
    ],
    cursor: Cursor,
    limit: Limit,
) -> Any:
    """What your sites handed in through the API, newest first."""
    caller = caller_of(request)
    rows = queries.submissions(caller)
    rows = rows.filter(state=state) if state else rows

    def form(row: Any) -> dict[str, Any]:
        return forms.submission(row, queries.interchanges_in(caller, row), queries.messages_in(caller, row))

    found = cursors.listed(rows, ("id",), form, cursor=cursor, limit=limit)
    seen(request, "SUBMISSIONS", "list")
    cursors.link(request, response, found)
    return found


@router.get(
    "/submissions/{number}",
    auth=Needs(),
    response=schemas.Submission,
    summary="How a submission stands",
    operation_id="submission",
)
def one(request: HttpRequest, number: Number) -> Any:
    """Its state, what was found in it, and what was decided on each message."""
    found = _submission(request, number)
    seen(request, SUBMISSION, number)
    return found


@router.get(
    "/submissions/{number}/answers",
    auth=Needs(),
    response=schemas.All[schemas.Answer],
    summary="The answers to a submission",
    operation_id="submission_answers",
)
def answers(request: HttpRequest, number: Number) -> Any:
    """Everything customs sent in answer, each as JSON and as EDIFACT."""
    caller = caller_of(request)
    found = queries.submission(caller, number)
    if found is None:
        raise refused(request, SUBMISSION, number)
    seen(request, SUBMISSION, number)
    return {"items": [forms.answer(each) for each in queries.answers_in(caller, found)]}


@router.post(
    "/checks",
    auth=Needs(),
    response=schemas.Checked,
    openapi_extra=CHECK,
    tags=["Checks"],
    summary="Check without submitting",
    operation_id="check",
)
def check(request: HttpRequest) -> Any:
    """Everything that is wrong with it and shows without the facts of the day: syntax, structure, data dictionary, and the
    rules on the document alone. Nothing is stored.
    """
    media = lodging.media_type(request.headers.get("Content-Type", ""))
    body = read_body(request, CHECKED_AT_MOST)
    data = body if media == lodging.EDIFACT else lodging.enveloped(lodging.document_of(lodging.submitted(body)))
    checked, problems = diagnosis.diagnose(data)
    if checked.interchange.header is None and not checked.messages and not problems:
        raise ProblemError("not-an-interchange", "There is nothing in it that can be read.", place="byte 0", rule="E2")
    errors = [each for each in problems if each.severity == "ERROR"]
    told = [each.to_json() for each in problems]
    return {"ok": not errors, "messages": len(checked.messages), "problems": told}
