"""JSON Schema: says of a document what its fields say."""

import pytest

from messages.schema_check import violations
from openics.messages.clients.clreg import ClientRegistration
from openics.messages.document import Document
from openics.messages.exports.exd import ExportDeclaration
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.registry import ALL

GOOD = {"sender_reference": "R1", "version": 1, "function": "9"}


def test_fields_become_properties() -> None:
    schema = ExportDeclaration.json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["sender_reference", "version", "function"]
    assert schema["additionalProperties"] is False
    properties = schema["properties"]
    assert properties["port_of_loading"] == {
        "title": "Port of Loading",
        "type": "string",
        "minLength": 5,
        "maxLength": 5,
    }
    assert properties["version"] == {
        "title": "Sender Reference Version",
        "type": "integer",
        "minimum": 0,
        "maximum": 999,
    }
    assert properties["total_fob_value"]["pattern"] == r"^-?[0-9]+(\.[0-9]+)?$"
    assert properties["intended_export_date"]["format"] == "date"
    assert properties["customable_excisable"]["oneOf"] == [
        {"const": "Y", "title": "yes"},
        {"const": "N", "title": "no"},
    ]
    assert properties["transport_mode"]["examples"] == ["11", "6"]
    assert properties["lines"]["items"] == {"$ref": "#/$defs/ExportLine"}
    assert schema["$defs"]["ExportLine"]["required"] == ["number"]


def test_records_inside_records_are_defined_once() -> None:
    assert sorted(SyntaxReport.json_schema()["$defs"]) == ["ElementReport", "MessageReport", "SegmentReport"]
    assert sorted(ClientRegistration.json_schema()["$defs"]) == ["Address", "Contact"]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_field_is_in_the_schema(kind: type[Document]) -> None:
    schema = kind.json_schema()
    assert list(schema["properties"]) == [field.name for field in kind.fields()]
    assert (schema["title"], schema["type"]) == (kind.__name__, "object")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"function": "7"}, ["$.function: '7' is no code"]),
        ({"version": 1000}, ["$.version: 1000 is out of bounds"]),
        ({"colour": 1}, ["$: colour too many"]),
        ({"lines": [{}]}, ["$.lines[]: no number"]),
        ({"lines": [{"number": 1, "ahecc": "0302620X"}]}, ["$.lines[].ahecc: '0302620X' does not match ^[0-9]*$"]),
    ],
)
def test_the_schema_refuses_what_is_wrong(change: dict[str, object], found: list[str]) -> None:
    schema = ExportDeclaration.json_schema()
    assert violations({**GOOD, **change}, schema, schema) == found
