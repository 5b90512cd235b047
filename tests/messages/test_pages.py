"""Reference pages: everything that is declared is on the page."""

import pytest

from openics.messages.clients.clreg import ClientRegistration
from openics.messages.document import Document, Part
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.fields import Kind
from openics.messages.pages import reference_page
from openics.messages.registry import ALL


def parts(document: type[Part]) -> list[type[Part]]:
    return [document, *[inner for field in document.fields() if field.kind is Kind.PART for inner in parts(field.part)]]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_field_segment_and_code_is_on_the_page(kind: type[Document]) -> None:
    page = reference_page(kind)
    assert page.startswith(f"# {kind.name}: ")
    fields = [field for part in parts(kind) for field in part.fields()]
    assert [field.name for field in fields if f"| {field.label} | `{field.name}` |" not in page] == []
    uses = [use.key for row in kind.guide.layout.rows() for use in row.uses]
    assert [key for key in uses if f"`{key}`" not in page] == []
    codes = [
        f"| `{code}` | {meaning} |"
        for field in fields
        if field.codes
        for code, meaning in field.codes.meanings().items()
    ]
    assert [line for line in codes if line not in page] == []


def test_an_item_has_place_format_use_and_evidence() -> None:
    lines = reference_page(ExportDeclaration).splitlines()
    assert (
        "| First Port of Discharge | `first_port_of_discharge` | `LOC+12/C517.3225` | text an5 "
        "| conditional: needed unless PO, ST or SP | documented |" in lines
    )
    assert "| **SG30** | C | 99999 | |" in lines
    assert "| &emsp;CST | M | 1 | `CST` |" in lines
    assert "- Answered by: EXDR" in lines
    assert "## Items of a export line" not in lines
    assert "## Items: export line" in lines


def test_a_bar_in_a_path_does_not_break_the_table() -> None:
    rows = [line for line in reference_page(ClientRegistration).splitlines() if line.startswith("| Contacts ")]
    assert rows == [
        "| Contacts | `contacts` | `SG7/SG8/SG14/FTX+CAT+AP\\|BP\\|MO\\|EA\\|FA` | list of part | conditional | seen in traffic |"
    ]


def test_an_example_is_shown() -> None:
    assert reference_page(ExportDeclaration, "UNH+1'\n").endswith("## Example\n\n```edifact\nUNH+1'\n```\n")
    assert "## Example" not in reference_page(ExportDeclaration)
