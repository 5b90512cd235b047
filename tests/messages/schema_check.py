"""A small JSON Schema validator: the keywords that the schemas of documents use, and no others."""

import re
from typing import Any

_TYPES = {"object": dict, "array": list, "string": str, "integer": int}
_IGNORED = {"$schema", "$defs", "title", "description", "examples", "format", "const"}


def violations(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "$") -> list[str]:
    """Where a value breaks a schema; an unknown keyword is an error of the schema."""
    found: list[str] = []
    for keyword, wanted in schema.items():
        if keyword in _IGNORED:
            continue
        found += _CHECKS[keyword](value, wanted, root, place, schema)
    return found


def _type(value: Any, wanted: str, root: Any, place: str, schema: Any) -> list[str]:
    return [] if isinstance(value, _TYPES[wanted]) and not isinstance(value, bool) else [f"{place}: not {wanted}"]


def _properties(value: Any, wanted: dict[str, Any], root: Any, place: str, schema: Any) -> list[str]:
    return [
        problem
        for name, inner in wanted.items()
        if name in value
        for problem in violations(value[name], inner, root, f"{place}.{name}")
    ]


def _required(value: Any, wanted: list[str], root: Any, place: str, schema: Any) -> list[str]:
    return [f"{place}: no {name}" for name in wanted if name not in value]


def _additional(value: Any, wanted: bool, root: Any, place: str, schema: dict[str, Any]) -> list[str]:
    return [f"{place}: {name} too many" for name in value if not wanted and name not in schema["properties"]]


def _items(value: Any, wanted: dict[str, Any], root: Any, place: str, schema: Any) -> list[str]:
    return [problem for each in value for problem in violations(each, wanted, root, f"{place}[]")]


def _reference(value: Any, wanted: str, root: dict[str, Any], place: str, schema: Any) -> list[str]:
    return violations(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, place)


def _one_of(value: Any, wanted: list[dict[str, Any]], root: Any, place: str, schema: Any) -> list[str]:
    return [] if value in [each["const"] for each in wanted] else [f"{place}: {value!r} is no code"]


def _pattern(value: Any, wanted: str, root: Any, place: str, schema: Any) -> list[str]:
    return [] if re.search(wanted, value) else [f"{place}: {value!r} does not match {wanted}"]


def _bound(good: Any) -> Any:
    def check(value: Any, wanted: int, root: Any, place: str, schema: Any) -> list[str]:
        return [] if good(value, wanted) else [f"{place}: {value!r} is out of bounds"]

    return check


_CHECKS = {
    "type": _type,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "$ref": _reference,
    "oneOf": _one_of,
    "pattern": _pattern,
    "minLength": _bound(lambda value, wanted: len(value) >= wanted),
    "maxLength": _bound(lambda value, wanted: len(value) <= wanted),
    "minimum": _bound(lambda value, wanted: value >= wanted),
    "maximum": _bound(lambda value, wanted: value <= wanted),
}
