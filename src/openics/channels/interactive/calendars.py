"""Calendar files (RFC 5545): dates of the gateway's certificates, ends of a client's certificates, planned outages.

Each entry has a UID that stays, and a SEQUENCE that rises when it changes, so that a calendar which has read the file
before moves the entry instead of adding another one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from icalendar import Calendar, Event

from openics.clients.certificate_rules import ENDED, SHOWN, SiteCertificate
from openics.continuity.outages import Outage
from openics.pki.certificates import fingerprint
from openics.pki.gateway_keys import PublicKeyDates

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_PRODUCT: Final = "-//OpenICS//Calendar//EN"
_BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""From here the changes of the gateway's dates are counted, in seconds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar; `key` is what stays of it, `changed` when it was changed last."""

    key: str
    at: datetime
    title: str
    text: str
    changed: datetime
    sequence: int = 0
    ends: datetime | None = None
    cancelled: bool = False


def gateway(keys: Sequence[PublicKeyDates], directory: Path, web: str) -> list[Entry]:
    """When each certificate of the gateway may be encrypted to, signs, and is used no more.

    How often the dates changed is not kept: the sequence is the second in which they were written.
    """
    found = []
    for key in keys:
        if not key.dated:
            continue
        changed = datetime.fromtimestamp(int((directory / f"{key.name}.json").stat().st_mtime), UTC)
        name = fingerprint(key.certificate)
        text = f"SHA-256 fingerprint {name}. {web}/certificates/gateway/"
        moments = (
            ("encrypt", key.encrypt_from, "The gateway's new certificate may be encrypted to"),
            ("sign", key.sign_from, "The gateway signs with its new certificate"),
            ("retire", key.retire_at, "The gateway's old certificate is used no more"),
        )
        sequence = max(int((changed - _BEGINNING).total_seconds()), 0)
        found += [
            Entry(f"gateway-{name[:SHOWN]}-{what}", at, title, text, changed, sequence)
            for what, at, title in moments
            if at is not None
        ]
    return sorted(found, key=lambda entry: (entry.at, entry.key))


def certificates(
    held: Iterable[SiteCertificate], changes: dict[str, tuple[int, datetime]], now: datetime, web: str
) -> list[Entry]:
    """When each certificate of some sites ends; one that counts no more is cancelled. `changes`: how often, and when last."""
    found = []
    for each in held:
        count, changed = changes.get(each.fingerprint, (0, each.not_before))
        standing = each.standing(now)
        found.append(
            Entry(
                f"certificate-{each.fingerprint[:SHOWN]}",
                each.not_after,
                f"A certificate of EDI site {each.site} ends",
                f"Used for {each.use.value}. SHA-256 fingerprint {each.fingerprint}. {web}/sites/{each.site}/",
                changed,
                count,
                cancelled=standing in ENDED and each.not_after > now,
            )
        )
    return sorted(found, key=lambda entry: (entry.at, entry.key))


def outages(planned: Iterable[Outage], changes: dict[int, datetime], web: str) -> list[Entry]:
    """Planned outages, those called off as cancelled."""
    return [
        Entry(
            f"outage-{each.number}",
            each.starts_at,
            f"Planned outage of {each.name}",
            f"{each.words} {each.meaning} {web}/status/",
            changes.get(each.number, each.announced_at),
            each.sequence,
            each.ends_at,
            cancelled=each.cancelled_at is not None,
        )
        for each in planned
    ]


def calendar(name: str, entries: Iterable[Entry], domain: str) -> bytes:
    """A calendar file with these entries; `domain` makes their UIDs those of this instance."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    for entry in entries:
        made.add_component(_event(entry, domain))
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry, domain: str) -> Event:
    made = Event()
    made.add("uid", f"{entry.key}@{domain}")
    made.add("dtstamp", entry.changed.astimezone(UTC))
    made.add("last-modified", entry.changed.astimezone(UTC))
    made.add("sequence", entry.sequence)
    made.add("dtstart", entry.at.astimezone(UTC))
    if entry.ends is not None:
        made.add("dtend", entry.ends.astimezone(UTC))
    made.add("summary", entry.title)
    made.add("description", entry.text)
    made.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    return made
