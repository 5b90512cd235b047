"""Tables hold; they do not decide."""

import ast
from pathlib import Path

import pytest

from meta.project import nodes, python, tree

MODELS = [path for path in python("src/openics/") if path.name.endswith("models.py") and path.parts[2] != "models.py"]


def functions(path: Path) -> list[str]:
    """The functions and methods that may hold logic: all but `__str__` and those of managers."""
    managers = [each for each in nodes(path, ast.ClassDef) if each.name.endswith("Manager")]
    exempt = {id(each) for manager in managers for each in manager.body}
    found = nodes(path, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return [getattr(each, "name", "lambda") for each in found if id(each) not in exempt and not is_string(each)]


def is_string(node: ast.AST) -> bool:
    """Whether it is a `__str__` of one statement."""
    return isinstance(node, ast.FunctionDef) and node.name == "__str__" and len(node.body) == 1


@pytest.mark.parametrize("path", MODELS, ids=str)
def test_models_have_no_logic(path: Path) -> None:
    assert functions(path) == []


@pytest.mark.parametrize("path", MODELS, ids=str)
def test_every_table_says_what_a_row_is(path: Path) -> None:
    classes = [node for node in tree(path).body if isinstance(node, ast.ClassDef)]
    assert [each.name for each in classes if not ast.get_docstring(each)] == []


def test_every_room_with_tables_is_looked_at() -> None:
    channels, domain = ["api", "sign_in"], ["clients", "clients", "continuity"]
    rooms = [*channels, *domain, "exchange", "exchange", "exports", "information", "reference", "voyages"]
    assert [str(path.parent.name) for path in MODELS] == rooms
