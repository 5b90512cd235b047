"""The files that the bundle holds and pages link to: schemas, examples, code lists, errors, the index of messages."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any

from openics.handbook.declared import answers, code_lists, items_of, name_of_list, room_of, usages
from openics.handbook.errors import ErrorId, errors
from openics.handbook.example_parts import documents_in, kinds_of
from openics.handbook.item_table import form
from openics.handbook.rulebook import rules_of
from openics.messages.codes import CodeList
from openics.messages.document import Document, Part
from openics.messages.examples import examples_of
from openics.messages.fields import Field
from openics.messages.registry import ALL


@cache
def makers() -> dict[str, Callable[[], bytes]]:
    """What makes each file, by its path."""
    found: dict[str, Callable[[], bytes]] = {}
    for document in ALL:
        found[f"schemas/{document.name}.schema.json"] = partial(_schema, document)
        for kind in kinds_of(document):
            found[f"examples/{document.name}/{kind}.edi"] = partial(_example, document, kind)
            found[f"examples/{document.name}/{kind}.json"] = partial(_example_form, document, kind)
    for name, codes in code_lists().items():
        found[f"codes/{name}.csv"] = partial(_codes_table, codes)
        found[f"codes/{name}.json"] = partial(_codes_form, codes)
    return found | {"messages.json": _messages, "errors.csv": _errors_table, "errors.json": _errors_form}


def as_json(value: Any) -> bytes:
    """A value as JSON text with a line end."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as comma separated values with a heading."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    return out.getvalue().encode()


def _schema(document: type[Document]) -> bytes:
    return as_json(document.json_schema())


def _example(document: type[Document], kind: str) -> bytes:
    return examples_of(document)[kind]


def _example_form(document: type[Document], kind: str) -> bytes:
    """The JSON form of the first message of the kind in the interchange."""
    inside = documents_in(examples_of(document)[kind])
    return as_json(next(each for each in inside if each.name == document.name).to_json())


def _codes_table(codes: type[CodeList]) -> bytes:
    return as_csv(("code", "meaning"), codes.meanings().items())


def _codes_form(codes: type[CodeList]) -> bytes:
    users = [
        {
            "message": usage.document.name,
            "item": usage.field.label,
            "field": usage.field.name,
            "closed": usage.field.closed,
        }
        for usage in usages().get(codes, ())
    ]
    about = {"name": name_of_list(codes), "about": codes.heading(), "codes": codes.meanings(), "used_by": users}
    return as_json(about)


def _messages() -> bytes:
    return as_json([_message(document) for document in ALL])


def _message(document: type[Document]) -> dict[str, Any]:
    guide = document.guide
    return {
        "name": guide.name,
        "title": guide.title,
        "room": room_of(document),
        "direction": guide.direction,
        "parties": guide.parties,
        "purpose": guide.purpose,
        "edifact": ":".join(guide.header),
        "version": guide.version,
        "evidence": guide.evidence,
        "source": guide.source,
        "answered_by": [each.name for each in answers(document)],
        "examples": kinds_of(document),
        "rules": [{"rule": rule.id, "error": rule.error} for rule in rules_of(document)],
        "items": [_item(document, part, field) for part, field in items_of(document)],
    }


def _item(document: type[Document], part: type[Part], field: Field) -> dict[str, Any]:
    return {
        "item": field.label,
        "field": field.name,
        "record": "" if part is document else part.__name__,
        "place": field.path,
        "format": form(field),
        "use": field.use,
        "condition": field.condition,
        "codes": name_of_list(field.codes) if field.codes else "",
        "evidence": field.evidence,
    }


def _errors_table() -> bytes:
    rows = [tuple(_error(each).values()) for each in errors().values()]
    head = list(_error(next(iter(errors().values()))))
    return as_csv(head, [[" ".join(cell) if isinstance(cell, list) else cell for cell in row] for row in rows])


def _errors_form() -> bytes:
    return as_json([_error(each) for each in errors().values()])


def _error(error: ErrorId) -> dict[str, Any]:
    return {
        "id": error.id,
        "group": error.group,
        "severity": error.severity,
        "meaning": error.meaning,
        "what_to_do": error.advice,
        "evidence": error.evidence,
        "messages": list(error.carried_by),
        "rules": [*error.common_rules, *(rule.id for rule in error.rules)],
    }
