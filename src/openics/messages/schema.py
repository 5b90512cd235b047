"""JSON Schema (2020-12) of documents."""

from typing import TYPE_CHECKING, Any, Final

from openics.edifact.directory import parse_format
from openics.messages.fields import Field, Kind

if TYPE_CHECKING:
    from openics.messages.document import Part

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TYPES: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"type": "string"},
    Kind.INTEGER: {"type": "integer", "minimum": 0},
    Kind.DECIMAL: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.TIME: {"type": "string", "format": "date-time"},
    Kind.CLOCK: {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    Kind.STAMP: {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?$"},
}


def json_schema(part: type["Part"]) -> dict[str, Any]:
    """The schema of a document's JSON form; the records inside it are under `$defs`."""
    definitions: dict[str, Any] = {}
    schema = {"$schema": DIALECT, **_object(part, definitions)}
    return {**schema, "$defs": definitions} if definitions else schema


def _object(part: type["Part"], definitions: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": part.__name__,
        "description": " ".join((part.__doc__ or "").split()),
        "type": "object",
        "properties": {field.name: _property(field, definitions) for field in part.fields()},
        "required": [field.name for field in part.fields() if field.required],
        "additionalProperties": False,
    }


def _property(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    about = {"title": field.label} | ({"description": field.condition} if field.condition else {})
    value = _reference(field, definitions) if field.kind is Kind.PART else _value(field)
    return {**about, "type": "array", "items": value} if field.repeated else {**about, **value}


def _reference(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    name = field.part.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(field.part, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _value(field: Field) -> dict[str, Any]:
    value = dict(_TYPES[field.kind])
    if field.codes:
        codes = [{"const": code, "title": meaning} for code, meaning in field.codes.meanings().items()]
        return {**value, "oneOf": codes} if field.closed else {**value, "examples": [each["const"] for each in codes]}
    if field.length and field.kind is Kind.TEXT:
        wanted = parse_format(field.length)
        value |= {"minLength": wanted.shortest, "maxLength": wanted.longest}
        value |= {"pattern": "^[0-9]*$"} if wanted.kind == "n" else {}
    elif field.length and field.kind is Kind.INTEGER:
        value["maximum"] = 10 ** parse_format(field.length).longest - 1
    return value
