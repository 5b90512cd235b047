"""The asset build."""

from pathlib import Path
from typing import Any

import pytest

from web.conftest import ROOT, load_build


@pytest.fixture
def tool(assets: Path) -> Any:
    """The build script, after the assets were built."""
    return load_build()


def test_a_second_run_does_nothing(tool: Any) -> None:
    stamp = (tool.VENDOR / "built-from").stat().st_mtime_ns
    assert tool.build() is False
    assert (tool.VENDOR / "built-from").stat().st_mtime_ns == stamp


def test_a_changed_source_or_missing_outcome_is_noticed(tool: Any) -> None:
    assert tool.is_current(tool.fingerprint()) is True
    assert tool.is_current("0" * 64) is False


def test_every_style_counts(tool: Any) -> None:
    names = {path.name for path in tool.sources()}
    assert {"package.json", "package-lock.json", "build_assets.py", "openics.scss", "_brand.scss"} <= names


def test_outcomes_are_not_committed() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "src/openics/channels/interactive/static/vendor/" in ignored
    assert "node_modules/" in ignored


def test_npm_is_found_even_where_the_machine_has_none(
    tool: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    command, path = tool.npm()
    assert [Path(part).name for part in command] == ["node", "npm-cli.js"]
    assert all(Path(part).is_file() for part in command)
    assert path.endswith(str(tmp_path))


def test_failure_says_what_to_do(tool: Any) -> None:
    with pytest.raises(tool.AssetError, match="`npm run no-such-step` failed; check the network and run this again"):
        tool.run("run", "no-such-step")
