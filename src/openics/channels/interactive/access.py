"""Who may open which page. Every route carries exactly one rule; a test goes through them all."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.cache import never_cache

from openics.channels.interactive import purpose
from openics.channels.sign_in import drafts
from openics.clients.access_codes import Application, Duty, Level, Standing
from openics.clients.models import Person
from openics.information import disclosures
from openics.information.interest import Viewer, viewer_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ViewerView = Callable[Concatenate[HttpRequest, Viewer, P], HttpResponseBase]


_NOT_YET: Final = (
    "Your registration waits for an administrator of your organisation to confirm it. "
    "Ask your administrator; you can sign in again as soon as it is confirmed."
)


class Access(StrEnum):
    """The rules."""

    PUBLIC = "anybody"
    SETUP = "a signed-in person, even one who has no second factor yet"
    SIGNED_IN = "a signed-in person"
    RECORDS = "a signed-in person, an officer only with a purpose"
    OFFICER = "an officer with a purpose"
    TRADER = "a person who acts for a client"
    SITES = "a person who may amend the EDI sites of a client"


def public(view: View[P]) -> View[P]:
    """Anybody may open it."""
    return _marked(view, Access.PUBLIC)


def setup(view: View[P]) -> View[P]:
    """Signed-in people may open it, even one who still has to set up a second factor."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _elsewhere(request, resolve_url(settings.LOGIN_URL))
        return view(request, *args, **kwargs)

    return _marked(never_cache(wrapped), Access.SETUP)


def needs_password(view: View[P]) -> View[P]:
    """Codes alone sign nobody in: whoever has no password yet sets one first."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if isinstance(request.user, Person) and not request.user.has_usable_password():
            return _elsewhere(request, reverse("account_set_password"))
        return view(request, *args, **kwargs)

    return wrapped


def signed_in(view: ViewerView[P]) -> View[P]:
    """Signed-in people may open it."""
    return _guarded(view, Access.SIGNED_IN)


def records(view: ViewerView[P]) -> View[P]:
    """Shows somebody's records: an officer must have given a purpose."""
    return _guarded(view, Access.RECORDS)


def officers(view: ViewerView[P]) -> View[P]:
    """Officers only, with a purpose."""
    return _guarded(view, Access.OFFICER)


def on_duty(duty: Duty) -> Callable[[ViewerView[P]], View[P]]:
    """Officers with a duty only, with a purpose."""

    def rule(view: ViewerView[P]) -> View[P]:
        @wraps(view)
        def dutiful(request: HttpRequest, viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not viewer.on_duty(duty):
                disclosures.record(viewer, "DUTY", f"{duty} {request.path}", allowed=False)
                raise PermissionDenied(f"This page is for officers with the duty {duty}; ask who gives out duties.")
            return view(request, viewer, *args, **kwargs)

        return officers(dutiful)

    return rule


def traders(view: ViewerView[P]) -> View[P]:
    """People who act for a client."""
    return _guarded(view, Access.TRADER)


def administrators(view: ViewerView[P]) -> View[P]:
    """People who look after their organisation: its people, programs and webhooks."""

    @wraps(view)
    def administering(request: HttpRequest, viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not viewer.administrator:
            disclosures.record(viewer, "ADMINISTRATION", request.path, allowed=False)
            raise PermissionDenied("This page is for administrators of an organisation; ask one of yours.")
        return view(request, viewer, *args, **kwargs)

    return traders(administering)


def site_keepers(view: ViewerView[P]) -> View[P]:
    """People who may amend the EDI sites of their client."""
    return _guarded(view, Access.SITES)


def may_amend_sites(viewer: Viewer) -> bool:
    """Whether a person may amend the EDI sites of its client: whoever has been granted it."""
    return not viewer.officer and viewer.may(Application.SITES, Level.AMEND)


def refuse(viewer: Viewer, kind: str, key: object) -> Http404:
    """What to raise when a record is not to be seen, or not there: the answer and the log entry are the same."""
    disclosures.record(viewer, kind, str(key).replace("\0", "?"), allowed=False)
    return Http404(f"{kind} {key}")


def _marked(view: View[P], rule: Access) -> View[P]:
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    wrapped.access = rule  # type: ignore[attr-defined]
    return wrapped


def _guarded(view: ViewerView[P], rule: Access) -> View[P]:
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person):
            return _elsewhere(request, resolve_url(settings.LOGIN_URL), view)
        viewer = viewer_of(person, purpose.current(request.session))
        if viewer.standing is not Standing.CONFIRMED:
            raise PermissionDenied(_NOT_YET)
        if rule is Access.OFFICER and not viewer.officer:
            raise PermissionDenied("This page is for officers of customs.")
        if rule is Access.TRADER and viewer.officer:
            raise PermissionDenied("Only the reporting party itself can do this; officers look, they do not lodge.")
        if rule is Access.SITES and not may_amend_sites(viewer):
            raise PermissionDenied("Only people who may amend the sites of their client can do this.")
        if rule in {Access.RECORDS, Access.OFFICER} and viewer.officer and not viewer.purpose:
            return _elsewhere(request, reverse("purpose"), view)
        return view(request, viewer, *args, **kwargs)

    guarded = never_cache(wrapped)
    guarded.access = rule  # type: ignore[attr-defined]
    return guarded


def _elsewhere(request: HttpRequest, address: str, view: Any = None) -> HttpResponse:
    """Send the browser somewhere first and back here afterwards; a page that refreshes itself is sent as a whole.

    What was typed into the form of a view that restores drafts is kept meanwhile.
    """
    htmx: Any = getattr(request, "htmx", None)
    if htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.method == "GET":
        back = request.get_full_path()
    else:
        back = (
            reverse("draft_kept")
            if getattr(view, "restores", None) and drafts.keep_posted(request)
            else reverse("home")
        )
    return HttpResponseRedirect(f"{address}?{urlencode({'next': back})}")
