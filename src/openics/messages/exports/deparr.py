"""DEPARR: tells a depot which goods are on their way to it."""

from openics.edifact.guide import Guide
from openics.messages.choices import notices as choices
from openics.messages.document import Part
from openics.messages.exports.advice import Advice
from openics.messages.fields import at, group
from openics.messages.sources import GUIDELINES


class ArrivingGoods(Part):
    """The goods of one number, on their way."""

    authority_number: str | None = at(
        f"RFF+{choices.AUTHORITY_NUMBER}/C506.1154", "Customs Authority Number", "an9", evidence="I"
    )
    origin: str | None = at("LOC+4/C517.3225", "Origin Establishment Id", evidence="I")
    destination: str | None = at("LOC+5/C517.3225", "Destination Establishment Id", evidence="I")


class DepotArrivalNotice(Advice):
    """Arrival notice for a depot: goods that a warehouse or another depot released to it."""

    guide = Guide(
        name="DEPARR",
        type="CUSRES",
        title="Depot underbond goods arrival notice",
        direction="out",
        parties="the depot that a release notice of a warehouse or a depot names as the destination",
        purpose="Customs tells a depot, without being asked, that prescribed goods were released to it and will arrive.",
        source=f"{GUIDELINES}/deparr-depot-underbond-goods-arrival-notice",
        version="2.5 (30 March 2004)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~961:::DEPARR
            SG1 C9 (
                NAD M1  NAD+MR+::95
            )
            SG6 C9999 (
                DOC M1  DOC+{choices.AUTHORITY_DOCUMENT}
                RFF C9  RFF+{choices.AUTHORITY_NUMBER}
                LOC C9  LOC+4+::95  LOC+5+::95
            )
            UNT M1
        """,
    )

    goods: tuple[ArrivingGoods, ...] = group("SG6", "Goods")
