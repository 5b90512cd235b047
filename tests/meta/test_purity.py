"""What decides knows no database and no framework."""

import ast
from pathlib import Path

import pytest

from meta.project import nodes, python

PURE_ROOMS = tuple(f"src/openics/{room}/" for room in ("edifact", "messages", "pki", "decision", "trader"))
DOMAIN_ROOMS = tuple(f"src/openics/{room}/" for room in ("clients", "reference", "exports", "voyages"))
IMPURE_FILES = {"models", "register_models", "load", "loader", "record", "people"}
"""The files of a domain room that read and write tables."""
OUTSIDE = {"django", "psycopg", "allauth", "aiosmtpd", "structlog", "typer", "rich"}
DATABASE = {"django", "psycopg", "allauth"}


def imports(path: Path) -> set[str]:
    """The top packages that a file imports, wherever the import stands."""
    plain = {alias.name for each in nodes(path, ast.Import) for alias in each.names}
    from_ = {each.module or "" for each in nodes(path, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | from_}


@pytest.mark.parametrize("path", python(*PURE_ROOMS), ids=str)
def test_a_pure_room_imports_no_database(path: Path) -> None:
    assert imports(path) & DATABASE == set()


@pytest.mark.parametrize("path", [path for path in python(*DOMAIN_ROOMS) if path.stem not in IMPURE_FILES], ids=str)
def test_what_decides_imports_nothing_from_outside(path: Path) -> None:
    assert imports(path) & OUTSIDE == set()


@pytest.mark.parametrize("path", python(*DOMAIN_ROOMS), ids=str)
def test_only_tables_and_people_know_django(path: Path) -> None:
    assert path.stem in {"models", "register_models", "people"} or "django" not in imports(path)
