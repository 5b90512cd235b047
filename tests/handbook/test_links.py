"""Every link of the handbook leads to a page or a file of it, or to an address outside."""

import re
from posixpath import dirname, join, normpath

import pytest
from markdown_it import MarkdownIt

from openics import handbook

ENGINE = MarkdownIt("commonmark", {"html": False}).enable("table")
KNOWN = {*handbook.page_paths(), *handbook.asset_paths()}


def links(text: str) -> list[str]:
    """The targets of all links of a page, as a reader of Markdown sees them."""
    inside = [child for token in ENGINE.parse(text) for child in token.children or ()]
    return [str(token.attrGet("href")) for token in inside if token.type == "link_open"]


def leads_nowhere(path: str, link: str) -> bool:
    return "://" not in link and normpath(join(dirname(path), link)) not in KNOWN


@pytest.mark.parametrize("path", handbook.page_paths())
def test_every_link_leads_somewhere(path: str) -> None:
    page = handbook.page(path)
    assert page is not None
    found = links(page.text)
    assert [link for link in found if leads_nowhere(path, link)] == []
    assert page.text.count("](") <= len(found)


@pytest.mark.parametrize("path", handbook.page_paths())
def test_tables_are_whole_and_there_is_no_html(path: str) -> None:
    page = handbook.page(path)
    assert page is not None
    tokens = ENGINE.parse(page.text)
    rows = [token.content for token in tokens if token.type == "paragraph_open" and token.content.startswith("|")]
    paragraphs = [token.content for token in tokens if token.type == "inline" and token.content.startswith("| ")]
    assert rows + paragraphs == []
    assert [token.content for token in tokens if token.type in {"html_block", "html_inline"}] == []


@pytest.mark.parametrize("path", handbook.page_paths())
def test_a_page_has_one_title_and_ends_with_one_line_end(path: str) -> None:
    page = handbook.page(path)
    assert page is not None
    assert page.text.startswith("# ")
    outside = re.sub(r"^```.*?^```$", "", page.text, flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^# ", outside, re.MULTILINE)) == 1
    assert page.text.endswith("\n")
    assert not page.text.endswith("\n\n")


def test_a_link_that_leads_nowhere_is_seen() -> None:
    assert leads_nowhere("messages/EXD.md", "../codes/NoSuch.md")
    assert leads_nowhere("messages/EXD.md", "index.html")
    assert not leads_nowhere("messages/EXD.md", "../codes/Unit.md")
    assert links("[one](a.md) <https://example.org/b>") == ["a.md", "https://example.org/b"]
