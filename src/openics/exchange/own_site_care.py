"""What a site's own people change of it beside what customs may: addresses, roll-over, taking back, having switched."""

from dataclasses import replace
from datetime import datetime

from psycopg import Connection, Cursor

from openics.clients import certificate_rules, site_rules, site_store
from openics.clients.certificate_rules import ENDED, SiteCertificate, Standing
from openics.clients.register_errors import RegisterError
from openics.exchange.care import LONGEST_ACTOR, By, change, release_unsealed, required_site, seal_again, tell

_SERVING = frozenset({Standing.IN_FORCE, Standing.NOT_YET})


def set_contacts(
    connection: Connection, site: str, *, text_address: str, administrator: str, plain_text: bool, by: By
) -> bool:
    """Give a site other addresses for text and for its administrator; False when they are what they were."""
    text_address = site_rules.checked_address("text address", text_address) if text_address else ""
    administrator = site_rules.checked_address("administrator's address", administrator) if administrator else ""
    if plain_text and not text_address:
        fix = "Give the address for text, or leave the option out."
        place = site_rules.site_place(site)
        raise RegisterError("no-text-address", place, "Plain text is asked for, but there is no address for it.", fix)
    with change(connection) as cursor:
        found = required_site(cursor, site)
        new = replace(found, text_address=text_address, administrator=administrator, plain_text=plain_text)
        if new == found:
            return False
        site_store.write_site(cursor, new)
        data = {"text_address": text_address, "administrator": administrator, "plain_text": plain_text}
        tell(cursor, by, "site.contacts-changed", site, **data)
        return True


def roll_over(connection: Connection, name: str, at: datetime, by: By) -> list[SiteCertificate]:
    """Let a certificate take over at an instant from those for whose uses it serves; gives those, with their new end."""
    with change(connection) as cursor:
        new = _own(cursor, name)
        if at < by.now:
            raise RegisterError("past", new.place, "That moment is past.", "Give a moment that is to come.")
        if new.standing(by.now) not in _SERVING or new.standing(at) is not Standing.IN_FORCE:
            text = f"It is {new.standing(at).value} at that moment, and cannot take over."
            raise RegisterError("not-in-force", new.place, text, "Choose a certificate that is in force then.")
        ended = [
            replace(other, removed_at=at)
            for other in site_store.load_certificates(cursor, site=new.site)
            if other.fingerprint != new.fingerprint and new.use.covers(other.use)
            if other.standing(by.now) not in ENDED and other.removed_at != at
        ]
        site_store.write_certificates(cursor, ended)
        for each in ended:
            data = {"fingerprint": each.fingerprint, "successor": new.fingerprint, "until": at.isoformat()}
            tell(cursor, by, "certificate.replaced", each.site, **data)
        if at <= by.now:
            seal_again(cursor, new.site, by.now)
        return ended


def take_back(connection: Connection, name: str, by: By) -> list[SiteCertificate]:
    """Let a certificate count no more, and let go on those that it was to take over from; gives the latter.

    Refused when the site would be left without a certificate for something for which it has one.
    """
    with change(connection) as cursor:
        gone = _own(cursor, name)
        if gone.standing(by.now) in ENDED:
            text = f"It is {gone.standing(by.now).value} already."
            raise RegisterError("certificate-ended", gone.place, text, "Leave it; it is not accepted any more.")
        held = [each for each in site_store.load_certificates(cursor, site=gone.site) if each.fingerprint != name]
        going_on = [
            replace(each, removed_at=None)
            for each in held
            if each.removed_at is not None and each.removed_at > by.now and gone.use.covers(each.use)
        ]
        _check_left(gone, held, by.now)
        site_store.write_certificates(cursor, [replace(gone, removed_at=by.now), *going_on])
        tell(cursor, by, "certificate.taken-back", gone.site, fingerprint=gone.fingerprint)
        for each in going_on:
            tell(cursor, by, "certificate.kept", each.site, fingerprint=each.fingerprint)
        release_unsealed(cursor, gone.site, by.now)
        seal_again(cursor, gone.site, by.now)
        return going_on


def _check_left(gone: SiteCertificate, held: list[SiteCertificate], now: datetime) -> None:
    left = [each for each in held if each.standing(now) is Standing.IN_FORCE]
    signs = any(each.use.signs for each in left) or not gone.use.signs
    encrypts = any(each.use.encrypts for each in left) or not gone.use.encrypts
    if not (signs and encrypts):
        text = "Without it the site has no certificate in force for what it is used for."
        fix = "Register another certificate first. Tell customs at once if its key may be in other hands."
        raise RegisterError("last-certificate", gone.place, text, fix)


def _own(cursor: Cursor, name: str) -> SiteCertificate:
    found = site_store.load_certificates(cursor, prefix=name)
    if len(found) != 1:
        place = f"certificate {name[: certificate_rules.SHOWN]}"
        fix = "The page of the site shows its certificates."
        raise RegisterError("unknown-certificate", place, "No such certificate is registered.", fix)
    return found[0]


def say_switched(connection: Connection, site: str, gateway_key: str, by: By) -> bool:
    """Keep that a site's people say it has changed to a certificate of the gateway; False when they said so before."""
    with change(connection) as cursor:
        cursor.execute(
            "INSERT INTO gateway_key_confirmation (site, gateway_key, actor, at) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (site, gateway_key) DO NOTHING RETURNING id",
            (site, gateway_key, by.actor[:LONGEST_ACTOR], by.now),
        )
        if cursor.fetchone() is None:
            return False
        cursor.execute(
            "UPDATE notice SET settled_at = %s WHERE kind = 'gateway' AND subject_key = %s AND site = %s "
            "AND settled_at IS NULL",
            (by.now, gateway_key, site),
        )
        tell(cursor, by, "site.switched", site, gateway_key=gateway_key)
        return True
