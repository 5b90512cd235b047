"""The words of the pages: names, meanings and colours of what the log keeps as codes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openics.clients.certificate_rules import Standing, Use
from openics.clients.codes import EntryKind, Role
from openics.clients.register_record import address_line
from openics.clients.register_rules import FORMS
from openics.continuity.codes import Phase
from openics.exports.codes import Status
from openics.messages.codes import ContactKind, MessageFunction
from openics.messages.registry import ALL


@dataclass(frozen=True, slots=True)
class Word:
    """How a code reads, and the colour of its tag (a modifier of the tag component; empty for the plain one)."""

    text: str
    colour: str = ""


MESSAGE_STATES: Final[dict[str, Word]] = {
    "accepted": Word("Accepted", "green"),
    "rejected": Word("Rejected", "red"),
    "invalid": Word("Not readable", "red"),
    "sent": Word("Sent", "grey"),
    "parked": Word("Parked", "orange"),
}

OUTBOX_STATES: Final[dict[str, Word]] = {
    "waiting": Word("Waiting to be sealed", "yellow"),
    "sealed": Word("Being sent", "yellow"),
    "held": Word("Waits to be fetched", "yellow"),
    "delivered": Word("Delivered", "blue"),
    "confirmed": Word("Confirmed", "green"),
    "parked": Word("Parked", "orange"),
}

INTAKE_STATES: Final[dict[str, Word]] = {
    "pending": Word("In the queue", "yellow"),
    "done": Word("Handled", "green"),
    "refused": Word("Refused", "red"),
    "parked": Word("Parked", "orange"),
}

INTERCHANGE_OUTCOMES: Final[dict[str, Word]] = {
    "accepted": Word("Accepted", "green"),
    "rejected": Word("Rejected", "red"),
    "duplicate": Word("Duplicate", "orange"),
    "confirmation": Word("Confirmation", "grey"),
    "answer": Word("Answer", "grey"),
}

DECLARATION_STATUSES: Final[dict[str, Word]] = {
    Status.CLEAR: Word("clear", "green"),
    Status.ERROR: Word("in error", "red"),
    Status.REJECTED: Word("rejected", "red"),
    Status.HELD: Word("held", "orange"),
    Status.IDLE: Word("idle", "orange"),
    Status.REVOKED: Word("revoked", "red"),
    Status.EXPIRED: Word("used up", "grey"),
    Status.EXPIRED_ERROR: Word("used up, with an error", "orange"),
    Status.WITHDRAWN: Word("withdrawn", "grey"),
}

STATUS_MEANINGS: Final[dict[str, str]] = {
    Status.CLEAR: "The goods may be exported under this number.",
    Status.ERROR: "The declaration is registered, but it gives no authority to export until it is corrected.",
    Status.REJECTED: "The declaration was not accepted.",
    Status.HELD: "Customs holds the goods. They must not be loaded until the hold ends.",
    Status.IDLE: "Nothing has been reported against this number since the intended date of export.",
    Status.REVOKED: "The authority to export has ended. Withdraw or change the declaration.",
    Status.EXPIRED: "The goods were reported as exported; the authority is spent.",
    Status.EXPIRED_ERROR: "The goods were reported as exported, and a later change contains an error.",
    Status.WITHDRAWN: "The reporting party withdrew the declaration. The number gives no authority.",
}

CONDITION_STATES: Final[dict[str, Word]] = {
    "met": Word("Met", "green"),
    "not met": Word("Not met", "red"),
    "not applicable": Word("Not needed", "grey"),
}

RULE_STATES: Final[dict[str, Word]] = {
    "held": Word("Passed", "green"),
    "broken": Word("Broken", "red"),
    "not applicable": Word("Not applicable", "grey"),
}

QUEUE_STATES: Final[dict[str, Word]] = {
    "well": Word("As it should be", "green"),
    "late": Word("Too long", "orange"),
}

OUTAGE_PHASES: Final[dict[str, Word]] = {
    Phase.AHEAD: Word("Ahead", "yellow"),
    Phase.UNDER_WAY: Word("Under way", "orange"),
    Phase.OVER: Word("Over", "grey"),
    Phase.CALLED_OFF: Word("Called off", "grey"),
}

CERTIFICATE_STANDINGS: Final[dict[str, Word]] = {
    Standing.IN_FORCE: Word("In force", "green"),
    Standing.NOT_YET: Word("Not yet valid", "blue"),
    Standing.SUSPENDED: Word("Suspended", "orange"),
    Standing.EXPIRED: Word("Expired", "red"),
    Standing.REPLACED: Word("Replaced", "grey"),
    Standing.REVOKED: Word("Revoked", "red"),
}

CERTIFICATE_USES: Final[dict[str, str]] = {
    Use.BOTH: "signing and encryption",
    Use.SIGNING: "signing",
    Use.ENCRYPTION: "encryption",
}

ROLES: Final = tuple(Role)

CHANNELS: Final[dict[str, str]] = {
    "mail": "signed e-mail",
    "https": "signed, over HTTPS",
    "web": "these pages",
    "api": "the HTTPS interface",
    "file": "a contingency file",
    "console": "the operator's console",
}

_TITLES: Final = {document.name: document.guide.title for document in ALL}
_FUNCTIONS: Final = {code: meaning.partition(":")[0] for code, meaning in MessageFunction.meanings().items()}

ASKED_FOR: Final[dict[str, str]] = {
    "login": "your e-mail address",
    "password": "your password",
    "oldpassword": "your password as it is now",
    "password1": "a new password",
    "password2": "the new password again",
    "code": "the code from your app",
    "name": "a name for the passkey",
}
"""What the fields of the sign-in forms ask for."""

ACRONYMS: Final = frozenset(
    {"abn", "ahecc", "ccid", "edi", "edn", "fob", "id", "un", "una", "unb", "ucr", "cac", "crn", "vat", "gst"}
)


def word(table: dict[str, Word], code: str) -> Word:
    """The word of a code; one that the table does not know reads as it is written."""
    return table.get(code) or Word(code.replace("_", " ").lower().capitalize() or "Unknown")


def webhook(row: Any) -> Word:
    """How a webhook does."""
    if row.state == "paused":
        return Word("Paused", "orange")
    return Word("Failing", "red") if row.failing_since else Word("Active", "green")


def delivery(row: Any) -> Word:
    """How far a delivery to a webhook has come."""
    if row.state == "taken":
        return Word("Taken", "green")
    return Word("Tried again", "orange") if row.attempts else Word("Waits", "blue")


def notice_action(notice: Any, now: datetime) -> Word | None:
    """Whether something is to be done on a notice; None for one that asks for nothing."""
    if not notice.needs_action:
        return None
    if notice.settled_at is not None:
        return Word("Settled", "green")
    over = notice.act_until is not None and notice.act_until <= now
    return Word("Too late", "red") if over else Word("To be done", "orange")


def message_name(name: str) -> str:
    """The title of a message; its short name where it is not one of ours."""
    return _TITLES.get(name, name)


def function(code: str) -> str:
    """A message function in a word or two: `4` is `change`."""
    return _FUNCTIONS.get(code, code)


def label(field: str) -> str:
    """A field name as words: `fob_value` is `FOB value`."""
    words = [each.upper() if each in ACRONYMS else each for each in field.split("_") if each]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def event(code: str, data: Mapping[str, Any] | None = None) -> str:
    """An event's dotted code as words: `export.declaration.withdrawn` is `Export declaration withdrawn`.

    The event of a changed status says which: `Export declaration status: clear`.
    """
    text = label("_".join(part for part in re.split(r"[.\-_]", code) if part))
    standing = (data or {}).get("to")
    return f"{text}: {word(DECLARATION_STATUSES, str(standing)).text}" if standing else text


def address(parts: Mapping[str, str]) -> str:
    """An address in one line."""
    return address_line(parts)


def code_form(kind: EntryKind) -> str:
    """How the code of an entry is written, as a sentence."""
    words = FORMS[kind].words
    return words[:1].upper() + words[1:]


def roles(codes: Iterable[str]) -> str:
    """Roles in words: `Importer, SAC communicator`."""
    return ", ".join(code.capitalize().replace("Sac ", "SAC ") for code in codes)


def contact_kind(code: str) -> str:
    """A kind of contact in words: `BP` is `business telephone`."""
    return ContactKind.meanings().get(code, code)


def problem(field: str, text: str) -> str:
    """What is wrong with a field of a sign-in form; for one that was left empty, what to enter."""
    return f"Enter {ASKED_FOR[field]}" if text == "This field is required." and field in ASKED_FOR else text


def sentence(text: str) -> str:
    """A rule's sentence with its braces read as words: `{line.ahecc}` is `[AHECC]`."""
    return re.sub(r"\{[^{}]*?(\w+)[^\w{}]*\}", lambda found: f"[{label(found[1])}]", text)


_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


def browser(agent: str) -> str:
    """What a browser says of itself, in a few words: `Firefox on Windows`."""
    name = next((name for mark, name in _BROWSERS if f"{mark}/" in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " on ".join(part for part in (name, system) if part) or "Unknown browser"


def page(address: str) -> str:
    """A form's address in words: `/sites/AAA676Y/pause/` is `Sites, AAA676Y, pause`."""
    text = ", ".join(part.replace("-", " ") for part in address.split("/") if part)
    return text[:1].upper() + text[1:]
