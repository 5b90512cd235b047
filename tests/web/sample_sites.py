"""Certificates of the sample's trader: one in force that ends soon, one suspended, one revoked."""

from datetime import timedelta

from django.utils import timezone

from openics.clients.models import Site, SiteCertificate

SITE, FOREIGN = "AAA676Y", "BBB214K"


def certificate(site: str, name: str, days: int, **changes: object) -> SiteCertificate:
    """A certificate that ends in so many days and some hours."""
    now = timezone.now()
    return SiteCertificate.objects.create(
        site_id=site,
        fingerprint=name * 64,
        der=name.encode(),
        not_before=now - timedelta(days=300),
        not_after=now + timedelta(days=days, hours=5),
        **changes,
    )


def add_certificates() -> list[SiteCertificate]:
    """The trader's certificates, in the order above, and one of the other site."""
    now = timezone.now()
    certificate(FOREIGN, "f", 400)
    return [
        certificate(SITE, "a", 13),
        certificate(SITE, "b", 5, suspended_at=now, reason="laptop lost"),
        certificate(SITE, "c", 500, revoked_at=now, reason="key stolen"),
    ]


def pause(site: str = SITE) -> None:
    """Put a site on pause."""
    Site.objects.filter(site_id=site).update(active=False, paused_at=timezone.now(), pause_reason="audit of 2026")
