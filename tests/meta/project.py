"""What the guards look at: the project's own files, as they would be committed."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "openics"
TESTS = ROOT / "tests"
BINARY = {".png", ".ico", ".woff2"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is committed or would be, by its path below the project."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True).stdout
    return tuple(sorted(Path(name) for name in listed.splitlines() if (ROOT / name).is_file()))


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file with its content."""
    for path in files():
        if path.suffix not in BINARY:
            yield path, (ROOT / path).read_text("utf-8")


def python() -> Iterator[tuple[Path, str]]:
    """Every Python file that is written by hand, with its content."""
    for path, text in texts():
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, text


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse((ROOT / path).read_text("utf-8"))


def nodes(kind: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of a kind in the hand-written Python files."""
    for path, _ in python():
        for node in ast.walk(tree(path)):
            if isinstance(node, kind):
                yield path, node
