"""Files are written whole, and changes are noticed."""

import stat
from pathlib import Path

import pytest

from openics.pki import directory
from openics.pki.directory import Watch, stamp, write_whole


def test_a_file_is_written_with_its_mode_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "new" / "file", b"content", 0o600)
    assert (tmp_path / "new" / "file").read_bytes() == b"content"
    assert stat.S_IMODE((tmp_path / "new" / "file").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["file"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_whole(path, b"old")
    with pytest.raises(TypeError):
        write_whole(path, "not bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_the_stamp_changes_with_the_files_and_not_otherwise(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    first = stamp([tmp_path, tmp_path / "missing"])
    assert stamp([tmp_path]) == first
    (tmp_path / ".hidden").write_bytes(b"")
    assert stamp([tmp_path]) == first
    write_whole(tmp_path / "other", b"")
    second = stamp([tmp_path])
    assert second != first
    write_whole(tmp_path / "other", b"longer")
    assert stamp([tmp_path]) != second


def test_a_watch_tells_a_change_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(tmp_path)
    write_whole(tmp_path / "file", b"")
    assert watch.changed() is False, "it looks at most once a second"
    monkeypatch.setattr(directory, "RELOAD_AFTER", 0.0)
    assert watch.changed() is True
    assert watch.changed() is False


def test_a_link_to_nothing_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "removed.crl").symlink_to(tmp_path / "nowhere")
    assert stamp([tmp_path]) == ()
