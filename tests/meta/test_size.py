"""Functions and modules stay small enough to be read at a glance."""

import ast
from pathlib import Path
from statistics import median

import pytest

from meta.project import nodes, python, read

LONGEST_FUNCTION = 45
LONGEST_MODULE = 400
LONGEST_MEDIAN = 11


def lengths(path: Path) -> dict[str, int]:
    """Lines of each function of a file, by its name and line."""
    found = nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
    return {f"{each.name}:{each.lineno}": (each.end_lineno or 0) - each.lineno + 1 for each in found}


@pytest.mark.parametrize("path", python(), ids=str)
def test_a_module_is_short(path: Path) -> None:
    length = read(path).count("\n")
    assert length < LONGEST_MODULE


@pytest.mark.parametrize("path", python(), ids=str)
def test_its_functions_are_short(path: Path) -> None:
    assert {name: length for name, length in lengths(path).items() if length > LONGEST_FUNCTION} == {}


def test_most_functions_are_very_short() -> None:
    found = [length for path in python("src/openics") for length in lengths(path).values()]
    assert median(found) <= LONGEST_MEDIAN
