"""The compiled core: loops in C over segments in which nothing is wrong, where it was built; else their twins in Python.

It is built when OpenICS is installed on a machine with a C compiler. What it does is defined by its twins, and it is left
aside when it was built from other sources than those that stand here, or when OPENICS_PURE is set.
"""

import os
from importlib import import_module
from types import ModuleType
from typing import Final

from openics.edifact.fingerprint import fingerprint

VARIABLE: Final = "OPENICS_PURE"
"""Set to anything but nothing or 0 it keeps the compiled core from being used."""


def load() -> tuple[ModuleType | None, str]:
    """The core, if it is to be used, and in words whether it is, or why not."""
    if os.environ.get(VARIABLE, "0") not in ("", "0"):
        return None, f"in Python, because {VARIABLE} is set"
    try:
        core = import_module("openics.edifact._speed")
    except ImportError:
        return None, "in Python, because the core was not built; install OpenICS again where there is a C compiler"
    if fingerprint() != core.SOURCE:
        return None, "in Python, because the core was built from other sources; install OpenICS again"
    return core, "compiled"


CORE, STATE = load()
"""The core if it is used, and in words whether it is."""
