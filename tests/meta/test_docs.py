"""The generated pages are those that the code makes, and links lead somewhere."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from meta.project import ROOT, files, read

PAGES = [path for path in files() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def build_docs() -> dict[str, Any]:
    """The names of the program behind `make docs`."""
    return runpy.run_path(str(ROOT / "tools" / "build_docs.py"))


def test_the_committed_pages_are_those_that_would_be_written(build_docs: dict[str, Any]) -> None:
    made: dict[Path, str] = build_docs["pages"]()
    assert {path: read(path) for path in made if path in files()} == made


def test_no_page_of_a_message_is_left_over(build_docs: dict[str, Any]) -> None:
    assert {path for path in PAGES if path.parent == Path("docs/messages")} <= build_docs["pages"]().keys()


def test_pages_are_written_once_and_stale_ones_deleted(build_docs: dict[str, Any], tmp_path: Path) -> None:
    made: dict[Path, str] = build_docs["pages"]()
    stale = tmp_path / "docs" / "messages" / "GONE.md"
    stale.parent.mkdir(parents=True)
    stale.touch()
    assert sorted(build_docs["write"](tmp_path)) == sorted([*made, Path("docs/messages/GONE.md")])
    assert build_docs["write"](tmp_path) == []
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*.md")} == set(made)


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    links = [link.partition("#")[0] for link in LINK.findall(read(path)) if "://" not in link]
    assert [link for link in links if link and not (ROOT / path.parent / link).exists()] == []
