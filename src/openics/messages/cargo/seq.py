"""SEQ: the sea cargo establishment query."""

from openics.edifact.guide import Guide
from openics.messages.cargo.codes_movement import QueryFunction
from openics.messages.choices import cargo_movement as choices
from openics.messages.document import Document
from openics.messages.fields import at
from openics.messages.sources import GUIDELINES


class EstablishmentQuery(Document):
    """Sea cargo establishment query: a depot or wharf asks what was reported of goods that come to it.

    The published table has one reference; the business rules ask for up to three, so three may stand here.
    """

    guide = Guide(
        name="SEQ",
        type="CUSCAR",
        title="Sea cargo establishment query",
        direction="in",
        parties="the depot or the wharf",
        answer="SEI, SEQR",
        purpose="A depot or a wharf asks what was reported of goods that come to it. Full containers are asked for by their "
        "number, other cargo by its bills; the answer is SEI, or SEQR when the query is wrong.",
        source=f"{GUIDELINES}/seq-sea-cargo-establisment-query",
        version="1.0 (21 November 2008)",
        segments=f"""
            UNH M1
            BGM M1      BGM+~45:::SEQ
            SG1 C3 (
                RFF M1  RFF+MB  RFF+BH  RFF+AAQ
            )
            SG2 M1 (
                NAD M1  NAD+{choices.RESPONSIBLE_PARTY}+::~95
            )
            SG4 M1 (
                TDT M1  TDT+20+++~11++++::~11
                LOC M1  LOC+{choices.ESTABLISHMENT}+::~95
            )
            UNT M1
        """,
    )

    sender_reference: str | None = at(
        "BGM/C106.1004", "Sender Reference", "an..35", use="M", required=True, evidence="D"
    )
    version: int | None = at("BGM/C106.1056", "Sender Reference Version", "n..3", use="M", required=True, evidence="D")
    function: str | None = at(
        "BGM/1225", "Transaction Type", codes=QueryFunction, closed=False, use="M", required=True, evidence="I"
    )
    ocean_bill: str | None = at(
        "SG1/RFF+MB/C506.1154", "Ocean Bill", "an..35", condition="needed for LCL and break bulk", evidence="I"
    )
    house_bill: str | None = at(
        "SG1/RFF+BH/C506.1154",
        "House Bill",
        "an..35",
        condition="needed for LCL and break bulk if reported on one",
        evidence="I",
    )
    container: str | None = at(
        "SG1/RFF+AAQ/C506.1154", "Container Number", condition="needed for FCL, FCX and LCL", evidence="I"
    )
    responsible_party: str | None = at(
        f"SG2/NAD+{choices.RESPONSIBLE_PARTY}/C082.3039",
        "Responsible Party Id",
        "an11",
        use="M",
        condition="the client that owns the establishment",
        required=True,
        evidence="I",
    )
    voyage_number: str | None = at("SG4/TDT+20/8028", "Voyage Number", "an..6", use="M", evidence="I")
    vessel_id: str | None = at("SG4/TDT+20/C222.8213", "Vessel Id", "an..8", use="M", evidence="I")
    establishment: str | None = at(
        f"SG4/LOC+{choices.ESTABLISHMENT}/C517.3225", "Establishment Id", "an5", use="M", required=True, evidence="I"
    )
