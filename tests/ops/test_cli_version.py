"""`openics --version`: what is installed, and which EDIFACT core works."""

import os
import subprocess
import sys

import pytest

from openics.edifact import core


@pytest.mark.parametrize(
    ("pure", "state"),
    [("1", "in Python, because OPENICS_PURE is set"), ("0", core.load()[1])],
    ids=["pure", "as built"],
)
def test_the_version_says_which_core_works(pure: str, state: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "openics.ops.cli.main", "--version"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, core.VARIABLE: pure},
    )
    assert done.stdout == f"OpenICS 0.1.0; EDIFACT core: {state}\n"
