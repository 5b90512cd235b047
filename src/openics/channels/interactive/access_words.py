"""The words of the pages about people and what they may do."""

from typing import Any, Final

from openics.channels.interactive.words import Word
from openics.clients.access_codes import Application, Duty, Level, Standing

APPLICATIONS: Final[dict[str, str]] = {
    Application.IMPORTS: "Import declarations",
    Application.EXPORTS: "Export declarations",
    Application.CARGO: "Cargo reports",
    Application.REGISTER: "Client register",
    Application.SITES: "EDI sites",
}
LEVELS: Final[dict[str, str]] = {
    Level.READ: "Read only",
    Level.PREPARE: "Save and submit",
    Level.LODGE: "Lodge and withdraw",
    Level.PAY: "Pay by EFT",
    Level.AMEND: "Amend EDI sites",
}
STANDINGS: Final[dict[str, Word]] = {
    Standing.PENDING: Word("Pending", "yellow"),
    Standing.CONFIRMED: Word("Confirmed", "green"),
    Standing.CLOSED: Word("Closed", "grey"),
}
DUTIES: Final[dict[str, str]] = {
    Duty.REGISTRATION: "Registration",
    Duty.GATEWAY: "Gateway",
    Duty.IMPORTS: "Imports",
    Duty.EXPORTS: "Exports",
    Duty.CARGO: "Cargo",
    Duty.INFORMATION: "Access to information",
    Duty.AUDIT: "Audit",
}
EVENTS: Final[dict[str, str]] = {
    "person.added": "Registered",
    "person.confirmed": "Confirmed",
    "person.closed": "Access closed",
    "person.made-administrator": "Made an administrator",
    "person.administrator-ended": "Administrator no more",
    "person.grants-changed": "Permissions changed",
    "person.duties-changed": "Duties changed",
    "person.disabled": "Sign-in taken away by customs",
    "person.enabled": "Sign-in given back by customs",
    "delegation.given": "Delegation given",
    "delegation.ended": "Delegation ended",
}


def grant_in_words(application: str, level: str) -> str:
    """A grant, e.g. `Export declarations: lodge and withdraw`."""
    meaning = LEVELS.get(level, level)
    return f"{APPLICATIONS.get(application, application)}: {meaning[:1].lower()}{meaning[1:]}"


def event_in_words(code: str, data: dict[str, Any]) -> str:
    """What happened to a person or a delegation, with what was granted, taken back or delegated."""
    parts = []
    for name, verb in (("granted", "granted"), ("taken_back", "taken back")):
        each = [grant_in_words(*text.split(" ", 1)) for text in data.get(name, ())]
        if each:
            parts.append(f"{verb} {', '.join(each)}")
    if code.startswith("delegation."):
        what = grant_in_words(data["application"], data["level"])
        parts.append(
            f"{what}, from {data['principal']} to {data['delegate']}, {data['first_day']} to {data['last_day']}"
        )
    text = EVENTS.get(code, code)
    return f"{text}: {'; '.join(parts)}" if parts else text
