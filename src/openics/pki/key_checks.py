"""What is wrong with a set of gateway keys and their dates, before it does harm. Pure, but for the modes of files."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from cryptography import x509

from openics.pki.certificates import addresses, described, may_encrypt_to
from openics.pki.key_ring import Dated, instants, newest_first, signer

NOTICE = timedelta(days=14)
"""How long before it signs traders should be able to encrypt to a new key."""
GRACE = timedelta(days=1)
"""How long at least a key should go on opening mail after another took over: mail is under way, and queues."""
END_IN_SIGHT = timedelta(days=60)
"""From here on it is said that nothing follows the last key."""
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and how to mend it; one that is not serious loses no mail by itself."""

    place: str
    text: str
    fix: str
    serious: bool = True


def problems(keys: Sequence[Dated], address: str, now: datetime) -> list[Problem]:
    """Everything wrong with the keys of the gateway at `address`, from `now` on."""
    found = [problem for key in newest_first(keys) if now < key.retire_at for problem in _of_key(key, address)]
    return [*found, *_shared(keys), *_gaps(keys, now), *_switches(keys, now)]


def file_problems(directory: Path) -> list[Problem]:
    """Private keys that others on the machine can read."""
    return [
        Problem(str(path), "Others on this machine can read the private key.", f"Run `chmod 600 {path}`.")
        for path in sorted(directory.glob("*.key"))
        if path.stat().st_mode & _OPEN_TO_OTHERS
    ]


def _of_key(key: Dated, address: str) -> Iterator[Problem]:
    certificate, place = key.certificate, key.name
    starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if key.encrypt_from < starts:
        text = f"encrypt_from is {_utc(key.encrypt_from)}, but the certificate is valid only from {_utc(starts)}."
        yield Problem(place, text, f"Set encrypt_from to {_utc(starts)} or later.")
    if key.retire_at > ends:
        text = f"retire_at is {_utc(key.retire_at)}, but the certificate ends on {_utc(ends)}."
        yield Problem(place, text, f"Set retire_at to {_utc(ends)} or earlier.")
    if address.lower() not in addresses(certificate):
        named = ", ".join(addresses(certificate)) or "no address"
        text = f"The certificate is for {named}; the gateway's address is {address}."
        yield Problem(place, text, "Get a certificate for the gateway's address, or correct OPENICS_GATEWAY_ADDRESS.")
    if not may_encrypt_to(certificate):
        fix = "Get a certificate with an RSA key whose key usage allows key encipherment."
        yield Problem(place, "Nothing can be encrypted to the certificate.", fix)
    if not _may_sign(certificate):
        fix = "Get a certificate whose key usage allows digital signatures."
        yield Problem(place, "The certificate is not made for signing.", fix)


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _shared(keys: Sequence[Dated]) -> Iterator[Problem]:
    ordered = sorted((key for key in keys if key.dated and key.sign_from), key=lambda key: (key.sign_from, key.name))
    for one, other in pairwise(ordered):
        if one.sign_from == other.sign_from and one.sign_from is not None:
            text = f"{one.name} and {other.name} both sign from {_utc(one.sign_from)}; exactly one key signs."
            yield Problem(other.name, text, f"Move sign_from of {one.name} or {other.name}.")
    for one, other in pairwise(sorted(keys, key=lambda key: (key.certificate.serial_number, key.name))):
        if one.certificate == other.certificate:
            text = f"{one.name} and {other.name} have the same certificate {described(one.certificate)}."
            yield Problem(other.name, text, f"Remove {other.name}.")


def _gaps(keys: Sequence[Dated], now: datetime) -> Iterator[Problem]:
    """Stretches from `now` on in which nobody signs; the end of the last key counts only when it is in sight."""
    ends = [key.retire_at for key in keys if key.sign_from is not None and key.retire_at > now]
    if not ends:
        yield Problem("all keys", f"No key signs at {_utc(now)} or later.", "Add a key.")
        return
    last = max(ends)
    bounds = [now, *(at for at in instants(keys) if now < at <= last)]
    for start, end in pairwise(bounds):
        if signer(keys, start) is None:
            text = f"No key signs from {_utc(start)} to {_utc(end)}; answers would wait unsigned."
            yield Problem("all keys", text, "Move sign_from of the next key before it, or retire_at of the one before.")
    if last - now < END_IN_SIGHT:
        text = f"No key signs after the last one, which is used no more from {_utc(last)} on."
        yield Problem("all keys", text, "Add the next key in time for traders to learn of it.", serious=False)


def _switches(keys: Sequence[Dated], now: datetime) -> Iterator[Problem]:
    """What makes a switch ahead harder for traders than it need be."""
    for key in newest_first(keys):
        if key.sign_from is None or key.sign_from <= now or signer(keys, key.sign_from) is not key:
            continue
        before = signer([each for each in keys if each is not key], key.sign_from - timedelta(microseconds=1))
        if before is None:
            continue
        if key.sign_from - key.encrypt_from < NOTICE:
            text = f"Traders may encrypt to it from {_utc(key.encrypt_from)}, it signs from {_utc(key.sign_from)}."
            yield Problem(key.name, text, f"Leave {NOTICE.days} days between them.", serious=False)
        if before.retire_at < key.sign_from + GRACE:
            text = f"It is used no more from {_utc(before.retire_at)}; {key.name} signs from {_utc(key.sign_from)}."
            fix = "Move retire_at at least a day behind the switch: mail encrypted before it is still under way."
            yield Problem(before.name, text, fix, serious=False)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
