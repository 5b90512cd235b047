"""Problems of an interchange: layer, place, path, item, what is allowed, page."""

from pathlib import Path

import pytest

from openics.edifact.reader import read_interchange
from openics.handbook.declared import code_lists
from openics.messages import codes
from openics.messages.diagnostics import Layer, Problem, check, code_words
from openics.messages.excerpts import Excerpts
from openics.messages.outline import Outline, element_name
from openics.messages.page_names import codes_page, error_page, message_page, syntax_page


def problems(corpus: Path, sample: str, before: bytes, after: bytes) -> tuple[bytes, list[Problem]]:
    data = (corpus / f"{sample}.edi").read_bytes()
    assert before in data
    changed = data.replace(before, after, 1)
    return changed, list(check(changed).problems())


def test_a_code_that_is_not_allowed(corpus: Path) -> None:
    data, (problem,) = problems(corpus, "exd", b"PAC+++N:67:95'", b"PAC+++X:67:95'")
    assert problem == Problem(
        layer=Layer.SYNTAX,
        text="Cargo Type is 'X'",
        place="message 1, segment 11 (PAC), element 4, component 1",
        path="SG1 / SG2 / PAC+67 / C202.7065",
        offset=data.index(b"X:67"),
        message=0,
        document="EXD",
        segments=(11,),
        line=0,
        item="Cargo Type",
        found="X",
        expected="C (containerised), CO (combination of containerised and non-containerised), "
        "N (non-containerised), B (bulk)",
        rule="EXD segment table",
        code="12",
        meaning="invalid value",
        page="errors/contrl-12",
        pages=("messages/EXD", "codes/CargoType"),
    )


def test_a_fault_of_the_data_dictionary_in_a_line(corpus: Path) -> None:
    data, (problem,) = problems(corpus, "exd", b"RFF+HS:03026200'", b"RFF+HS:0302620'")
    assert (problem.layer, problem.line, problem.path) == (Layer.DICTIONARY, 1, "SG30 / SG35 / RFF+HS / C506.1154")
    assert (problem.item, problem.found, problem.expected, problem.rule) == (
        "AHECC Code",
        "0302620",
        "n8",
        "data dictionary",
    )
    assert (problem.page, problem.pages) == ("errors/contrl-40", ("messages/EXD",))
    assert data[problem.offset :].startswith(b"0302620'")


def test_json_leaves_out_what_is_not_known(corpus: Path) -> None:
    _, (problem,) = problems(corpus, "streq", b"UNT+4+1'", b"UNT+5+1'")
    assert problem.to_json() == {
        "layer": "syntax and structure",
        "text": "UNT counts 5 segments; there are 4",
        "place": "message 1, segment 4 (UNT), element 2",
        "offset": problem.offset,
        "path": "UNT / 0074",
        "message": 0,
        "document": "STREQ",
        "segments": [4],
        "found": "5",
        "expected": "4",
        "rule": "ISO 9735 version 3, UNT",
        "code": "29",
        "meaning": "control count does not match",
        "severity": "ERROR",
        "page": "errors/contrl-29",
        "pages": ["messages/STREQ"],
    }


def test_a_fault_of_the_envelope_has_no_message(corpus: Path) -> None:
    _, (problem,) = problems(corpus, "streq", b"UNB+UNOC:3", b"UNB+UNOC:2")
    assert (problem.message, problem.path, problem.page, problem.pages) == (None, "UNB", "errors/contrl-2", ())


def test_a_message_that_is_not_known_has_no_path_into_a_guide(corpus: Path) -> None:
    _, (problem,) = problems(corpus, "streq", b":::STREQ", b":::XSTREQ")
    assert (problem.path, problem.document, problem.pages) == ("BGM / C002.1000", "XSTREQ", ())


def test_every_reported_place_starts_where_the_found_text_stands(corpus: Path) -> None:
    data = (corpus / "exd.edi").read_bytes().replace(b":95'", b":94'")
    found = list(check(data).problems())
    assert len(found) == 6
    assert [each.found for each in found if not data[each.offset :].startswith(each.found.encode())] == []


def test_a_long_list_is_named() -> None:
    assert code_words(codes.Unit) == "one of the 36 codes of Unit"
    assert code_words(codes.LineAction) == "I (insert), A (amend), D (delete)"


@pytest.mark.parametrize(
    ("tag", "place", "expected"),
    [
        ("MOA", (2, 2), "C516.5004"),
        ("FTX", (5, 3), "C108.4440#3"),
        ("BGM", (4, 1), "1225"),
        ("BGM", (9, 1), "element 9"),
        ("XXX", (2, 1), "element 2"),
    ],
)
def test_the_name_of_a_place(tag: str, place: tuple[int, int], expected: str) -> None:
    assert element_name(tag, place) == expected


def test_the_outline_tells_records_and_lines(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "exd.edi").read_bytes()).messages
    outline = Outline(raw)
    cst = next(entry for entry in outline.entries if entry.tag == "CST")
    assert (cst.record, outline.line(cst), [text for _, text in cst.items]) == ((("lines", 1),), 1, ["1", "I"])
    bgm = outline.entries[1]
    assert (bgm.position, bgm.record, outline.line(bgm)) == (2, (), 0)
    assert [entry.text for entry in outline.entries] == raw.segments


def test_the_outline_tells_where_segments_and_items_start(corpus: Path) -> None:
    data = (corpus / "exd.edi").read_bytes()
    (raw,) = read_interchange(data).messages
    outline = Outline(raw)
    assert [
        entry.text for entry in outline.entries if not data[outline.offset(entry) :].startswith(entry.text.encode())
    ] == []
    items = [(data[outline.offset(entry, slot) :], text) for entry in outline.entries for slot, text in entry.items]
    assert len(items) > 30
    assert [text for found, text in items if not found.startswith(text.encode())] == []


def test_the_outline_of_records_that_are_segments(corpus: Path) -> None:
    (raw,) = read_interchange((corpus / "clreg.edi").read_bytes()).messages
    records = [entry.record for entry in Outline(raw).entries if entry.record]
    assert records == [(("contacts", 1),), (("contacts", 2),), (("contacts", 3),), (("addresses", 1),)]


def test_excerpts_show_neighbours_and_carets() -> None:
    data = b"UNB+UNOC:3+A+B+261102:0900+1'\nUNH+1+X'\nUNT+2+1'\nUNZ+1+1'"
    excerpts = Excerpts(data, read_interchange(data))
    assert list(excerpts.around(data.index(b"X'"))) == [
        "UNB+UNOC:3+A+B+261102:0900+1'",
        "UNH+1+X'",
        "      ^",
        "UNT+2+1'",
    ]
    assert list(excerpts.at((data.index(b"UNZ"), data.index(b"2+1'")))) == ["UNT+2+1'", "    ^", "UNZ+1+1'"]


def test_an_excerpt_of_a_long_segment_shows_the_part_around_the_place() -> None:
    data = b"UNB+UNOC:3+A+B+261102:0900+1'" + b"FTX+" + b"A" * 300 + b"+\x01B'"
    segment, carets = list(Excerpts(data, read_interchange(data)).at((data.index(b"\x01"),)))
    assert (len(segment), segment[len(carets) - 2 :][:4]) == (83, "·B'")


def test_there_is_no_excerpt_of_nothing() -> None:
    assert list(Excerpts(b"", read_interchange(b"")).around(0)) == []


def test_pages_are_named_as_the_handbook_names_them() -> None:
    assert {name: codes_page(each) for name, each in code_lists().items()} == {
        name: f"codes/{name}" for name in code_lists()
    }
    assert (message_page("SEACR"), error_page("CG9101")) == ("messages/SEACR", "errors/CG9101")
    assert syntax_page(check(b"").faults[0].code) == f"errors/contrl-{int(check(b'').faults[0].code)}"


def test_every_fault_is_found_and_fifty_are_sent(corpus: Path) -> None:
    data = (corpus / "exd.edi").read_bytes().replace(b"CST+1+I::95'", b"XYZ+1'" * 120 + b"CST+1+I::95'")
    checked = check(data)
    assert len(list(checked.problems())) == 121, "120 segments out of place, and the count in UNT"
    assert sum(segment.startswith("UCS+") for segment in checked.contrl()) == 50


def test_every_wrong_item_is_found(corpus: Path) -> None:
    line = b"CST+1+I::95'\nMEA+WT++KG:TEN'\n"
    data = (corpus / "exd.edi").read_bytes().replace(b"UNS+S'", line * 80 + b"UNS+S'").replace(b"UNT+28+", b"UNT+188+")
    problems = list(check(data).problems())
    assert [problem.layer for problem in problems] == [Layer.DICTIONARY] * 80
