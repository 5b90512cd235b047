"""The reader of messages in canonical form means what the matcher means, for every construct of guides."""

from collections.abc import Iterator
from datetime import date, time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.strategies import documents
from messages.test_properties import as_text, changed
from openics.edifact.guide import Guide
from openics.edifact.raw import RawMessage
from openics.messages import reading
from openics.messages.canonical import canonical_reader
from openics.messages.codes import CodeList
from openics.messages.document import Document, Part
from openics.messages.fields import at, each, group
from openics.messages.reading import read_carefully, read_message
from openics.messages.writing import UnwritableError, write_message


class PartyKind(CodeList):
    """Kinds of parties."""

    CONSIGNEE = "CN", "consignee"
    CONSIGNOR = "CZ", "consignor"


class Loaded(CodeList):
    """Whether goods are loaded."""

    YES = "X", "yes"
    NO = "Y", "no"


class Seal(Part):
    """A repeated segment inside a repeated group."""

    number: str | None = at("9308", required=True)
    condition: str | None = at("4517")


class Goods(Part):
    """The innermost of nested records."""

    item: int | None = at("GID/1496", required=True)
    weight: str | None = at("MEA+WT/C174.6314")
    marks: tuple[str, ...] = each("PCI+28/C210.7102")


class House(Part):
    """A record with a group that is none, and records inside it."""

    number: str | None = at("RFF+HWB/C506.1154", required=True)
    port: str | None = at("LOC+9/C517.3225")
    other_port: str | None = at("LOC+12/C517.3225")
    party: str | None = at("SG11/NAD+CN/C080.3036")
    party_since: date | None = at("SG11/DTM+137+102/C507.2380")
    party_at: time | None = at("SG11/DTM+137+401/C507.2380")
    goods: tuple[Goods, ...] = group("SG14")


class Equipment(Part):
    """A record with records of a repeated segment."""

    number: str | None = at("EQD+CN/C237.8260", required=True)
    seals: tuple[Seal, ...] = group("SEL")
    temperature: str | None = at("SG6/TMP/C239.6246")
    unit: str | None = at("SG6/RNG/C280.6411")


class Party(Part):
    """A repeated segment that starts a group which is no record."""

    kind: str | None = at("3035", codes=PartyKind, required=True)
    name: str | None = at("C080.3036", required=True)


class Trial(Document):
    """A message that uses every construct of guides once."""

    guide: Final = Guide(
        name="TRIAL",
        type="CUSCAR",
        title="Trial",
        direction="in",
        purpose="Trial.",
        source="none",
        segments="""
            UNH M1
            BGM M1      BGM+~98:::TRIAL
            DTM C9      DTM+178::=102  DTM+178::=401
            LOC C1      LOC+7  LOC+8
            SG1 M99 (
                RFF M1  RFF+MB  RFF+BM*9
                DTM C9  DTM+137::102
            )
            SG2 C99 (
                NAD M1  NAD+CN|CZ*9  NAD+MR
                SG3 C9 (
                    CTA M1  CTA+IC
                    COM C9  COM+:TE*9
                )
            )
            GIS C9      GIS+=TLB:109:95  GIS+=X|Y:109:95
            SG5 C9 (
                EQD M1  EQD+CN
                SEL C9  SEL*9
                SG6 C1 (
                    TMP M1  TMP+2
                    RNG C1  RNG+5
                )
            )
            SG7 C1 (
                CNI M1  CNI+1
                SG8 M9 (
                    RFF M1  RFF+HWB
                    LOC C9  LOC+9  LOC+12
                    SG11 C1 (
                        NAD M1  NAD+CN
                        DTM C9  DTM+137::=102  DTM+137::=401
                    )
                    SG14 M9 (
                        GID M1
                        MEA C9  MEA+WT
                        PCI C9  PCI+28*9
                    )
                )
            )
            UNT M1
        """,
    )

    day: date | None = at("DTM+178+102/C507.2380")
    clock: time | None = at("DTM+178+401/C507.2380")
    one_place: str | None = at("LOC+7/C517.3225")
    master: str | None = at("SG1/RFF+MB/C506.1154", required=True)
    bills: tuple[str, ...] = each("SG1/RFF+BM/C506.1154")
    dated: date | None = at("SG1/DTM+137/C507.2380")
    parties: tuple[Party, ...] = group("SG2/NAD+CN|CZ")
    site: str | None = at("SG2/NAD+MR/C082.3039")
    contact: str | None = at("SG2/SG3/CTA+IC/C056.3412")
    telephones: tuple[str, ...] = each("SG2/SG3/COM+TE/C076.3148")
    loaded: str | None = at("GIS+109+X|Y/C529.7365", codes=Loaded)
    equipment: tuple[Equipment, ...] = group("SG5")
    houses: tuple[House, ...] = group("SG7/SG8")


BEGIN = ["UNH+1+CUSCAR:D:99B:UN", "BGM+98:::TRIAL"]


@pytest.fixture(scope="module", autouse=True)
def _known() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "by_wire", lambda _, name: Trial if name == "TRIAL" else None)
        yield


def read(*segments: str) -> Document | None:
    """What the canonical reader makes of segments between BGM and UNT."""
    return canonical_reader(Trial)(as_text([*BEGIN, *segments, "UNT+9+1"]))


@settings(max_examples=200, deadline=None)
@given(documents(Trial))
def test_what_is_written_is_canonical(document: Trial) -> None:
    segments = write_message(document, "1")
    assert canonical_reader(Trial)(as_text(segments)) == document
    assert read_carefully(RawMessage(segments)).document == document


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_segments_in_any_order_are_read_the_same_both_ways(data: st.DataObject) -> None:
    header, opening, *inner, trailer = write_message(data.draw(documents(Trial)), "1")
    raw = RawMessage([header, opening, *data.draw(st.permutations(inner)), trailer])
    assert read_message(raw) == read_carefully(raw)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_left_out_and_doubled_segments_are_read_the_same_both_ways(data: st.DataObject) -> None:
    header, opening, *inner, trailer = write_message(data.draw(documents(Trial)), "1")
    kept = data.draw(st.lists(st.sampled_from(range(len(inner))), max_size=2 * len(inner))) if inner else []
    raw = RawMessage([header, opening, *(inner[number] for number in sorted(kept)), trailer])
    assert read_message(raw) == read_carefully(raw)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_message_is_read_the_same_both_ways(data: st.DataObject) -> None:
    raw = RawMessage(text=changed(data.draw, as_text(write_message(data.draw(documents(Trial)), "1"))))
    assert read_message(raw) == read_carefully(raw)


def test_a_group_may_be_absent_and_begins_with_its_first_segment() -> None:
    assert read("RFF+MB:1") == Trial(master="1")
    assert read("RFF+MB:1", "NAD+MR+A") == Trial(master="1", site="A")
    assert read("RFF+MB:1", "CTA+IC+:A") is None
    assert read("DTM+137:20261102:102") is None


def test_a_mandatory_part_is_there_when_its_group_is() -> None:
    assert read() is None
    assert read("RFF+MB:1", "CNI+1") is None
    assert read("RFF+MB:1", "CNI+1", "RFF+HWB:1") is None
    assert read("RFF+MB:1", "CNI+1", "RFF+HWB:1", "GID+1") == Trial(
        master="1", houses=[House(number="1", goods=[Goods(item=1)])]
    )


def test_a_row_that_cannot_follow_itself_stands_once() -> None:
    assert read("LOC+7+A", "RFF+MB:1") == Trial(master="1", one_place="A")
    assert read("LOC+7+A", "LOC+8", "RFF+MB:1") is None


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (Trial(), "Trial has no master; its message must have one"),
        (
            Trial(master="1", parties=[Party(kind="CA", name="A")]),
            "kind is 'CA'; its place holds CN or CZ",
        ),
        (
            Trial(master="1", contact="A"),
            "Trial has items of SG2, but none of NAD, with which SG2 begins",
        ),
        (
            Trial(master="1", site="A", telephones=["1"]),
            "Trial has items of SG3, but none of CTA, with which SG3 begins",
        ),
        (
            Trial(master="1", houses=[House(number="1")]),
            "House has nothing for SG14, which its message must have",
        ),
        (
            Trial(master="1", houses=[House(number="1", party_at=time(1, 2), goods=[Goods(item=1)])]),
            "House has items of SG11, but none of NAD, with which SG11 begins",
        ),
    ],
)
def test_what_would_break_the_guide_is_not_written(document: Trial, words: str) -> None:
    with pytest.raises(UnwritableError) as caught:
        write_message(document, "1")
    assert str(caught.value) == words
