"""Bytes shown as segments."""

from hypothesis import given
from hypothesis import strategies as st

from openics.channels.interactive.raw import LONGEST, segments


def test_one_segment_on_a_line() -> None:
    assert segments(b"UNB+UNOC:3'UNH+1'") == "UNB+UNOC:3'\nUNH+1'"


def test_a_released_terminator_does_not_end_a_segment() -> None:
    assert segments(b"FTX+IT?'S??'UNT+1'") == "FTX+IT?'S??'\nUNT+1'"


def test_una_names_other_separators() -> None:
    assert segments(b"UNA:+.! ~UNB+A'B!~C~UNZ~") == "UNA:+.! ~\nUNB+A'B!~C~\nUNZ~"


def test_line_ends_of_the_sender_are_not_doubled() -> None:
    assert segments(b"UNB+1'\r\nUNH+1'\r\n") == "UNB+1'\nUNH+1'"


def test_long_content_is_cut() -> None:
    shown = segments(b"A" * (LONGEST + 1))
    assert (len(shown), shown[-2:]) == (LONGEST + 2, "\n…")


@given(st.binary(max_size=300).filter(lambda content: not content.startswith(b"UNA")))
def test_nothing_is_lost_but_white_space(content: bytes) -> None:
    def solid(text: str) -> str:
        return "".join(text.split())

    assert solid(segments(content)) == solid(content.decode("latin-1"))
