"""DEPREL: a depot's export release notice."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.exports.depot_notice import BODY, DepotNotice
from openics.messages.sources import GUIDELINES


class DepotRelease(DepotNotice):
    """Release notice of a depot: prescribed goods that left it for export."""

    guide = Guide(
        name="DEPREL",
        type="CUSCAR",
        title="Depot export release notice",
        direction="in",
        parties="depots licensed under section 77G",
        answer="DEPRELR",
        purpose="A depot reports, once it happened, that a consolidation with prescribed goods left for a wharf or airport "
        "or for another depot.",
        source=f"{GUIDELINES}/deprel-depot-export-release-notice",
        version="2.1 (15 November 2002)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~{choices.DEPOT_RELEASE_DOCUMENT}:::DEPREL
            {BODY}
            UNT M1
        """,
    )
