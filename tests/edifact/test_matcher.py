"""The matcher: every segment finds its place, or the fault says where and why."""

import time
from dataclasses import replace

from openics.edifact.contents import Item
from openics.edifact.guide import Group, Guide
from openics.edifact.matcher import MOST_FAULTS, Match, Matcher
from openics.edifact.raw import RawMessage

GUIDE = Guide(
    name="TEST",
    type="CUSDEC",
    title="A test",
    direction="in",
    purpose="",
    source="",
    segments="""
        UNH M1
        BGM M1
        LOC C9      LOC+9+::6  LOC+12+::6
        SG1 C2 (
            NAD M1  NAD+CN
        )
        UNS M1      UNS+D
        SG30 C3 (
            CST M1
            FTX C1  FTX+AAA
            LOC C2  LOC+27
            SG35 C9 (
                RFF M1  RFF+HS  RFF+EP*2
            )
        )
        UNS M1      UNS+S
        CNT C2      CNT+11
        UNT M1
    """,
)
LINE = GUIDE.layout.find("SG30")
assert isinstance(LINE, Group)
ITEMS = {
    use: {
        place: Item("Value")
        for place in {"LOC": [(3, 1)], "RFF": [(2, 2)], "CST": [(2, 1)], "BGM": [(3, 1)]}.get(use.tag, [])
    }
    | ({(5, 1): Item("Text")} if use.tag == "FTX" else {})
    | ({(2, 2): Item("Count")} if use.tag == "CNT" else {})
    | ({(3, 1): Item("Party")} if use.tag == "NAD" else {})
    for row in GUIDE.layout.rows()
    for use in row.uses
}
MATCHER = Matcher(GUIDE, frozenset({LINE}), ITEMS)
HEAD = ["UNH+1+CUSDEC:D:99B:UN", "BGM++1"]
TAIL = ["UNS+S", "CNT+11:5", "UNT+9+1"]


def match(*segments: str) -> Match:
    return MATCHER.match(RawMessage(list(segments)))


def faults(*segments: str) -> list[tuple[int, int | None, str | None]]:
    return [(int(fault.code), fault.segment, fault.tag) for fault in match(*segments).faults]


def test_every_segment_is_placed() -> None:
    found = match(*HEAD, "LOC+12+X", "LOC+9+Y", "UNS+D", "CST+1", "RFF+HS:1", "RFF+EP:2", "CST+2", "LOC+27+AU", *TAIL)
    assert found.faults == []
    assert [(placed.position, placed.use.key) for placed in found.placed] == [
        (2, "BGM"),
        (3, "LOC+12"),
        (4, "LOC+9"),
        (5, "UNS+D"),
        (6, "CST"),
        (7, "RFF+HS"),
        (8, "RFF+EP"),
        (9, "CST"),
        (10, "LOC+27"),
        (11, "UNS+S"),
        (12, "CNT+11"),
    ]


def test_the_same_segment_is_told_apart_by_where_it_stands() -> None:
    found = match(*HEAD, "LOC+9+X", "UNS+D", "CST+1", "LOC+27+X", "UNS+S", "UNT+7+1")
    assert [placed.use.key for placed in found.placed if placed.row.tag == "LOC"] == ["LOC+9", "LOC+27"]


def test_a_missing_segment_is_reported_at_the_one_before() -> None:
    assert faults(*HEAD, "LOC+9+X", "CST+1", *TAIL) == [(13, 3, "UNS")]
    assert faults(*HEAD, "UNS+D", "CST+1", "UNT+5+1") == [(13, 4, "UNS")]
    assert faults("UNH+1+CUSDEC:D:99B:UN", "UNS+D", *TAIL) == [(13, 1, "BGM")]


def test_an_unexpected_segment_is_passed_over() -> None:
    assert faults(*HEAD, "DTM+129:20030128:102", "UNS+D", *TAIL) == [(15, 3, "DTM")]
    assert faults(*HEAD, "XYZ+1", "LOC+9+X", "UNS+D", *TAIL) == [(15, 3, "XYZ")]
    assert faults(*HEAD, "UNS+D", "NAD+CN+X", *TAIL) == [(15, 4, "NAD")]


def test_an_unknown_qualifier_is_reported_with_those_allowed() -> None:
    (fault,) = match(*HEAD, "LOC+77+X", "UNS+D", *TAIL).faults
    assert (fault.code, fault.segment, fault.element, fault.component) == (14, 3, 2, None)
    assert (fault.found, fault.expected) == ("77", "12, 9")
    assert fault.text == "LOC with '77' is not used here"
    (missing,) = match(*HEAD, "LOC++X", "UNS+D", *TAIL).faults
    assert (missing.code, missing.element, missing.text) == (13, 2, "LOC has no qualifier")


def test_repetitions_are_counted() -> None:
    assert faults(*HEAD, "LOC+9+X", "LOC+9+Y", "UNS+D", *TAIL) == [(35, 4, "LOC")]
    assert faults(*HEAD, "BGM++1", "UNS+D", *TAIL) == [(35, 3, "BGM")]
    line = ["RFF+EP:1", "RFF+EP:2", "RFF+EP:3"]
    assert faults(*HEAD, "UNS+D", "CST+1", *line, *TAIL) == [(35, 7, "RFF")]
    assert faults(*HEAD, "UNS+D", "CST+1", *line[:2], "CST+2", *line[:2], *TAIL) == []
    assert faults(*HEAD, "UNS+D", "CST+1", "CST+2", "CST+3", "CST+4", *TAIL) == [(36, 7, "CST")]


def test_a_fault_gives_its_byte_offset() -> None:
    text = "UNH+1+CUSDEC:D:99B:UN'\r\nBGM++1'\r\nLOC+9+AUMEL::7'\r\nUNS+D'\r\nUNS+S'\r\nUNT+6+1'"
    (fault,) = MATCHER.match(RawMessage(text=text, offset=100)).faults
    assert fault.offset == 100 + text.index("7'\r\nUNS")
    assert (fault.place, fault.found, fault.expected) == (
        "message 1, segment 3 (LOC), element 3, component 3",
        "7",
        "6",
    )


def test_all_faults_are_reported_up_to_the_limit() -> None:
    assert faults(*HEAD, "LOC+77+X", "XYZ", "LOC+9+X::7", "UNS+D", *TAIL) == [
        (14, 3, "LOC"),
        (15, 4, "XYZ"),
        (12, 5, "LOC"),
    ]
    many = faults(*HEAD, *["XYZ+1"] * 500, "UNS+D", *TAIL)
    assert many == [(15, 3 + number, "XYZ") for number in range(MOST_FAULTS)]


def test_a_message_that_ends_early_lacks_what_is_mandatory() -> None:
    assert faults("UNH+1+CUSDEC:D:99B:UN") == [(13, 1, "BGM"), (13, 1, "UNS"), (13, 1, "UNS")]


def test_the_work_grows_with_the_input_only() -> None:
    guide = replace(GUIDE, segments=GUIDE.segments.replace("SG30 C3", "SG30 C99999"))
    group = guide.layout.find("SG30")
    assert isinstance(group, Group)
    items = {use: {(2, 1): Item("Number")} for row in guide.layout.rows() for use in row.uses}
    matcher = Matcher(guide, frozenset({group}), items)

    def seconds(lines: int) -> float:
        raw = RawMessage([*HEAD, "UNS+D", *["CST+1"] * lines, *TAIL])
        start = time.process_time()
        assert len(matcher.match(raw).placed) == lines + 4
        return time.process_time() - start

    small, large = min(seconds(1000) for _ in range(3)), min(seconds(8000) for _ in range(3))
    assert large < small * 8 * 4
