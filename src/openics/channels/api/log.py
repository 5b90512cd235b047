"""What a program looked at goes into the disclosure log like what a person looked at, refusals too."""

from django.http import HttpRequest

from openics.channels.api.frontdoor import caller_of
from openics.channels.api.problems import ProblemError, not_found
from openics.information import disclosures
from openics.information.interest import Viewer

WORDS = {"EDN": "export declaration", "INTERCHANGE": "interchange", "MESSAGE": "message", "SITE": "site"}


def seen(request: HttpRequest, kind: str, key: object) -> None:
    """Log one look at a record or a list."""
    disclosures.record(_named(request), kind, key)


def refused(request: HttpRequest, kind: str, key: object) -> ProblemError:
    """What to raise when a record is not to be seen, or not there: the answer and the log entry are the same."""
    disclosures.record(_named(request), kind, key, allowed=False)
    return not_found(WORDS.get(kind, kind.lower()))


def _named(request: HttpRequest) -> Viewer:
    """The caller as the log knows it: no person, its name in the place of the purpose."""
    caller = caller_of(request)
    viewer = caller.viewer
    return Viewer(viewer.person, viewer.email, viewer.officer, viewer.client, viewer.sites, caller.name)
