"""The navigation of every page: what is used most in a row, the rest behind it, and first what somebody works with."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from openics.clients.models import Person

Place = tuple[str, str]
"""A name, and the route that it leads to."""
DAILY: Final[tuple[Place, ...]] = (
    ("Messages", "messages"),
    ("Export declarations", "declarations"),
    ("Outbox", "outbox"),
)
HELP: Final[tuple[Place, ...]] = (("Workshop", "workshop"), ("Reference", "reference"))
OFFICERS: Final[tuple[Place, ...]] = (("Gateway", "gateway"), ("Sites", "sites"), ("Client register", "clients"))
OFFICERS_MORE: Final[tuple[Place, ...]] = (
    ("Organisations", "organisations"),
    ("People", "people_sign_in"),
    ("Alerts", "alerts"),
    ("Notices", "notices"),
    ("Outages", "outages"),
    ("Webhooks", "webhooks"),
)
TRADERS: Final[tuple[Place, ...]] = (("Your sites", "sites"), ("Notices", "notices"))
TRADERS_MORE: Final[tuple[Place, ...]] = (("Your record", "own_client"),)
ADMINISTRATORS_MORE: Final[tuple[Place, ...]] = (("Programs", "programs"), ("Webhooks", "webhooks"))


@dataclass(frozen=True, slots=True)
class Navigation:
    """The items of the row, and those that are shown on demand."""

    row: list[dict[str, Any]]
    more: list[dict[str, Any]]


def navigation(request: HttpRequest) -> Navigation:
    """For everybody what is public, before it what whoever is signed in may see."""
    person = request.user
    if not isinstance(person, Person):
        return Navigation(_items(request, HELP), [])
    if person.is_officer:
        return Navigation(_items(request, (*DAILY, *OFFICERS, *HELP)), _items(request, OFFICERS_MORE))
    more = _items(request, (*TRADERS_MORE, *(ADMINISTRATORS_MORE if person.is_administrator else ())))
    if person.client is not None:
        own = reverse("organisation", args=[person.client.client_id])
        more.insert(0, _item(request, "Your organisation", own))
    return Navigation(_items(request, (*DAILY, *TRADERS, *HELP)), more)


def _items(request: HttpRequest, places: tuple[Place, ...]) -> list[dict[str, Any]]:
    return [_item(request, text, reverse(name)) for text, name in places]


def _item(request: HttpRequest, text: str, address: str) -> dict[str, Any]:
    return {
        "text": text,
        "href": address,
        "current": request.path == address,
        "active": request.path.startswith(address) and request.path != address,
    }
