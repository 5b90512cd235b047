"""Whose sign-in somebody may look after: confirm certificates, register them, end sessions."""

from django.db.models import QuerySet

from openics.clients.access_codes import Duty
from openics.clients.models import Person
from openics.information.interest import Viewer


def people(viewer: Viewer) -> QuerySet[Person]:
    """The people whose sign-in the viewer looks after: an administrator its client's, registration officers everybody's."""
    found = Person.objects.select_related("client").order_by("email")
    if viewer.officer:
        return found if viewer.on_duty(Duty.REGISTRATION) else found.none()
    return found.filter(client__client_id__in=viewer.client_ids) if viewer.administrator else found.none()


def looks_after_people(viewer: Viewer) -> bool:
    """Whether the viewer looks after anybody's sign-in."""
    return viewer.on_duty(Duty.REGISTRATION) if viewer.officer else viewer.administrator


def searched(viewer: Viewer, text: str, most: int = 50) -> list[Person]:
    """Those of them whose e-mail address or name has this text in it; none when nothing is looked for."""
    found = people(viewer)
    return list((found.filter(email__icontains=text) | found.filter(name__icontains=text))[:most]) if text else []


def person(viewer: Viewer, number: int) -> Person | None:
    """One of them."""
    return people(viewer).filter(pk=number).first()
