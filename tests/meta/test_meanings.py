"""Every member of a code list says what it means, and every setting what it does."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from meta.project import nodes, python
from openics.messages import codes, registry
from openics.ops.settings import Settings

CODES = [path for path in python("src/openics/") if path.name in {"codes.py", "conditions.py", "findings.py"}]
ENUMS = {"Enum", "StrEnum", "IntEnum", "Flag"}


def enumerations(path: Path) -> list[ast.ClassDef]:
    """The enumerations of a file whose members carry no meaning of their own."""
    return [
        each
        for each in nodes(path, ast.ClassDef)
        if {base.id for base in each.bases if isinstance(base, ast.Name)} & ENUMS
    ]


def unexplained(enumeration: ast.ClassDef) -> list[str]:
    """The members that no docstring follows."""
    body = enumeration.body
    followers = [*body[1:], ast.Pass()]
    members = [(each, after) for each, after in zip(body, followers, strict=True) if isinstance(each, ast.Assign)]
    return [ast.unparse(each.targets[0]) for each, after in members if not is_docstring(after)]


def is_docstring(node: ast.stmt) -> bool:
    """Whether a statement is a text that says something."""
    found = node.value if isinstance(node, ast.Expr) else None
    return isinstance(found, ast.Constant) and isinstance(found.value, str) and len(found.value) > 3


@pytest.mark.parametrize("path", CODES, ids=str)
def test_every_member_has_a_meaning(path: Path) -> None:
    assert {each.name: unexplained(each) for each in enumerations(path) if unexplained(each)} == {}


def code_lists(base: type[codes.CodeList] = codes.CodeList) -> list[type[codes.CodeList]]:
    """Every code list of the messages, whichever module it is in."""
    assert registry.ALL != ()
    inner = [each for child in base.__subclasses__() for each in code_lists(child)]
    return [*([base] if len(base) else []), *inner]


@pytest.mark.parametrize("codes", code_lists(), ids=lambda codes: f"{codes.__module__}.{codes.__name__}")
def test_every_code_of_a_message_has_a_meaning(codes: type[codes.CodeList]) -> None:
    assert [code for code, meaning in codes.meanings().items() if len(meaning) < 2] == []
    assert codes.heading() != ""


def test_the_guard_sees_a_member_without_meaning() -> None:
    written = "class Colour(StrEnum):\n    RED = 'r'\n    '''Like blood.'''\n    BLUE = 'b'\n"
    (found,) = ast.parse(written).body
    assert isinstance(found, ast.ClassDef)
    assert unexplained(found) == ["BLUE"]


def test_every_code_module_is_looked_at() -> None:
    for path in CODES:
        import_module(".".join(path.with_suffix("").parts[1:]))
    rooms = {
        "cargo",
        "clients",
        "continuity",
        "decision",
        "exports",
        "gateway",
        "imports",
        "messages",
        "reference",
        "revenue",
        "voyages",
    }
    assert {path.parent.name for path in CODES} == rooms


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_description(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description is not None
    assert description.endswith(".")
