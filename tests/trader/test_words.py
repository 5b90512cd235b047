"""Documents in words."""

from pathlib import Path

from openics.edifact.reader import read_interchange
from openics.messages.document import Document
from openics.messages.reading import read_message
from openics.trader.words import Line, in_words, title


def _document(corpus: Path, name: str) -> Document:
    document = read_message(read_interchange((corpus / name).read_bytes()).messages[0]).document
    assert document is not None
    return document


def test_a_title_gives_name_and_meaning(corpus: Path) -> None:
    document = _document(corpus, "contrl_accepted.edi")
    assert title(document) == f"CONTRL: {document.guide.title}"


def test_codes_are_explained_and_parts_indented(corpus: Path) -> None:
    lines = list(in_words(_document(corpus, "contrl_rejected.edi")))
    assert lines[3:7] == [
        Line(0, "Recipient Site", "AAA336C"),
        Line(0, "Action", "4 (this level and all below it rejected)"),
        Line(0, "Messages"),
        Line(1, "Message Reference", "1"),
    ]
    assert lines[-8:-4] == [
        Line(2, "Elements 1"),
        Line(3, "Syntax Error", "15"),
        Line(3, "Element Position", "4"),
        Line(3, "Component Position", "2"),
    ]


def test_moments_are_in_utc(corpus: Path) -> None:
    lines = list(in_words(_document(corpus, "clregr_accepted.edi")))
    assert Line(0, "Response Time (UTC)", "2023-06-27 04:00:14 UTC") in lines


def test_repeated_values_are_numbered(corpus: Path) -> None:
    labels = [line.label for line in in_words(_document(corpus, "clregr_accepted.edi"))]
    assert [label for label in labels if label.startswith("Entries")] == ["Entries 1", "Entries 2"]
