"""Writes requirements/*.txt anew from requirements/*.in, every file with its hash, no address of any registry."""

import subprocess
import sys
from pathlib import Path

OPTIONS = ["--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras", "--no-header", "--upgrade"]
NO_ADDRESSES = ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"]

for name in ("run", "assets", "dev", "fuzz"):
    source = Path("requirements", f"{name}.in")
    command = [
        sys.executable,
        "-m",
        "piptools",
        "compile",
        *OPTIONS,
        *NO_ADDRESSES,
        "-o",
        source.with_suffix(".txt"),
        source,
    ]
    subprocess.run(command, check=True)
