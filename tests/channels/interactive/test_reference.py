"""The reference: the handbook's pages, files and search in the site."""

import re

import pytest
from django.test import Client

from openics import handbook
from openics.channels.interactive.markdown import address, render

pytestmark = pytest.mark.django_db


def get(path: str) -> tuple[int, str]:
    answer = Client().get(f"/reference/{path}")
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("path", ["", "messages/", "messages/EXD", "messages/EXD.md", "codes/", "errors/contrl-13"])
def test_a_page_is_shown_with_its_title(path: str) -> None:
    status, page = get(path)
    assert status == 200
    assert re.search(r'<h1 id="[^"]+"[^>]*class="govuk-heading-l"|<h1 [^>]*govuk-heading-l', page)


@pytest.mark.parametrize(
    "path", ["nowhere", "messages/NOPE", "../settings", "messages/EXD/", "messages/EXD.md.md", "%00"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert get(path)[0] == 404


def test_every_link_of_every_page_is_answered() -> None:
    links: set[str] = set()
    for path in handbook.page_paths():
        status, page = get(path.removesuffix(".md").removesuffix("index"))
        assert (path, status) == (path, 200)
        here = f"/reference/{path}"
        found = re.findall(r'<article class="ics-reference">(.*?)</article>', page, re.DOTALL)[0]
        for link in re.findall(r'href="([^"#]+)', found):
            if "://" not in link:
                links.add(_joined(here, link))
    client = Client()
    assert [link for link in sorted(links) if client.get(link).status_code != 200] == []


def _joined(here: str, link: str) -> str:
    if link.startswith("/"):
        return link
    parts = here.rpartition("/")[0].split("/")
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def test_files_are_downloads() -> None:
    path = next(path for path in handbook.asset_paths() if path.endswith("EXD.schema.json"))
    answer = Client().get(f"/reference/{path}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="EXD.schema.json"'
    assert answer.json()["title"] == "ExportDeclaration"


@pytest.mark.parametrize(("words", "first"), [("EXD", "messages/EXD"), ("contrl-13", "errors/contrl-13")])
def test_a_name_is_found_first(words: str, first: str) -> None:
    status, page = get(f"search/?q={words}")
    assert status == 200
    assert re.findall(r'<li><a class="govuk-link" href="([^"]+)"', page)[0] == f"/reference/{first}"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Enter the short name"),
        ("?q=", "Enter the short name"),
        ("?q=zzzzzz", "Nothing holds all of these words"),
        ("?q=<script>", "Nothing holds all of these words"),
    ],
)
def test_a_search_that_finds_nothing_says_what_to_do(query: str, said: str) -> None:
    status, page = get(f"search/{query}")
    assert status == 200
    assert said in page
    assert '<script>"' not in page


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("../codes/Unit.md", "../codes/Unit"),
        ("EXD.md#items", "EXD#items"),
        ("messages/index.md", "messages/"),
        ("index.md", "./"),
        ("../index.md", "../"),
        ("../schemas/EXD.schema.json", "../schemas/EXD.schema.json"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("#items", "#items"),
    ],
)
def test_links_between_pages_become_links_in_the_site(link: str, leads: str) -> None:
    assert address(link) == leads


def test_html_in_a_page_is_shown_not_taken() -> None:
    assert render("a <b>bold</b> `<i>`") == (
        '<p class="govuk-body">a &lt;b&gt;bold&lt;/b&gt; <code class="ics-code">&lt;i&gt;</code></p>\n'
    )


def test_a_table_scrolls_and_is_named() -> None:
    html = render("Some *rows*\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    assert '<div class="ics-scroll" role="region" tabindex="0" aria-label="Table: Some rows">' in html
    assert '<table class="ics-table ics-table--reference">' in html
    assert '<th scope="col">A</th>' in html
