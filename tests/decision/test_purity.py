"""Rooms decide, load and record without Django and without a database driver; only their tables need Django."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("room", ["openics.clients.handlers", "openics.exports.handlers", "openics.reference.loader"])
def test_a_room_is_imported_without_framework_and_driver(room: str) -> None:
    code = f"import sys, {room}; print(sorted({{'django', 'psycopg'}} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
