"""Builds the compiled core of the EDIFACT engine where there is a C compiler; everything else stands in pyproject.toml."""

import runpy
from pathlib import Path

from setuptools import Extension, setup

ROOM = Path("src", "openics", "edifact")
FOUND = runpy.run_path(str(ROOM / "fingerprint.py"))

setup(
    ext_modules=[
        Extension(
            "openics.edifact._speed",
            [str(ROOM / "_speed.c")],
            define_macros=[("OPENICS_SOURCE", f'"{FOUND["fingerprint"](ROOM)}"')],
            depends=[str(ROOM / name) for name in FOUND["SOURCES"]],
            optional=True,
        )
    ]
)
