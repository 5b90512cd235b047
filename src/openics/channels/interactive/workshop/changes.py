"""From a posted form back to the JSON form of a document (pure)."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from openics.messages.document import Part
from openics.messages.fields import Field, Kind
from openics.messages.json_form import JsonFormError, from_json

_INDEX: Final = re.compile(r"\[([0-9]+)\]\.?|\.")


def shaped(part: type[Part], data: Any) -> dict[str, Any]:
    """What of the data has the shape of the document's JSON form, whether or not the values are right."""
    fields = {field.name: field for field in part.fields()}
    known = data.items() if isinstance(data, dict) else ()
    return {name: _shaped(fields[name], value) for name, value in known if name in fields and value is not None}


def _shaped(field: Field, value: Any) -> Any:
    if not field.repeated:
        return value if isinstance(value, (str, int)) else str(value)
    values = value if isinstance(value, list) else []
    return [shaped(field.part, each) if field.kind is Kind.PART else str(each) for each in values]


def merged(part: type[Part], data: Mapping[str, Any], posted: Mapping[str, str]) -> dict[str, Any]:
    """The JSON form with what the form says of the places that it shows; names of no place are passed over."""
    changed: dict[str, Any] = deepcopy(dict(data))
    for name, text in posted.items():
        found = _home(part, changed, name.split("-"))
        if found:
            field, record = found
            _put(record, field, text)
    return changed


def _home(part: type[Part], data: dict[str, Any], path: list[str]) -> tuple[Field, dict[str, Any]] | None:
    """The field that a name means, and the record that holds it."""
    field = next((each for each in part.fields() if each.name == path[0]), None)
    if field is None:
        return None
    if field.kind is not Kind.PART:
        return (field, data) if len(path) == 1 else None
    row = _row(data, path)
    return _home(field.part, row, path[2:]) if row is not None and len(path) > 2 else None


def _row(data: dict[str, Any], path: list[str]) -> dict[str, Any] | None:
    rows = data.get(path[0])
    if len(path) < 2 or not isinstance(rows, list) or not path[1].isdecimal() or int(path[1]) >= len(rows):
        return None
    row: dict[str, Any] = rows[int(path[1])]
    return row


def _put(record: dict[str, Any], field: Field, text: str) -> None:
    stripped = text.strip()
    if field.repeated:
        values = [_value(field, line.strip()) for line in stripped.splitlines() if line.strip()]
        record[field.name] = values
        if not values:
            del record[field.name]
    elif stripped:
        record[field.name] = _value(field, stripped)
    else:
        record.pop(field.name, None)


def _value(field: Field, text: str) -> Any:
    return int(text) if field.kind is Kind.INTEGER and re.fullmatch("[0-9]+", text) else text


def with_row(part: type[Part], data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The JSON form with one more, empty record at the end of the list that `name` means."""
    changed: dict[str, Any] = deepcopy(dict(data))
    rows = _list(part, changed, name.split("-"))
    if rows is not None:
        rows.append({})
    return changed


def count_of(part: type[Part], data: Mapping[str, Any], name: str) -> int:
    """How many records the list has that `name` means."""
    return len(_list(part, deepcopy(dict(data)), name.split("-")) or ())


def without_row(part: type[Part], data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The JSON form without the record that `name` means."""
    changed: dict[str, Any] = deepcopy(dict(data))
    *path, index = name.split("-")
    rows = _list(part, changed, path) if path else None
    if rows is not None and index.isdecimal() and int(index) < len(rows):
        del rows[int(index)]
    return changed


def _list(part: type[Part], data: dict[str, Any], path: list[str]) -> list[Any] | None:
    field = next((each for each in part.fields() if each.name == path[0] and each.kind is Kind.PART), None)
    if field is None:
        return None
    if len(path) == 1:
        rows: list[Any] = data.setdefault(field.name, [])
        return rows
    row = _row(data, path)
    return _list(field.part, row, path[2:]) if row is not None and len(path) > 2 else None


def problems(part: type[Part], data: Mapping[str, Any]) -> dict[str, str]:
    """What is no value of its field, by the name of its input."""
    found: dict[str, str] = {}
    _look(part, data, "", found)
    return found


def _look(part: type[Part], data: Mapping[str, Any], place: str, found: dict[str, str]) -> None:
    for field in part.fields():
        value = data.get(field.name)
        name = f"{place}{field.name}"
        if field.kind is Kind.PART:
            for index, row in enumerate(value or ()):
                _look(field.part, row, f"{name}-{index}-", found)
        elif value is not None:
            try:
                from_json(part, {field.name: value})
            except JsonFormError as error:
                found[name] = _sentence(field, str(error))


def _sentence(field: Field, text: str) -> str:
    """The error with the business name in place of the JSON one."""
    return re.sub(rf"^{field.name}(\[[0-9]+\])?", field.label, text)


def input_of(place: str) -> str:
    """The name of the input of a place in a JSON form: `lines[3].ahecc` is `lines-3-ahecc`."""
    return _INDEX.sub(lambda found: f"-{found[1]}-" if found[1] else "-", place).rstrip("-")
