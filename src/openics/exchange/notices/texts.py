"""What notices say. Pure. Subjects are ASCII of at most 200 characters, since they stand in a mail's header."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openics.clients.certificate_rules import SiteCertificate, Use
from openics.continuity.outages import Outage, concerned
from openics.exchange.canberra import days_until, in_canberra
from openics.exchange.notices.steps import DONE, ENDED, LAST_DAY, THE_DAY, RollOver, Step
from openics.pki.certificates import fingerprint
from openics.pki.key_ring import Dated


@dataclass(frozen=True, slots=True)
class Words:
    """A notice in words."""

    subject: str
    text: str


_USES: Final = {Use.BOTH: "signing and encryption", Use.SIGNING: "signing", Use.ENCRYPTION: "encryption"}
_SIGNATURE: Final = "This notice is signed by customs' gateway. It also stands on the web, under Notices."


def digits(name: str) -> str:
    """A fingerprint in pairs of digits, `3A:0F:…`, on two lines, the second below the first."""
    pairs = [name.upper()[at : at + 2] for at in range(0, len(name), 2)]
    half = len(pairs) // 2
    return f"{':'.join(pairs[:half])}:\n{' ' * 23}{':'.join(pairs[half:])}"


def roll_over(step: Step, roll: RollOver, sites: Sequence[str], web: str, now: datetime, *, moved: bool) -> Words:
    """The gateway gets another certificate: what is due at this step, with fingerprints, dates and what to do."""
    begins = in_canberra(roll.begins)
    parts = [
        _GATEWAY_HEADS[step.name if step.name in _GATEWAY_HEADS else ""].format(begins=begins),
        "These dates replace those in earlier notices." if moved else "",
        f"For your {_sites(sites)}.",
        _certificate("The new certificate", roll.new),
        f"  Download:            {web}/certificates/gateway/",
        _certificate("The old certificate", roll.old),
        _dates(roll),
        _gateway_action(step, roll, web, now),
        _SIGNATURE,
    ]
    return Words(
        _GATEWAY_SUBJECTS[step.name if step.name in _GATEWAY_SUBJECTS else ""].format(begins=begins), _joined(parts)
    )


_GATEWAY_HEADS: Final = {
    "": "Customs' gateway gets a new certificate. It signs with it from {begins}.",
    THE_DAY: "Today customs' gateway changes its certificate: it signs with the new one from {begins}.",
    DONE: "Customs' gateway has changed its certificate: it has signed with the new one since {begins}.",
}
_GATEWAY_SUBJECTS: Final = {
    "": "The gateway signs with a new certificate from {begins}",
    THE_DAY: "Today the gateway changes its certificate: {begins}",
    DONE: "The gateway has changed its certificate: {begins}",
}


def _certificate(heading: str, key: Dated) -> str:
    certificate = key.certificate
    return (
        f"{heading}\n"
        f"  SHA-256 fingerprint: {digits(fingerprint(certificate))}\n"
        f"  Serial number:       {certificate.serial_number:x}\n"
        f"  Valid until:         {in_canberra(certificate.not_valid_after_utc)}"
    )


def _dates(roll: RollOver) -> str:
    rows = (
        (roll.new.encrypt_from, "you may encrypt to the new certificate"),
        (roll.begins, "customs signs with the new certificate, and no more with the old one"),
        (roll.old.retire_at, "the old certificate is used no more: mail encrypted to it is refused"),
    )
    return "The dates, in Canberra's time\n" + "\n".join(f"  {in_canberra(at):27} {text}" for at, text in rows)


def _gateway_action(step: Step, roll: RollOver, web: str, now: datetime) -> str:
    switch = f"encrypt to the new certificate by {in_canberra(roll.old.retire_at)}"
    if step.name == DONE:
        first = f"1. If answers of customs are refused by your software, install the new certificate now.\n2. Then {switch}."
    else:
        when = (
            "from now on you may"
            if roll.new.encrypt_from <= now
            else f"from {in_canberra(roll.new.encrypt_from)} you may"
        )
        first = (
            f"1. Before {in_canberra(roll.begins)}, download the new certificate, compare its fingerprint with the one\n"
            "   above, and install it beside the old one.\n"
            f"2. Encrypt to it: {when}, and do so by {in_canberra(roll.old.retire_at)}."
        )
    return (
        f"What to do\n{first}\n"
        f"3. Say that you have switched: {web}/sites/\n"
        "   A mail that is encrypted to the new certificate says so too.\n"
        "Keep the old certificate until it is used no more."
    )


def rolled_back(name: str, begins: datetime, sites: Sequence[str], web: str, *, done: bool) -> Words:
    """The gateway goes on with the certificate that it had; `name` is the fingerprint of the other one."""
    head = (
        "Customs' gateway signs with its old certificate again. The change to the new one is called off for now."
        if done
        else f"Customs' gateway will not change its certificate on {in_canberra(begins)}. The change is called off for now."
    )
    parts = [
        head,
        f"For your {_sites(sites)}.",
        f"The certificate that was announced\n  SHA-256 fingerprint: {digits(name)}",
        "What to do\n"
        "Trust signatures made with the old certificate, and keep both. If you have switched already, you need not switch\n"
        "back while the other certificate is shown as one to encrypt to:\n"
        f"  {web}/certificates/gateway/\n"
        "You are told before the certificate changes after all.",
        _SIGNATURE,
    ]
    return Words("The change of the gateway's certificate is called off", _joined(parts))


def ending(step: Step, certificate: SiteCertificate, address: str, web: str, now: datetime) -> Words:
    """A site's certificate ends, and no other one takes over from it."""
    end, site = in_canberra(certificate.not_after), certificate.site
    if step.name == ENDED:
        head = f"A certificate of your EDI site {site} has ended, and no other one takes over from it."
        subject = f"A certificate of site {site} has ended: {end}"
    elif step.name == LAST_DAY:
        head = f"Today a certificate of your EDI site {site} ends, and no other one takes over from it."
        subject = f"Today a certificate of site {site} ends: {end}"
    else:
        left = _days(days_until(certificate.not_after, now))
        head = f"A certificate of your EDI site {site} ends in {left}, and no other one takes over from it."
        subject = f"A certificate of site {site} ends in {left}: {end}"
    effect = _EFFECTS[certificate.use].format(is_="is" if step.name == ENDED else "will be")
    until = "now" if step.name == ENDED else f"by {end}"
    parts = [
        head,
        "The certificate\n"
        f"  SHA-256 fingerprint: {digits(certificate.fingerprint)}\n"
        f"  Used for:            {_USES[certificate.use]}\n"
        f"  Ends:                {end}",
        f"What it means\n{effect}",
        f"What to do {until}\n"
        f"1. Get a new certificate for {address} from your certificate authority.\n"
        f"2. Register it: {web}/sites/{site}/renewal/\n"
        "You get no more reminders once it is registered. Both certificates count while one replaces the other.",
        _SIGNATURE,
    ]
    return Words(subject, _joined(parts))


_EFFECTS: Final = {
    Use.BOTH: "Without a new one, mail that you sign with it {is_} refused, and answers to you wait.",
    Use.SIGNING: "Without a new one, mail that you sign with it {is_} refused.",
    Use.ENCRYPTION: "Without a new one, nothing {is_} encrypted to you: answers to you wait.",
}


def planned(outage: Outage, sites: Sequence[str], web: str, *, changed: bool) -> Words:
    """An outage is ahead, or one that was told of has other dates."""
    what, starts = concerned(outage.concerns), in_canberra(outage.starts_at)
    word = "Changed: planned" if changed else "Planned"
    parts = [
        f"{word} outage of {what}.{' These dates replace those in earlier notices.' if changed else ''}",
        f"  From:  {starts}\n  Until: {in_canberra(outage.ends_at)}\n  Number: {outage.number}",
        outage.words,
        f"For your {_sites(sites)}.",
        outage.meaning,
        f"How it stands, and a calendar file: {web}/status/",
        _SIGNATURE,
    ]
    return Words(f"{word} outage of {what}: {starts}", _joined(parts))


def called_off(outage: Outage, sites: Sequence[str], web: str) -> Words:
    """An outage that was told of does not take place."""
    what, starts = concerned(outage.concerns), in_canberra(outage.starts_at)
    parts = [
        f"The planned outage of {what} from {starts} does not take place.",
        f"Reason: {outage.cancel_reason}",
        f"For your {_sites(sites)}. There is nothing to do.",
        f"How everything stands: {web}/status/",
        _SIGNATURE,
    ]
    return Words(f"Called off: outage of {what}, {starts}", _joined(parts))


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _sites(sites: Sequence[str]) -> str:
    return f"EDI {'site' if len(sites) == 1 else 'sites'} {', '.join(sites)}"


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part).replace("\n\n  Download:", "\n  Download:") + "\n"
