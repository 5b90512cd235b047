"""What the pages of applications read; they are for officers with a purpose alone."""

from django.db.models import Q

from openics.channels.interactive.database import raw_connection
from openics.channels.interactive.paging import Page, page
from openics.clients import similarity
from openics.clients.access_codes import Duty
from openics.clients.applications import Application
from openics.clients.models import Client, Person
from openics.clients.register_models import ClientApplication
from openics.information.interest import Viewer


def applications(viewer: Viewer, state: str, *, before: str = "", after: str = "") -> Page[ClientApplication]:
    """A page of the applications in a state, newest first."""
    found = ClientApplication.objects.filter(state=state)
    rows = found if viewer.on_duty(Duty.REGISTRATION) else found.none()
    return page(rows.select_related("client"), ("id",), before=before, after=after)


def application(viewer: Viewer, reference: str) -> ClientApplication | None:
    """One application, or None when there is none that the viewer may see."""
    rows = ClientApplication.objects.select_related("client", "identity")
    return rows.filter(reference=reference.replace("\0", "?")).first() if viewer.on_duty(Duty.REGISTRATION) else None


def holder(given: Application) -> Client | None:
    """The client on the register that holds the applicant's ABN; of a merged one, the survivor."""
    found = Client.objects.select_related("merged_into").filter(client_id=given.abn).first() if given.abn else None
    return found.merged_into or found if found else None


def people_of(client: Client) -> int:
    """How many people sign in for a client."""
    return Person.objects.filter(Q(client=client) | Q(client__merged_into=client), is_active=True).count()


def mail_is_taken(given: Application) -> bool:
    """Whether somebody signs in with the first person's address."""
    return Person.objects.filter(email=given.person_mail.lower()).exists()


def similar(given: Application) -> list[similarity.Likeness]:
    """Clients on the register that the applicant may be."""
    with raw_connection().cursor() as cursor:
        return similarity.similar(cursor, given.name, given.address)
