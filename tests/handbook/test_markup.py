"""Writing Markdown."""

import pytest
from markdown_it import MarkdownIt

from openics.handbook.markup import code, link, literal, plain, source, table, words

ENGINE = MarkdownIt("commonmark", {"html": False}).enable("table")


@pytest.mark.parametrize(
    "text", ["a*b*c", "_x_ [y](z)", "<b>bold</b>", "`code` & &amp; more", "1|2", "# no", "back\\slash", "~~"]
)
def test_literal_text_is_shown_as_it_is(text: str) -> None:
    tokens = ENGINE.parseInline(literal(text))[0].children or []
    assert "".join(token.content for token in tokens) == text
    assert {token.type for token in tokens} <= {"text", "text_special"}


def test_code_in_a_table_keeps_bars_and_ticks() -> None:
    (head,) = (token for token in ENGINE.parse("\n".join(table(("A",), [(code("a|b"),)]))) if token.content == "`a|b`")
    assert head.children is not None
    assert (head.children[0].type, head.children[0].content) == ("code_inline", "a|b")
    (inline,) = ENGINE.parseInline(code("a`b"))[0].children or []
    assert (inline.type, inline.content) == ("code_inline", "a`b")


def test_a_link_is_relative_to_its_page() -> None:
    assert link("Unit", "messages/EXD.md", "codes/Unit.md") == "[Unit](../codes/Unit.md)"
    assert link("EXDR", "messages/EXD.md", "messages/EXDR.md") == "[EXDR](EXDR.md)"
    assert link("a_b", "index.md", "codes/Unit.md") == "[a\\_b](codes/Unit.md)"


def test_addresses_in_a_source_become_links() -> None:
    said = "https://example.org/a-(b)/c (Apache-2.0), see https://example.org/d."
    tokens = ENGINE.parseInline(source(said))[0].children or []
    hrefs = [token.attrGet("href") for token in tokens if token.type == "link_open"]
    assert hrefs[0] == "https://example.org/a-(b)/c"
    assert "".join(token.content for token in tokens) == said


def test_names_of_classes_in_words() -> None:
    assert [words(name) for name in ("CargoType", "ABNHolder", "Unit", "LineAction2")] == [
        "cargo type",
        "ABN holder",
        "unit",
        "line action2",
    ]


def test_the_plain_words_of_a_page() -> None:
    text = "# Title\n\n| A | B |\n|---|---|\n| `x` | [name](../a.md) |\n\n**bold** a\\_b\n"
    assert plain(text) == "Title A B x name bold a_b"
