"""What messages are, in a line each."""

from pathlib import Path

import pytest

from openics.edifact.reader import read_interchange
from openics.trader.notes import notes_of
from openics.trader.records import Note


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("exd", Note("EXD", "1", "200401270001", 1)),
        ("streq", Note("STREQ", "1", "200401270016", 1)),
        ("clregr_accepted", Note("CLREGR", "000001", "7N170STPSUIBEP6PH1D4E6ESHF", 1, verdict="ABN 51824753556")),
        (
            "clntdup",
            Note(
                "CLNTDUP",
                "000001",
                "28558C74B757460991741B177754D009",
                1,
                verdict="not registered, matches AAA3436797Y",
                rejected=True,
            ),
        ),
        (
            "erm",
            Note("ERM", "000001", "mpqwwny2930i7e7jlv-0", 1, verdict="1 error: 22", rejected=True),
        ),
        ("contrl_accepted", Note("CONTRL", "000001", about="23062700000009", verdict="syntax accepted")),
        (
            "contrl_rejected",
            Note(
                "CONTRL",
                "000001",
                about="23062700000008",
                verdict="syntax rejected: 18 unspecified error",
                rejected=True,
            ),
        ),
    ],
)
def test_the_samples(corpus: Path, name: str, note: Note) -> None:
    assert notes_of(read_interchange((corpus / f"{name}.edi").read_bytes())) == (note,)


def _report(corpus: Path, uci: bytes, ucm: bytes = b"7") -> Note:
    content = (corpus / "contrl_accepted.edi").read_bytes()
    content = content.replace(b"+AAA336C+7'", b"+AAA336C+" + uci + b"'").replace(
        b"D:99B:UN+7'", b"D:99B:UN+" + ucm + b"'"
    )
    return notes_of(read_interchange(content))[0]


def test_a_contrl_for_a_duplicate_says_so(corpus: Path) -> None:
    note = _report(corpus, b"4+26", b"4")
    assert (note.verdict, note.rejected, note.error) == ("syntax rejected: 26 duplicate detected", True, 26)


def test_a_contrl_with_an_unknown_error_gives_its_number(corpus: Path) -> None:
    note = _report(corpus, b"4+99", b"4")
    assert (note.verdict, note.error) == ("syntax rejected: 99", 99)


def test_a_contrl_that_rejects_one_message_names_it(corpus: Path) -> None:
    note = _report(corpus, b"7", b"4+13")
    assert (note.verdict, note.rejected, note.error) == ("syntax of message 1 rejected", True, None)


def test_a_receipt_is_no_verdict_on_syntax(corpus: Path) -> None:
    assert _report(corpus, b"8").verdict == "received"
