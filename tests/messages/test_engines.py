"""A message is placed and read the same by the compiled core, by its twin in Python, and segment by segment."""

import os
import subprocess
import sys
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from messages.strategies import documents
from messages.test_properties import as_text, changed
from openics.edifact.core import CORE, VARIABLE
from openics.edifact.filling import fill_records
from openics.edifact.matcher import Match, Matcher
from openics.edifact.raw import RawMessage
from openics.messages.binding import Scope, bind
from openics.messages.document import Document
from openics.messages.reading import fillings_of
from openics.messages.registry import ALL
from openics.messages.values import DataError
from openics.messages.writing import write_message

EVERY = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
ENGINES = [None] if CORE is None else [None, CORE]


class Blind:
    """Sees nothing at a glance, so that every segment is split and looked at value by value."""

    def place(self, segments: list[str], position: int, row: Any, counts: Any, placed: Any) -> tuple[int, Any]:
        return position, row


@cache
def matcher(kind: type[Document], core: ModuleType | None) -> Matcher:
    """A matcher of its own for a document class."""
    binding = bind(kind)
    scopes = [scope for scope in binding.scope.all_scopes() if scope.use is None and scope.field]
    return Matcher(kind.guide, frozenset(scope.group for scope in scopes), binding.items, core)


@cache
def blind(kind: type[Document]) -> Matcher:
    """A matcher that looks at every segment."""
    made = matcher(kind, None)
    made.glances = Blind()  # type: ignore[assignment]  # takes the place of the real ones
    return made


def filled(kind: type[Document], match: Match, core: ModuleType | None) -> tuple[Document, list[tuple[Any, ...]]]:
    """The document of what was placed, and the values that are wrong."""
    wrong: list[tuple[Any, ...]] = []
    made = object.__new__(kind)
    root: tuple[Scope, dict[str, Any]] = (bind(kind).scope, made.__dict__)
    fill_records(
        match.placed,
        fillings_of(kind),
        root,
        ".",
        lambda entry, text, placed, error: wrong.append((entry.name, text, placed.position, error.code)),
        DataError,
        core,
    )
    return made, wrong


def agree(kind: type[Document], raw: RawMessage) -> None:
    """Assert that all ways come to the same."""
    expected = blind(kind).match(raw)
    for core in ENGINES:
        found = matcher(kind, core).match(raw)
        assert found == expected
        if not expected.faults:
            assert filled(kind, found, core) == filled(kind, expected, None)


@EVERY
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_message_is_read_the_same(kind: type[Document], data: st.DataObject) -> None:
    document = data.draw(documents(kind))
    header, *inner, trailer = written = write_message(document, "1")
    agree(kind, RawMessage(written))
    agree(kind, RawMessage(text=changed(data.draw, as_text(written))))
    agree(kind, RawMessage([header, *data.draw(st.permutations(inner)), trailer]))
    for core in ENGINES:
        assert filled(kind, matcher(kind, core).match(RawMessage(written)), core) == (document, [])


def test_the_core_is_left_aside_when_the_environment_says_so() -> None:
    script = "from openics.edifact.core import CORE, STATE; print(CORE, STATE)"
    environment = {**os.environ, VARIABLE: "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout == "None in Python, because OPENICS_PURE is set\n"
