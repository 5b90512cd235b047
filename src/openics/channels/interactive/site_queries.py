"""What the pages of sites read; somebody's sites are read through `information.interest` and no other way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Exists, F, Max, OuterRef, QuerySet, Subquery

from openics.channels.interactive.paging import Page, page
from openics.clients import certificate_rules
from openics.clients.certificate_rules import REMINDERS, Expiry, Standing, Use
from openics.clients.models import Site, SiteCertificate
from openics.exchange.care import SITE
from openics.exchange.models import Event, Message, OutboxItem
from openics.information import interest
from openics.information.interest import Viewer

MOST_EVENTS = 100
FILTERS = {
    "paused": "Paused",
    "expiring": f"A certificate ends within {REMINDERS[0]} days",
    "never": "Never sent anything",
}
"""What the list can be narrowed to."""


def sites(viewer: Viewer, search: str, only: str, now: datetime, *, before: str = "", after: str = "") -> Page[Site]:
    """A page of the sites that the viewer may see, the last ids first, with the time of the last message each way."""
    rows = interest.sites(Site.objects.all(), viewer).select_related("owner")
    if search:
        name = search.upper()
        rows = rows.filter(site_id=name) | rows.filter(owner__client_id=name) | rows.filter(edi_address=search.lower())
    if only == "paused":
        rows = rows.filter(active=False)
    elif only == "expiring":
        rows = rows.filter(site_id__in={each.certificate.site for each in expiring(viewer, now)})
    elif only == "never":
        rows = rows.filter(~Exists(Message.objects.filter(site=OuterRef("site_id"), direction="in")))
    return page(rows.annotate(last_in=_last("in"), last_out=_last("out")), ("site_id",), before=before, after=after)


def _last(direction: str) -> Subquery:
    rows = Message.objects.filter(site=OuterRef("site_id"), direction=direction).order_by("-id")
    return Subquery(rows.values("recorded_at")[:1], output_field=DateTimeField())


def site(viewer: Viewer, name: str) -> Site | None:
    """One site, or None when there is none that the viewer may see."""
    rows = interest.sites(Site.objects.all(), viewer).select_related("owner")
    return rows.annotate(last_in=_last("in"), last_out=_last("out")).filter(site_id=name).first()


def expiring(viewer: Viewer, now: datetime) -> list[Expiry]:
    """Certificates of the viewer's sites that end soon and are not renewed."""
    soon = SiteCertificate.objects.filter(
        not_after__lte=now + timedelta(days=REMINDERS[0] + 1), removed_at=None, revoked_at=None
    )
    rows = interest.sites(SiteCertificate.objects.filter(site__in=soon.values("site")), viewer)
    return certificate_rules.expiring([record(each) for each in rows], now)


def held(viewer: Viewer) -> list[certificate_rules.SiteCertificate]:
    """All certificates of the viewer's sites."""
    return [record(each) for each in interest.sites(SiteCertificate.objects.all(), viewer).order_by("pk")]


def certificate_changes(viewer: Viewer) -> dict[str, tuple[int, datetime]]:
    """How often each certificate of the viewer's sites was changed after it was registered, and when last."""
    sites = interest.sites(Site.objects.all(), viewer).values("site_id")
    rows = Event.objects.filter(subject_kind=SITE, subject_key__in=sites, code__startswith="certificate.")
    counted = rows.values_list("data__fingerprint").annotate(count=Count("id"), last=Max("at"))
    return {name: (count - 1, last) for name, count, last in counted}


def by_name(viewer: Viewer, names: Iterable[str]) -> dict[str, Site]:
    """The viewer's sites of these names, with their owners."""
    return interest.sites(Site.objects.all(), viewer).select_related("owner").in_bulk(list(names))


def record(row: SiteCertificate) -> certificate_rules.SiteCertificate:
    """A certificate's row as the rules know it."""
    return certificate_rules.SiteCertificate(
        site=row.site_id,
        fingerprint=row.fingerprint,
        not_before=row.not_before,
        not_after=row.not_after,
        use=Use(row.use),
        removed_at=row.removed_at,
        suspended_at=row.suspended_at,
        resumed_at=row.resumed_at,
        revoked_at=row.revoked_at,
        reason=row.reason,
        der=bytes(row.der),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate as its site's page shows it; `expiry` while it ends soon and no other takes over."""

    row: SiteCertificate
    record: certificate_rules.SiteCertificate
    standing: Standing
    expiry: Expiry | None


def certificates(found: Site, now: datetime) -> list[Shown]:
    """The certificates of a site that the viewer has been shown, those that end last first."""
    rows = list(found.certificates.order_by(F("not_after").desc(), "-id"))
    records = [record(row) for row in rows]
    ends = {each.certificate.fingerprint: each for each in certificate_rules.expiring(records, now)}
    return [
        Shown(row, known, known.standing(now), ends.get(known.fingerprint))
        for row, known in zip(rows, records, strict=True)
    ]


def history(found: Site, *, own: bool = False) -> Sequence[Event]:
    """What was done to a site that the viewer has been shown, newest first.

    Each event's `own` says whether one of the owner's people did it; only they, and officers, are told who it was.
    """
    events = list(_about(found).order_by("-id")[:MOST_EVENTS])
    people = set(found.owner.people.values_list("email", flat=True)) if own else set()
    for event in events:
        event.own = event.actor in people  # type: ignore[attr-defined]
    return events


def _about(found: Site) -> QuerySet[Event]:
    codes: Iterable[str] = ("site.", "certificate.")
    rows = Event.objects.filter(subject_kind=SITE, subject_key=found.site_id)
    first, second = (rows.filter(code__startswith=code) for code in codes)
    return first | second


def waiting(found: Site) -> int:
    """How many interchanges wait to leave for a site."""
    states = (OutboxItem.State.WAITING, OutboxItem.State.SEALED, OutboxItem.State.HELD)
    return OutboxItem.objects.filter(site=found.site_id, state__in=states, interchange__isnull=False).count()
