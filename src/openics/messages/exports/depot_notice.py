"""What the notices of a depot have in common."""

from typing import Final

from openics.messages.choices import notices as choices
from openics.messages.exports import codes
from openics.messages.exports.report import ExportReport
from openics.messages.fields import at, each

BODY: Final = f"""
    LOC C9      LOC+4+::~95  LOC+5+::~95
    SG1 C99 (
        RFF M1  RFF+{choices.QUOTED_NUMBER}*99
    )
"""
"""The segments that both notices have after their header."""


class DepotNotice(ExportReport):
    """The items of both notices; they have no lines."""

    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=codes.ReleaseFunction, use="M", required=True, evidence="D"
    )
    origin: str | None = at("LOC+4/C517.3225", "Origin Establishment Id", use="M", evidence="I")
    destination: str | None = at("LOC+5/C517.3225", "Destination Establishment Id", use="M", evidence="I")
    authority_numbers: tuple[str, ...] = each(
        f"SG1/RFF+{choices.QUOTED_NUMBER}/C506.1154", "Customs Authority Numbers", "an9", use="M", evidence="I"
    )
