"""Whose sign-in somebody may look after: confirm certificates, register them, end sessions."""

from django.db.models import QuerySet

from openics.clients.models import Person
from openics.information.interest import Viewer


def people(viewer: Viewer) -> QuerySet[Person]:
    """The people whose sign-in the viewer looks after: an officer with a purpose everybody's, nobody else anybody's."""
    found = Person.objects.select_related("client").order_by("email")
    return found if viewer.sees_everything else found.none()


def searched(viewer: Viewer, text: str, most: int = 50) -> list[Person]:
    """Those of them whose e-mail address or name has this text in it; none when nothing is looked for."""
    found = people(viewer)
    return list((found.filter(email__icontains=text) | found.filter(name__icontains=text))[:most]) if text else []


def person(viewer: Viewer, number: int) -> Person | None:
    """One of them."""
    return people(viewer).filter(pk=number).first()
