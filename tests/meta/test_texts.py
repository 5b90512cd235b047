"""What no file of the project contains: addresses of registries, paths of one machine, promises."""

import json
import re
from pathlib import Path

import pytest

from meta.project import files, python, read, texts

REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "yarn" + "pkg", "arti" + "factory", "devpi" + "/")
MACHINE = re.compile(r"(?<![\w.])/" + "(home|Users|work|root|mnt|opt)" + "/[A-Za-z0-9]")
PROMISES = re.compile(r"\b(TO" + "DO|FIX" + r"ME|NotImplemented" + r"Error)\b")
LOCKED = sorted(path for path in files() if path.parent == Path("requirements") and path.suffix == ".txt")


def offenders(pattern: re.Pattern[str]) -> list[str]:
    """Each place where a pattern occurs, as `file:line: text`."""
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        if pattern.search(text)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert offenders(re.compile("|".join(map(re.escape, REGISTRIES)))) == []


def test_no_file_names_a_place_on_one_machine() -> None:
    assert offenders(MACHINE) == []


def test_nothing_is_promised_for_later() -> None:
    assert offenders(PROMISES) == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE.search("see /" + "home/somebody/notes")
    assert MACHINE.search("'/" + "root/x'")
    assert not MACHINE.search("tests/wo" + "rk/x and ../ho" + "me/x")
    assert PROMISES.search("# TO" + "DO: later")


def test_there_is_something_to_look_at() -> None:
    assert {Path("README.md"), Path("src/openics/__init__.py"), Path("tests/conftest.py")} <= set(files())
    assert not [path for path in files() if path.parts[0] in {".git", ".venv", "node_modules"}]
    assert len(python()) > 250


@pytest.mark.parametrize("path", LOCKED, ids=str)
def test_every_requirement_is_locked_with_hashes_and_without_addresses(path: Path) -> None:
    requirements = re.sub(r"\\\n\s*", " ", re.sub(r"^\s*#.*\n", "", read(path), flags=re.MULTILINE)).splitlines()
    wrong = [
        line
        for line in requirements
        if not re.fullmatch(r"[\w.-]+==\S+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+\s*", line)
    ]
    assert wrong == []
    assert "://" not in read(path)


def test_what_runs_is_locked() -> None:
    assert [path.name for path in LOCKED] == ["assets.txt", "dev.txt", "fuzz.txt", "run.txt"]


def test_the_npm_lock_has_hashes_and_no_addresses() -> None:
    packages = json.loads(read(Path("package-lock.json")))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def names(path: Path) -> set[str]:
    """The packages that a requirements file asks for."""
    lines = [line.partition("#")[0].strip() for line in read(path).splitlines()]
    return {re.split(r"[\[<>=~! ;]", line)[0] for line in lines if line and not line.startswith("-")}


@pytest.mark.parametrize("source", ["run", "dev", "assets", "npm"])
def test_every_dependency_has_its_reason(source: str) -> None:
    if source == "npm":
        package = json.loads(read(Path("package.json")))
        wanted = {*package["dependencies"], *package["devDependencies"]}
    else:
        wanted = names(Path("requirements", f"{source}.in"))
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", read(Path("docs/decisions/dependencies.md")), re.MULTILINE)
    reasons = {name.strip(): reason for given, reason in rows for name in given.split(",")}
    assert sorted(wanted - reasons.keys()) == []
