"""The interchange on the workbench."""

import json
from pathlib import Path

import pytest

from openics.channels.interactive.workshop.piece import Piece, UnusableError, from_json_text
from openics.messages.exports.exd import ExportDeclaration


def test_the_published_declaration_goes_through_json_byte_for_byte(corpus: Path) -> None:
    text = (corpus / "exd.edi").read_text("latin-1")
    assert from_json_text(Piece(text).json).text == text


def test_its_file_is_named_after_sender_and_reference(corpus: Path) -> None:
    assert Piece((corpus / "exd.edi").read_text("latin-1")).name == "AAA676Y_200401270001"
    assert Piece((corpus / "payrec_message.edi").read_text("latin-1")).name == "messages"


def test_a_document_can_be_changed_and_nothing_else_changes(corpus: Path) -> None:
    piece = Piece((corpus / "exd.edi").read_text("latin-1"))
    kind, document = piece.document(0)
    assert kind is ExportDeclaration
    changed = piece.with_document(0, {**document, "port_of_loading": "AUSYD"})
    assert changed.text == piece.text.replace("LOC+9+AUMEL", "LOC+9+AUSYD")


def test_a_document_that_cannot_be_written_says_why(corpus: Path) -> None:
    piece = Piece((corpus / "exd.edi").read_text("latin-1"))
    _, document = piece.document(0)
    del document["sender_reference"]
    with pytest.raises(UnusableError, match=r"^ExportDeclaration has no sender_reference; its message must have one$"):
        piece.with_document(0, document)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("hello", "This is not an interchange: "),
        ("UNB+UNOC:3+Ω", "The character 'Ω' cannot stand in an interchange: it is not in ISO 8859-1"),
    ],
)
def test_text_that_is_no_interchange_says_so(text: str, reason: str) -> None:
    with pytest.raises(UnusableError) as caught:
        _ = Piece(text).form
    assert str(caught.value).startswith(reason)


def test_a_message_with_errors_is_no_form(corpus: Path) -> None:
    piece = Piece((corpus / "exd.edi").read_text("latin-1").replace("LOC+9+", "LOC+77+"))
    with pytest.raises(UnusableError, match="until its errors are mended"):
        piece.document(0)
    with pytest.raises(UnusableError, match="until its errors are mended"):
        piece.document(5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "This is not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ("[]", "an interchange is an object with a header, itself an object, or null for messages alone"),
        ("[" * 100_000, "This JSON is nested too deeply to be an interchange"),
        (json.dumps({"header": {"sender": 1}}), "header.sender must be text"),
    ],
)
def test_json_that_is_no_interchange_says_where(text: str, reason: str) -> None:
    with pytest.raises(UnusableError) as caught:
        from_json_text(text)
    assert str(caught.value) == reason
