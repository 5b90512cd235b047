"""The pages of the handbook say what is declared."""

import pytest

from openics import handbook
from openics.handbook.declared import code_lists, parts_of
from openics.handbook.errors import errors
from openics.messages.codes import CodeList
from openics.messages.document import Document
from openics.messages.examples import examples_of
from openics.messages.registry import ALL


def lines(path: str) -> list[str]:
    found = handbook.page(path)
    assert found is not None
    return found.text.splitlines()


def section(path: str, heading: str) -> list[str]:
    """The lines of a page under a heading, up to the next of the same depth or less."""
    found = lines(path)
    start = found.index(heading) + 1
    depth = heading.partition(" ")[0]
    ends = (at for at, line in enumerate(found[start:], start) if line.startswith("#") and line.split()[0] <= depth)
    return found[start : next(ends, len(found))]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_message_has_its_page_with_every_field_segment_and_example(kind: type[Document]) -> None:
    page = handbook.page(f"messages/{kind.name}.md")
    assert page is not None
    assert page.text.startswith(f"# {kind.name}: ")
    assert (page.kind, page.names, page.summary) == ("message", (kind.name,), kind.guide.purpose)
    fields = [field for part in parts_of(kind) for field in part.fields()]
    assert [field.name for field in fields if f" | `{field.name}` | " not in page.text] == []
    uses = [use.key.replace("|", "\\|") for row in kind.guide.layout.rows() for use in row.uses]
    assert [key for key in uses if f" | `{key}`" not in page.text] == []
    shown = [example.decode("latin-1").rstrip("\n") for example in examples_of(kind).values()]
    assert [text for text in shown if f"```text\n{text}\n```" not in page.text] == []


@pytest.mark.parametrize("name", code_lists())
def test_every_code_list_has_its_page_with_every_code(name: str) -> None:
    page = handbook.page(f"codes/{name}.md")
    assert page is not None
    assert (page.kind, page.summary) == ("code list", code_lists()[name].heading())
    assert [code for code in code_lists()[name].meanings() if f"| `{code}` | " not in page.text] == []


@pytest.mark.parametrize("path", errors())
def test_every_error_has_its_page(path: str) -> None:
    page, error = handbook.page(path), errors()[path]
    assert page is not None
    assert page.kind == "error"
    assert error.id in page.names
    assert "## What to do" in page.text.splitlines()


def test_every_code_list_of_an_item_has_a_page() -> None:
    used: set[type[CodeList]] = {
        field.codes for kind in ALL for part in parts_of(kind) for field in part.fields() if field.codes
    }
    assert used <= set(code_lists().values())


def test_a_page_says_who_sends_what_and_how_it_is_answered() -> None:
    found = lines("messages/EXD.md")
    assert found[0] == "# EXD: export declaration"
    assert "- Direction: from a trader to customs" in found
    assert "- Answered by: [EXDR](EXDR.md)" in found
    assert "- UN/EDIFACT message: `CUSDEC:D:99B:UN`" in found
    assert "- Answers: [EXD](EXD.md)" in lines("messages/EXDR.md")


def test_the_segment_table_has_uses_with_fixed_values_in_words() -> None:
    found = section("messages/EXD.md", "## Segments")
    assert found[1] == "| No. | Segment | M/C | Times | Use | Fixed values | Items |"
    assert (
        "| 3 | LOC place or location identification | C | 99 | `LOC+9` | 3227 `9` Place/port of loading; 3055 `6` UN/ECE "
        "| Port of Loading |" in found
    )
    assert (
        "|  |  |  |  | `GIS+107` | 1131 code list identification code `107`; 3055 `95` Australian customs "
        "| Customable Excisable Indicator |" in found
    )
    assert "|  | &emsp;**SG35** | C | 999 |  | group of RFF |  |" in found
    assert "|  |  |  |  | `RFF+EP`, 99 times | 1153 `EP` Export permit number | Permit |" in found


def test_a_value_that_others_may_replace_is_told() -> None:
    (row,) = (line for line in section("messages/EXD.md", "## Segments") if line.startswith("| 2 | BGM"))
    assert "1001 `830` Goods declaration for exportation (others are accepted); 1000 document name `EXD`" in row


def test_an_item_has_place_format_use_codes_and_evidence() -> None:
    found = section("messages/EXD.md", "## Items")
    assert (
        "| First Port of Discharge | `first_port_of_discharge` | `LOC+12/C517.3225` | text an5 "
        "| conditional: needed unless PO, ST or SP |  | documented |" in found
    )
    assert any(
        line.startswith(
            "| Mode of Transport | `transport_mode` | `SG4/TDT+20/C228.8179` | text | conditional: needed unless PO "
            "| [transport mode](../codes/TransportMode.md) (others are passed on) | "
        )
        for line in found
    )
    assert section("messages/EXD.md", "## Items: export line")[1:4] == [
        "One line of an export declaration: goods under one AHECC code.",
        "",
        "Lines of the message: `SG30`, at most 99999 times.",
    ]


def test_a_bar_in_a_path_does_not_break_the_table() -> None:
    (row,) = (line for line in lines("messages/CLREG.md") if line.startswith("| Contacts | "))
    assert "| `SG7/SG8/SG14/FTX+CAT+AP\\|BP\\|MO\\|EA\\|FA` | records: contact " in row


def test_rules_lead_to_errors_and_back() -> None:
    assert (
        "| [EXD-D-02](../rules/exports.md) | [EX9022](../errors/EX9022.md) | error | the document "
        "| SENDER REFERENCE MUST BE SUPPLIED |"
    ) in section("messages/EXD.md", "## Rules")
    assert (
        "| [EXD-D-02](../rules/exports.md) | [EXD](../messages/EXD.md) | error | the document "
        "| SENDER REFERENCE MUST BE SUPPLIED | documented | EXD business rules, ICS software developers guide |"
    ) in section("errors/EX9022.md", "## Rules that report it")
    assert [
        line for line in lines("rules/exports.md") if line.startswith("| EXD-D-02 | [EX9022](../errors/EX9022.md) |")
    ]


def test_what_is_filled_into_a_sentence_is_in_italics() -> None:
    (row,) = (line for line in section("messages/EXD.md", "## Rules") if "[X06]" in line)
    assert "VERSION *version* IS STALE; THE LATEST VERSION STORED IS *own version* |" in row


def test_codes_lead_to_the_items_that_hold_them() -> None:
    assert (
        "| [EXD](../messages/EXD.md) | Goods Origin Code (export line) | `LOC+27/C519.3223` | refused by the gateway "
        "| documented |"
    ) in section("codes/GoodsOrigin.md", "## Used by")
    assert "| `AU-QL` | Queensland |" in section("codes/GoodsOrigin.md", "## Codes")
    assert lines("codes/GoodsOrigin.md")[0] == "# Goods origin"


def test_an_example_is_read_segment_by_segment() -> None:
    found = section("messages/EXD.md", "### Typical")
    assert "Files: [EDIFACT](../examples/EXD/typical.edi), [JSON](../examples/EXD/typical.json)." in found
    assert "| `UNS+D'` | section control |" in found
    assert "| `GIS+N:79:95'` | Confirming Export Type: **N** (not a confirming export) |" in found


def test_the_json_form_and_its_schema_are_there() -> None:
    found = section("messages/EXD.md", "## JSON form")
    assert "The JSON Schema: [EXD.schema.json](../schemas/EXD.schema.json)." in found
    assert found[found.index("```json") + 1 :][0] == "{"


@pytest.mark.parametrize(
    ("path", "title", "said"),
    [
        ("errors/MS5201.md", "# MS5201", "THIS TRANSACTION WAS REJECTED"),
        ("errors/contrl-13.md", "# CONTRL 13", "Missing"),
        (
            "errors/erm-22.md",
            "# ERM 22",
            "A data item is shorter, longer or of another kind than the data dictionary allows",
        ),
        ("errors/EX9000.md", "# EX9000", "\\<item\\> MUST BE SUPPLIED"),
        ("errors/EX9490.md", "# EX9490", "The advice of a status answer that names a condition not met."),
    ],
)
def test_an_error_says_what_it_means(path: str, title: str, said: str) -> None:
    assert lines(path)[0] == title
    assert lines(path)[2].startswith(said)


def test_the_indexes_name_everything() -> None:
    assert [
        kind.name for kind in ALL if f"| [{kind.name}]({kind.name}.md) |" not in "\n".join(lines("messages/index.md"))
    ] == []
    assert [name for name in code_lists() if f"]({name}.md) |" not in "\n".join(lines("codes/index.md"))] == []
    paths = [path.removeprefix("errors/") for path in errors()]
    assert [path for path in paths if f"]({path}) |" not in "\n".join(lines("errors/index.md"))] == []


def test_there_is_no_page_of_another_name() -> None:
    assert handbook.page("messages/NOSUCH.md") is None
    assert handbook.page("") is None
    assert handbook.asset("schemas/NOSUCH.schema.json") is None


def test_paths_are_those_of_the_pages_in_order() -> None:
    assert [page.path for page in handbook.all_pages()] == list(handbook.page_paths())
    assert handbook.page_paths()[:2] == ("index.md", "reading.md")
