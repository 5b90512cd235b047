"""The page of a message, and the index of messages."""

import json
from collections.abc import Iterator

from openics.decision.rule import Rule
from openics.decision.usage import ITEM_RULE
from openics.edifact.standard import deviations
from openics.handbook.declared import ROOMS, answered, answers, items_of, room_of
from openics.handbook.errors import error_path, item_error
from openics.handbook.example_parts import example_sections, kinds_of, typical_document
from openics.handbook.item_table import item_sections
from openics.handbook.markup import DIRECTIONS, EVIDENCE, code, fenced, link, literal, sentence, source, standing, table
from openics.handbook.pages import Page
from openics.handbook.rulebook import rules_of
from openics.handbook.segment_table import HEAD, segment_rows
from openics.messages import page_names as names
from openics.messages.document import Document
from openics.messages.registry import ALL


def message_path(document: type[Document]) -> str:
    """Where the page of a message lies."""
    return f"{names.message_page(document.name)}.md"


def message_page(document: type[Document]) -> Page:
    """Everything that is declared of a message."""
    guide, path = document.guide, message_path(document)
    title = f"{guide.name}: {guide.title[0].lower()}{guide.title[1:]}"
    lines = [f"# {title}", "", literal(guide.purpose), "", *_facts(document, path), ""]
    lines += ["## Segments", "", *table(HEAD, segment_rows(document))]
    lines += [*item_sections(document, path), *_rules(document, path)]
    lines += ["## Examples", "", *example_sections(document, path), *_json(document, path), *_deviations(document)]
    items = (text for _, field in items_of(document) for text in (field.label, field.name))
    return Page(path, title, "message", _joined(lines), guide.purpose, (guide.name,), tuple(dict.fromkeys(items)))


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def _facts(document: type[Document], path: str) -> Iterator[str]:
    guide = document.guide
    yield f"- Direction: {DIRECTIONS[guide.direction]}"
    if guide.parties:
        yield f"- {'Who gets it' if guide.direction == 'out' else 'Who sends it'}: {literal(guide.parties)}"
    if guide.answer:
        yield f"- Answered by: {_links(path, answers(document)) or literal(guide.answer)}"
    if answered(document):
        yield f"- Answers: {_links(path, answered(document))}"
    yield f"- Room: {ROOMS[room_of(document)]}"
    yield f"- UN/EDIFACT message: {code(':'.join(guide.header))}"
    if guide.version:
        yield f"- Guideline version: {literal(guide.version)}"
    yield f"- Evidence of the segment table: {EVIDENCE[guide.evidence]}; source: {source(guide.source)}"
    yield f"- {link('How to read this page', path, 'reading.md')}"


def _links(path: str, documents: list[type[Document]]) -> str:
    return ", ".join(link(each.name, path, message_path(each)) for each in documents)


def _rules(document: type[Document], path: str) -> list[str]:
    rows = [*_common_rules(document, path), *(_rule_row(rule, path) for rule in rules_of(document))]
    if not rows:
        return ["## Rules", "", "No rule decides on this message beyond its segment table and its items.", ""]
    return ["## Rules", "", *table(("Rule", "Error", "Severity", "Checked for", "Sentence"), rows)]


def _common_rules(document: type[Document], path: str) -> Iterator[tuple[str, ...]]:
    error = item_error(document)
    if error:
        yield ITEM_RULE, link(error, path, error_path(error)), "error", "each item", "*mandatory item* MUST BE SUPPLIED"


def _rule_row(rule: Rule, path: str) -> tuple[str, ...]:
    return (
        link(rule.id, path, f"rules/{rule.module.split('.')[1]}.md"),
        link(rule.error, path, error_path(rule.error)),
        rule.severity.value.lower(),
        "each line" if rule.per_line else "the document",
        sentence(rule),
    )


def _json(document: type[Document], path: str) -> Iterator[str]:
    typical = typical_document(document)
    yield from ("## JSON form", "")
    yield f"The JSON Schema: {link(f'{document.name}.schema.json', path, f'schemas/{document.name}.schema.json')}."
    yield ""
    if typical:
        yield from ("The typical example:", "")
        yield from fenced(json.dumps(typical.to_json(), indent=2, ensure_ascii=False), "json")


def _deviations(document: type[Document]) -> Iterator[str]:
    found = deviations(document.guide)
    if found:
        yield from ("## Deviations from D.99B", "", *(f"- {literal(each.text)}" for each in found), "")


def message_index() -> Page:
    """The index of messages, room by room."""
    path = "messages/index.md"
    lines = ["# Messages", "", "What OpenICS reads and writes, room by room.", ""]
    for room, heading in ROOMS.items():
        rows = [_index_row(document, path) for document in ALL if room_of(document) == room]
        if rows:
            lines += [f"## {heading}", "", *table(_INDEX_HEAD, rows)]
    return Page(path, "Messages", "index", _joined(lines), "What OpenICS reads and writes, room by room.")


_INDEX_HEAD = (
    "Message",
    "What it is",
    "Way",
    "UN/EDIFACT",
    "Answered by",
    "Items",
    "Rules",
    "Examples",
    "Evidence",
)


def _index_row(document: type[Document], path: str) -> tuple[str, ...]:
    guide = document.guide
    counts = (len(list(items_of(document))), len(rules_of(document)), len(kinds_of(document)))
    return (
        link(document.name, path, message_path(document)),
        literal(guide.title),
        {"in": "to customs", "out": "from customs", "both": "either way"}[guide.direction],
        standing(guide),
        _links(path, answers(document)),
        *map(str, counts),
        EVIDENCE[guide.evidence],
    )
