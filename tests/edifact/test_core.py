"""When the compiled core works, and when it is left aside."""

import shutil
from pathlib import Path
from types import ModuleType

import pytest

from openics.edifact import core
from openics.edifact.fingerprint import SOURCES, fingerprint

ROOM = Path(core.__file__).parent


def built(source: str) -> ModuleType:
    """A core that was built from these sources."""
    module = ModuleType("_speed")
    module.SOURCE = source  # type: ignore[attr-defined]
    return module


def test_a_core_built_from_these_sources_works(monkeypatch: pytest.MonkeyPatch) -> None:
    module = built(fingerprint())
    monkeypatch.delenv(core.VARIABLE, raising=False)
    monkeypatch.setattr(core, "import_module", lambda name: module)
    assert core.load() == (module, "compiled")


def test_a_core_built_from_other_sources_is_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(core.VARIABLE, raising=False)
    monkeypatch.setattr(core, "import_module", lambda name: built("0" * 64))
    assert core.load() == (None, "in Python, because the core was built from other sources; install OpenICS again")


def test_without_a_core_the_work_is_done_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> ModuleType:
        raise ImportError(name)

    monkeypatch.delenv(core.VARIABLE, raising=False)
    monkeypatch.setattr(core, "import_module", missing)
    found, state = core.load()
    assert (found, state.partition(";")[0]) == (None, "in Python, because the core was not built")


@pytest.mark.parametrize(("value", "used"), [("1", False), ("yes", False), ("0", True), ("", True)])
def test_the_environment_may_ask_for_python(monkeypatch: pytest.MonkeyPatch, value: str, used: bool) -> None:
    module = built(fingerprint())
    monkeypatch.setenv(core.VARIABLE, value)
    monkeypatch.setattr(core, "import_module", lambda name: module)
    assert (core.load()[0] is module) is used


@pytest.mark.parametrize("name", SOURCES)
def test_the_fingerprint_is_of_every_source(tmp_path: Path, name: str) -> None:
    for each in SOURCES:
        shutil.copy(ROOM / each, tmp_path)
    assert fingerprint(tmp_path) == fingerprint()
    path = tmp_path / name
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert fingerprint(tmp_path) == fingerprint()
    path.write_bytes(path.read_bytes() + b" ")
    assert fingerprint(tmp_path) != fingerprint()
