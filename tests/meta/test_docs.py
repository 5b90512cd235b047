"""The committed page of settings is the one that the code makes, links lead somewhere, and the site builds."""

import re
import runpy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from meta.project import ROOT, files, read
from openics import handbook

PAGES = [path for path in files() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
SITE_ONLY = Path("docs/site")
"""Its links lead to places in the site."""


@pytest.fixture(scope="module")
def build_docs() -> dict[str, Any]:
    """The names of the program behind `make docs`."""
    return runpy.run_path(str(ROOT / "tools" / "build_docs.py"))


def test_the_committed_page_of_settings_is_the_one_that_would_be_written(build_docs: dict[str, Any]) -> None:
    assert read(Path("docs/settings.md")) == build_docs["settings_page"]()


def test_the_page_of_settings_is_written_once(build_docs: dict[str, Any], tmp_path: Path) -> None:
    assert build_docs["write_settings"](tmp_path) is True
    assert build_docs["write_settings"](tmp_path) is False
    assert (tmp_path / "docs" / "settings.md").read_text() == read(Path("docs/settings.md"))


@pytest.mark.parametrize("path", [path for path in PAGES if SITE_ONLY not in path.parents], ids=str)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    links = [link.partition("#")[0] for link in LINK.findall(read(path)) if "://" not in link]
    assert [link for link in links if link and not (ROOT / path.parent / link).exists()] == []


def test_sources_that_are_gone_are_deleted(build_docs: dict[str, Any], tmp_path: Path) -> None:
    stale = tmp_path / "reference" / "messages" / "GONE.md"
    stale.parent.mkdir(parents=True)
    stale.touch()
    build_docs["lay_out"](tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == set(build_docs["sources"]())
    assert {f"reference/{path}" for path in handbook.page_paths()} <= found


class Links(HTMLParser):
    """The addresses that a page of the site names, and the names of its places."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.loaded: list[str] = []
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.places.add(str(given["id"]))
        if tag == "a":
            self.found.append(given.get("href") or "")
        elif tag in {"script", "link", "img"}:
            self.loaded.append(given.get("src") or given.get("href") or "")


def links_of(path: Path) -> Links:
    """The links of a page."""
    parser = Links()
    parser.feed(path.read_text("utf-8"))
    return parser


def broken(html: Path, pages: dict[Path, Links]) -> list[str]:
    """Links of the site that lead to no file or to no place in one, and what it loads from elsewhere."""
    wrong = []
    for path, links in pages.items():
        for link in (*links.found, *links.loaded):
            address, _, place = unquote(link).partition("#")
            if "://" in address or address.startswith("mailto:"):
                wrong += [f"{path}: loads {link}"] if link in links.loaded else []
                continue
            target = (path.parent / address.partition("?")[0]).resolve() if address else path
            known = pages.get(target)
            if not target.is_file() or (place and known and place not in known.places):
                wrong.append(f"{path.relative_to(html)}: {link}")
    return wrong


@pytest.mark.xdist_group("site")
def test_the_site_builds_without_a_warning_and_without_a_broken_link(
    build_docs: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert (build_docs["build"](tmp_path), capfd.readouterr().err) == (0, "")
    html = (tmp_path / "html").resolve()
    pages = {path: links_of(path) for path in html.rglob("*.html")}
    wanted = {html / "reference" / Path(path).with_suffix(".html") for path in handbook.page_paths()}
    assert wanted <= pages.keys()
    assert broken(html, pages) == []
