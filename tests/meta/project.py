"""What the guards look at: the project's own files, without what `.gitignore` leaves out."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[2]
SOURCE = Path("src/openics")
BINARY = {".png"}
Node = TypeVar("Node", bound=ast.AST)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project, by its path below it."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line.strip()]
    return tuple(sorted(_below(ROOT, [".git", *ignored])))


def _below(directory: Path, ignored: list[str]) -> Iterator[Path]:
    for entry in directory.iterdir():
        path = entry.relative_to(ROOT)
        if any(fnmatch(path.name, pattern) or fnmatch(str(path), pattern) for pattern in ignored):
            continue
        if entry.is_dir():
            yield from _below(entry, ignored)
        elif entry.is_file():
            yield path


@cache
def read(path: Path) -> str:
    """The text of a file."""
    return (ROOT / path).read_text("utf-8")


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file with its content."""
    for path in files():
        if path.suffix not in BINARY:
            yield path, read(path)


def python(*below: str) -> list[Path]:
    """The Python files that are written by hand, in these directories or in all."""
    found = [path for path in files() if path.suffix == ".py" and "migrations" not in path.parts]
    return [path for path in found if not below or str(path).startswith(below)]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(read(path))


def nodes(path: Path, *kinds: type[Node]) -> list[Node]:
    """The nodes of some kinds in a Python file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]
