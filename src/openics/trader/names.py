"""Subject and attachment name of a mail: rules E6, E7, E9 and E10 of "Message management for CCF"."""

from dataclasses import dataclass

from openics.edifact.envelope import Header
from openics.trader.errors import TraderError


@dataclass(frozen=True, slots=True)
class Names:
    """What the mail around an interchange is called."""

    subject: str
    filename: str


def names_to_customs(header: Header) -> Names:
    """E6 and E9: the attachment bears the site that made the interchange."""
    return Names(_subject(header), f"{header.sender}_{header.control_reference}.edi")


def names_from_customs(header: Header) -> Names:
    """E6 and E10: the attachment bears the site that the interchange is for (its end is inferred)."""
    return Names(_subject(header), f"{header.recipient}_{header.control_reference}.edi")


def check_names(header: Header, subject: str, filename: str) -> None:
    """Raise TraderError unless a mail from customs is named after the interchange in it (E7)."""
    expected = names_from_customs(header)
    for what, rule, found, right in (
        ("subject", "E6", subject, expected.subject),
        ("attachment name", "E10", filename, expected.filename),
    ):
        if found != right:
            raise TraderError(
                f"The {what} of the mail is {found!r}, but its interchange makes it {right!r}.",
                "Ask customs to send the interchange again.",
                rule,
            )


def _subject(header: Header) -> str:
    return f"{header.sender}_{header.control_reference}_{header.recipient}"
