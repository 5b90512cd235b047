"""Writing, and that reading and writing are each other's inverse."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edifact_interchanges import (
    CORPUS,
    HEADER,
    MESSAGE,
    TEXT,
    UNB,
    UNZ,
    corpus_interchanges,
    headers,
    messages,
    separators,
)
from openics.edifact.reader import Interchange, read_interchange
from openics.edifact.segments import split_components, split_elements, split_segments
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators
from openics.edifact.writer import UnwritableError, escape, header_segment, segment, write_interchange

SEGMENTS = split_segments(MESSAGE.decode())
NO_RELEASE = Separators(release=" ")


def rewritten(read: Interchange) -> bytes:
    assert read.header is not None
    return write_interchange(
        read.header,
        [raw.segments for raw in read.messages],
        separators=read.separators,
        una=read.una,
        newline=read.newline,
    )


@pytest.mark.parametrize(
    ("elements", "written"),
    [
        (("830", "1"), "BGM+830+1"),
        ((("830", None, None, "EXD"), ("1", "1"), "9"), "BGM+830:::EXD+1:1+9"),
        ((None, "", (), ("", None), "9", None, ("", "")), "BGM+++++9"),
        ((("A", "", ""), ""), "BGM+A"),
        (("O'B: 1+1?",), "BGM+O?'B?: 1?+1??"),
        (("A+",), "BGM+A?+"),
        ((("A:", ":", ""),), "BGM+A?::?:"),
        ((), "BGM"),
    ],
)
def test_segments_are_written_without_empty_ends(elements: tuple[str | None, ...], written: str) -> None:
    assert segment("BGM", *elements) == written


def test_other_service_characters_are_escaped_instead() -> None:
    marks = Separators("|", "*", ".", "!", " ", "~")
    assert segment("FTX", ("A|B", "C!D"), "E+F'G:H~", separators=marks) == "FTX*A!|B|C!!D*E+F'G:H!~"


def test_without_release_character_service_characters_cannot_be_written() -> None:
    assert escape("A?B C", NO_RELEASE) == "A?B C"
    with pytest.raises(UnwritableError, match="no release character"):
        escape("A+B", NO_RELEASE)


def test_an_interchange_is_written() -> None:
    assert write_interchange(HEADER, [SEGMENTS], una=False) == UNB + MESSAGE + UNZ
    assert write_interchange(HEADER, [SEGMENTS]) == b"UNA:+.? '" + UNB + MESSAGE + UNZ
    assert write_interchange(HEADER, [SEGMENTS], newline="\r\n") == (b"UNA:+.? '" + UNB + MESSAGE + UNZ).replace(
        b"'", b"'\r\n"
    )


def test_flags_of_the_header_stand_in_their_places() -> None:
    header = replace(HEADER, acknowledgement_request=True, test=True)
    assert header_segment(header) == UNB.decode()[:-1] + "++++1++1"
    assert header_segment(replace(HEADER, test=True)) == UNB.decode()[:-1] + "++++++1"


@pytest.mark.parametrize(
    ("segments", "problem"),
    [
        ([], "does not begin with UNH and end with UNT"),
        (["UNH+1+A:B"], "does not begin with UNH and end with UNT"),
        (["UNH+1+A:B", "", "UNT+2+1"], "empty segment"),
        (["UNH+1+A:B", "FTX+A'B", "UNT+3+1"], "unreleased"),
        (["UNH+1+A:B", "FTX+A?", "UNT+3+1"], "unreleased"),
        (["UNH+1+A:B", "FTX+A?'B'", "UNT+3+1"], "unreleased"),
        (["UNH+1+A:B", "FTX+\u20ac", "UNT+3+1"], "'\u20ac' is not in the character repertoire UNOC"),
        (["UNH+1+A:B", "FTX+A\x00B", "UNT+3+1"], r"'\\x00' is not in the character repertoire UNOC"),
        (["UNH+1+A:B", "FTX+A\nB", "UNT+3+1"], "a line end"),
        (["UNH+1+A:B", "\nFTX+AB", "UNT+3+1"], "a line end"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(segments: list[str], problem: str) -> None:
    for newline in ("", "\n"):
        with pytest.raises(UnwritableError, match=problem):
            write_interchange(HEADER, [SEGMENTS, segments], newline=newline)


def test_an_error_names_the_message() -> None:
    with pytest.raises(UnwritableError, match=r"^message 2: "):
        write_interchange(HEADER, [SEGMENTS, ["UNH+1+A:B", "FTX+\t", "UNT+3+1"]])


def test_level_a_has_no_small_letters() -> None:
    header = replace(HEADER, syntax_id="UNOA")
    with pytest.raises(UnwritableError, match="'ab' is not in the character repertoire UNOA"):
        write_interchange(header, [[SEGMENTS[0], "FTX+ab", SEGMENTS[-1]]])


@pytest.mark.parametrize(
    ("header", "arguments", "problem"),
    [
        (replace(HEADER, syntax_id="UNOY"), {}, "UNOA, UNOB, UNOC"),
        (HEADER, {"separators": Separators("|"), "una": False}, "announced by UNA"),
        (HEADER, {"newline": " \n"}, "no line end"),
        (replace(HEADER, sender="A\x07"), {}, "^UNB: "),
    ],
)
def test_interchanges_that_nobody_could_read(header, arguments, problem: str) -> None:
    with pytest.raises(UnwritableError, match=problem):
        write_interchange(header, [SEGMENTS], **arguments)


@pytest.mark.parametrize("path", corpus_interchanges(), ids=lambda path: path.stem)
def test_samples_are_written_byte_for_byte(path) -> None:
    data = path.read_bytes()
    assert rewritten(read_interchange(data)) == data
    bare = data.replace(b"\n", b"")
    assert rewritten(read_interchange(bare)) == bare


def test_a_message_alone_is_no_interchange() -> None:
    assert read_interchange((CORPUS / "payrec_message.edi").read_bytes()).header is None


@given(st.data(), headers(), separators(), st.sampled_from(["", "\n", "\r\n"]), st.booleans())
def test_what_is_written_is_read_and_written_again(data, header, marks, newline, una) -> None:
    bodies = [data.draw(messages(marks, str(number))) for number in range(1, data.draw(st.integers(2, 4)))]
    una = una or marks != DEFAULT_SEPARATORS
    written = write_interchange(header, bodies, separators=marks, una=una, newline=newline)
    read = read_interchange(written)
    assert read.faults == []
    assert (read.header, read.separators, read.una, read.newline) == (header, marks, una, newline)
    assert [raw.segments for raw in read.messages] == bodies
    assert rewritten(read) == written


@given(st.lists(TEXT, min_size=1, max_size=5), separators())
def test_values_come_back_as_they_were(values: list[str], marks: Separators) -> None:
    values = [*values, "END"]
    written = segment("FTX", *values, values, separators=marks)
    elements = split_elements(written, marks)
    assert [split_components(element, marks)[0] for element in elements[1:-1]] == values
    assert split_components(elements[-1], marks) == values
