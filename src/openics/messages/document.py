"""Documents: the typed, unchangeable form of a message, declared field by field.

A document class names its business fields; where each stands in the EDIFACT message is said only by `at`, `each` and
`group`. Everything else (reading, writing, validation, JSON, schema, forms, reference pages) is derived from that.
"""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

from openics.edifact.guide import Guide
from openics.messages.fields import Field, bind_fields


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Part:
    """A record of named fields: a document, or a repeated part of one (a line, an address, an entry).

    Absent fields are None, repeated ones `()`; an empty text counts as absent, as it does in EDIFACT. Parts are equal when
    their types and fields are. Instances keep only what is present; the class attributes supply the rest.
    """

    part_fields: ClassVar[tuple[Field, ...]] = ()
    field_names: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.part_fields = bind_fields(cls)
        cls.field_names = frozenset(field.name for field in cls.part_fields)
        for field in cls.part_fields:
            setattr(cls, field.name, field.default)

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self.field_names
        if unknown:
            raise TypeError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        kept = self.__dict__
        for name, value in values.items():
            if isinstance(value, list | tuple):
                value = tuple(each for each in value if each != "")  # noqa: PLW2901
            if value is not None and value != "" and value != getattr(type(self), name):
                kept[name] = value

    def replace(self, **changes: Any) -> Self:
        """A copy with some fields changed; None (or `()`) removes a field."""
        return type(self)(**{**self.__dict__, **changes})

    @classmethod
    def fields(cls) -> tuple[Field, ...]:
        """What is known of each field, in the order of the message: label, type, lengths, codes, evidence, source."""
        return cls.part_fields

    def present(self) -> Iterator[tuple[Field, Any]]:
        """The fields that have a value, with it, in the order of declaration."""
        for field in self.part_fields:
            if field.name in self.__dict__:
                yield field, self.__dict__[field.name]

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed; use replace({name}=...) to make another")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed; use replace({name}=None) to make another")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), frozenset(self.__dict__.items())))

    def __repr__(self) -> str:
        inner = ", ".join(f"{field.name}={value!r}" for field, value in self.present())
        return f"{type(self).__name__}({inner})"

    def to_json(self) -> dict[str, Any]:
        """The fields that have a value, by name: numbers with decimals as text, dates and times in ISO 8601."""
        from openics.messages.json_form import to_json

        return to_json(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Build from the JSON form. Raises `JsonFormError`, which names the place and the cause."""
        from openics.messages.json_form import from_json

        return from_json(cls, data)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema (2020-12) of the JSON form."""
        from openics.messages.schema import json_schema

        return json_schema(cls)


class Document(Part):
    """A whole message. `guide` says which one it is and how it is laid out."""

    guide: ClassVar[Guide]
    name: ClassVar[str] = ""
    """The ICS short name, e.g. `EXD`."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "guide" in cls.__dict__:
            cls.name = cls.guide.name


Made = TypeVar("Made")


def once_per_class(make: Callable[[type[Document]], Made]) -> Callable[[type[Document]], Made]:
    """Keep what `make` makes of a document class, so that it is made once."""
    made: dict[type[Document], Made] = {}

    def get(document: type[Document]) -> Made:
        if document not in made:
            made[document] = make(document)
        return made[document]

    return get
