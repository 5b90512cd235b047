"""What a program looked at goes into the disclosure log like what a person looked at, refusals too."""

from django.http import HttpRequest

from openics.channels.api.frontdoor import caller_of
from openics.channels.api.problems import ProblemError, not_found
from openics.information import disclosures

WORDS = {"EDN": "export declaration", "INTERCHANGE": "interchange", "MESSAGE": "message", "SITE": "site"}


def seen(request: HttpRequest, kind: str, key: object) -> None:
    """Log one look at a record or a list."""
    disclosures.record(caller_of(request).viewer, kind, key)


def refused(request: HttpRequest, kind: str, key: object) -> ProblemError:
    """What to raise when a record is not to be seen, or not there: the answer and the log entry are the same."""
    disclosures.record(caller_of(request).viewer, kind, key, allowed=False)
    return not_found(WORDS.get(kind, kind.lower()))
