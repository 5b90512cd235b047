"""Every message has an example that reads as that message, and a page."""

from pathlib import Path

import pytest

from meta.project import ROOT, files
from openics.edifact.reader import read_interchange
from openics.messages.document import Document
from openics.messages.reading import read_message
from openics.messages.registry import ALL


def messages_of(path: Path) -> set[str]:
    """The short names of the messages in an interchange that have no fault."""
    readings = [read_message(raw) for raw in read_interchange((ROOT / path).read_bytes()).messages]
    return {each.name or "" for each in readings if each.document is not None and not each.faults}


EXAMPLES = [path for path in files() if path.suffix == ".edi" and path.parts[0] in {"tests", "docs"}]


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.name)
def test_every_message_has_an_example(document: type[Document]) -> None:
    assert [path for path in EXAMPLES if document.name in messages_of(path)] != []


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.name)
def test_every_message_has_a_page_with_an_example_of_it(document: type[Document]) -> None:
    page = (ROOT / "docs" / "messages" / f"{document.name}.md").read_text()
    example = page.partition("```edifact\n")[2].partition("```")[0]
    (raw,) = read_interchange(example.encode("latin-1")).messages
    assert read_message(raw).name == document.name
    assert page.startswith(f"# {document.name}: ")


def test_every_sample_says_where_it_comes_from() -> None:
    provenance = (ROOT / "tests" / "corpus" / "PROVENANCE.md").read_text()
    samples = [path.name for path in EXAMPLES if path.parent == Path("tests/corpus")]
    assert [name for name in samples if f"`{name}`" not in provenance] == []
