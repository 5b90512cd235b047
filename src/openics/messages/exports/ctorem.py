"""CTOREM: a terminal's removal notice."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.terminal_notice import AUTHORITIES, CARGO_KEY, HEADER, TerminalLine, TerminalNotice
from openics.messages.fields import group
from openics.messages.sources import GUIDELINES


class RemovalNotice(TerminalNotice):
    """Removal notice of a terminal: shipments that leave it other than by loading."""

    guide = Guide(
        name="CTOREM",
        type="CUSCAR",
        title="CTO removal notice",
        direction="in",
        parties="cargo terminal operators at wharves and airports",
        answer="CTOREMR",
        purpose="A terminal reports, before it happens, that goods received for loading will leave it again other than by "
        "loading. Withdrawing the notice makes them available for loading again.",
        source=f"{GUIDELINES}/ctorem-cto-removal-notice",
        evidence="I",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.REMOVAL_DOCUMENT}:::CTOREM
            {HEADER}
            SG7 C9999 (
                CNI M1
                {AUTHORITIES}
                SG8 C1 (
                    RFF M1  {CARGO_KEY}
                    SG14 M1 (
                        GID M1  GID+~1
                    )
                )
            )
            UNT M1
        """,
    )

    lines: tuple[TerminalLine, ...] = group("SG7", "Lines", use="M")
