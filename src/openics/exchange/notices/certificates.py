"""Notices on the certificates of sites: they end soon, today, or have ended, and no other one takes over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from openics.clients.certificate_rules import REMINDERS, SiteCertificate, Use, expiring
from openics.decision.room import Cursor
from openics.exchange.notices import texts
from openics.exchange.notices.looking import Found
from openics.exchange.notices.settings import NoticeSettings
from openics.exchange.notices.steps import Step, certificate_steps, following, latest
from openics.exchange.notices.store import CERTIFICATE, Addressee, Draft, Occasion

EVERY: Final = timedelta(minutes=10)
ENDED_LATELY: Final = timedelta(days=14)
"""For so long after its end a site is still told that its certificate has ended."""
_AHEAD: Final = timedelta(days=REMINDERS[0] + 1)

_CERTIFICATES: Final = """
SELECT k.site_id, k.fingerprint, k.not_before, k.not_after, k.use, k.removed_at, k.suspended_at, k.resumed_at,
       k.revoked_at, k.reason
FROM site_certificate k WHERE k.site_id IN (
    SELECT e.site_id FROM site_certificate e JOIN site s ON s.site_id = e.site_id
    WHERE s.test = %s AND e.not_after BETWEEN %s AND %s AND e.removed_at IS NULL AND e.revoked_at IS NULL
    UNION SELECT n.site FROM notice n WHERE n.kind = %s AND n.needs_action AND n.settled_at IS NULL
)
"""


def look(cursor: Cursor, now: datetime, settings: NoticeSettings) -> Found:
    """The certificates that end soon or ended lately and are not renewed, with the step that each has come to."""
    ending = _ending(cursor, now, test=settings.test)
    steps = {each.fingerprint: certificate_steps(each.not_after, REMINDERS) for each in ending}
    coming = [at for each in steps.values() if (at := following(each, now))]
    come = {name: step for name, each in steps.items() if (step := latest(each, now))}
    open_ = _not_given(cursor, come)
    addressees = _addressees(cursor, {each.site for each in ending if each.fingerprint in open_})
    drafts = [
        _draft(each, come[each.fingerprint], *addressees[each.site], settings.web, now)
        for each in ending
        if each.fingerprint in open_ and now - each.not_after < ENDED_LATELY
    ]
    return Found(drafts, min(coming, default=None))


def _ending(cursor: Cursor, now: datetime, *, test: bool) -> list[SiteCertificate]:
    cursor.execute(_CERTIFICATES, (test, now - ENDED_LATELY, now + _AHEAD, CERTIFICATE))
    held = [_certificate(row) for row in cursor.fetchall()]
    by_site: dict[str, list[SiteCertificate]] = {}
    for each in held:
        by_site.setdefault(each.site, []).append(each)
    found = [each.certificate for mine in by_site.values() for each in expiring(mine, now)]
    return sorted(found, key=lambda each: (each.site, each.not_after, each.fingerprint))


def _certificate(row: tuple[Any, ...]) -> SiteCertificate:
    site, fingerprint, not_before, not_after, use, removed, suspended, resumed, revoked, reason = row
    instants = {"removed_at": removed, "suspended_at": suspended, "resumed_at": resumed, "revoked_at": revoked}
    return SiteCertificate(site, fingerprint, not_before, not_after, Use(use), **instants, reason=reason)


def _not_given(cursor: Cursor, come: dict[str, Step]) -> set[str]:
    names = sorted(come)
    cursor.execute(
        "SELECT due.name FROM unnest(%s::text[], %s::text[]) AS due (name, step) WHERE NOT EXISTS ("
        "SELECT FROM notice n WHERE n.kind = %s AND n.subject_key = due.name AND n.version = '' AND n.step = due.step)",
        (names, [come[name].name for name in names], CERTIFICATE),
    )
    return {name for (name,) in cursor.fetchall()}


def _addressees(cursor: Cursor, sites: Iterable[str]) -> dict[str, tuple[Addressee, str]]:
    """Who is told for each site, and the site's EDI address."""
    cursor.execute(
        "SELECT c.client_id, lower(s.administrator_address), s.site_id, s.edi_address "
        "FROM site s JOIN client c ON c.id = s.owner_id WHERE s.site_id = ANY(%s)",
        (sorted(sites),),
    )
    return {
        site: (Addressee(owner, recipient, (site,)), address) for owner, recipient, site, address in cursor.fetchall()
    }


def _draft(certificate: SiteCertificate, step: Step, to: Addressee, address: str, web: str, now: datetime) -> Draft:
    words = texts.ending(step, certificate, address, web, now)
    return Draft(Occasion(CERTIFICATE, certificate.fingerprint, "", step.name), to, words, needs_action=True)


def settle(cursor: Cursor, now: datetime, settings: NoticeSettings) -> None:
    """Certificates that another one has taken over from, or that count no more for another reason, need no action."""
    still = [each.fingerprint for each in _ending(cursor, now, test=settings.test)]
    cursor.execute(
        "UPDATE notice SET settled_at = %s WHERE kind = %s AND needs_action AND settled_at IS NULL "
        "AND subject_key <> ALL(%s)",
        (now, CERTIFICATE, still),
    )
