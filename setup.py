"""Builds the compiled core of the EDIFACT engine where there is a C compiler; everything else stands in pyproject.toml."""

import runpy
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOM = Path("src", "openics", "edifact")
FOUND = runpy.run_path(str(ROOM / "fingerprint.py"))


class BuildCore(build_ext):
    """Puts a rebuilt core in the place of the old one as a new file: a process may have the old one in memory."""

    def copy_file(self, infile, outfile, *more, **options):
        """Copy a built file."""
        Path(outfile).unlink(missing_ok=True)
        return super().copy_file(infile, outfile, *more, **options)


setup(
    cmdclass={"build_ext": BuildCore},
    ext_modules=[
        Extension(
            "openics.edifact._speed",
            [str(ROOM / "_speed.c")],
            define_macros=[("OPENICS_SOURCE", f'"{FOUND["fingerprint"](ROOM)}"')],
            depends=[str(ROOM / name) for name in FOUND["SOURCES"]],
            optional=True,
        )
    ],
)
