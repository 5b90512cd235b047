"""The API as people read it: the OpenAPI description, cut into what a page shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openics.channels.api import openapi
from openics.channels.api.frontdoor import ROOT
from openics.channels.api.problems import KINDS, Kind
from openics.channels.api.site import api


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, where it stands, what it is, whether it must be there."""

    name: str
    place: str
    meaning: str
    form: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    text: tuple[str, ...]
    scope: str
    known: bool
    """Whether the caller must be known."""
    parameters: tuple[Parameter, ...]
    bodies: tuple[str, ...]
    answers: tuple[tuple[str, str, str], ...]
    """Status, what it means, the name of its form."""

    @property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """Its parameters as rows of a table."""
        return [
            (each.name, f"{each.place}, needed" if each.required else each.place, each.meaning, each.form)
            for each in self.parameters
        ]


@dataclass(frozen=True, slots=True)
class Section:
    """The operations about one thing."""

    name: str
    text: str
    operations: tuple[Operation, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.name.lower().replace(" ", "-")


def sections() -> tuple[Section, ...]:
    """The whole API, thing by thing."""
    found = openapi.described(api)
    operations = [
        (operation["tags"][0], _operation(method, path, operation))
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
    ]
    return tuple(
        Section(tag["name"], tag["description"], tuple(each for name, each in operations if name == tag["name"]))
        for tag in found["tags"]
    )


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> Operation:
    security = operation["security"]
    scopes = security[0]["program"] if security else []
    text = operation.get("description", "").partition("\n\nNeeds the scope")[0]
    return Operation(
        name=operation["operationId"],
        method=method.upper(),
        path=path.removeprefix(ROOT),
        summary=operation["summary"],
        text=tuple(_plain(" ".join(part.split())) for part in text.split("\n\n") if part.strip()),
        scope=scopes[0] if scopes else "",
        known=bool(security),
        parameters=tuple(_parameter(each) for each in operation.get("parameters", ())),
        bodies=tuple(operation.get("requestBody", {}).get("content", ())),
        answers=tuple(_answers(operation["responses"])),
    )


def _parameter(data: Mapping[str, Any]) -> Parameter:
    return Parameter(
        data["name"], data["in"], _plain(data.get("description", "")), _form(data["schema"]), data["required"]
    )


def _plain(text: str) -> str:
    """A description without its marks for code."""
    return text.replace("`", "")


def _form(schema: Mapping[str, Any]) -> str:
    """What a value may be, in words."""
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if choices:
        return _form(choices[0])
    pattern = str(schema.get("pattern", "")).strip("^$").removesuffix("?").strip("()")
    if "|" in pattern:
        return pattern.replace("|", ", ")
    if "maximum" in schema:
        return f"{schema.get('minimum', 0)} to {schema['maximum']}"
    if "maxLength" in schema:
        return f"up to {schema['maxLength']} characters"
    return str(schema.get("format") or {"integer": "whole number", "string": "text"}.get(schema.get("type", ""), ""))


def _answers(responses: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for status, answer in responses.items():
        if status.startswith("2"):
            contents: list[tuple[str, dict[str, Any]]] = list(answer.get("content", {}).items())
            media, content = contents[0] if contents else ("", {})
            yield status, _title(status), _name(content.get("schema", {})) or media


def _title(status: str) -> str:
    return {"200": "OK", "202": "Stored, to be decided", "204": "Done, nothing to say"}.get(status, "")


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2].strip("_").replace("_", " of ")


def forms() -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    """The forms of answers: name, what it is, and members with type and meaning."""
    schemas = openapi.described(api)["components"]["schemas"]
    shown = [name for name in schemas if not name.startswith(("Page", "All", "Submit")) or name == "Submission"]
    return [
        (name, schemas[name].get("description", ""), [_member(*each) for each in schemas[name]["properties"].items()])
        for name in sorted(shown)
        if "." not in name and name.upper() != name
    ]


def _member(name: str, schema: Mapping[str, Any]) -> tuple[str, str, str]:
    return name, _type(schema), _plain(schema.get("description", ""))


def _type(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        kinds = [_type(each) for each in schema["anyOf"] if each.get("type") != "null"]
        return f"{' or '.join(kinds)}, or null"
    if "$ref" in schema:
        return _name(schema)
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("format") or schema.get("type") or "object")


def kinds() -> Mapping[str, Kind]:
    """Every kind of problem."""
    return KINDS
