"""Builds the documentation: `docs/settings.md`, which is committed, and the site in `build/docs/html`.

The site holds the pages written by hand and the handbook's reference. The output depends on the code alone; a warning, such
as a link that leads nowhere, ends the build.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from openics import handbook
from openics.handbook.markup import table
from openics.handbook.pages import Page
from openics.ops.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build" / "docs"
SETTINGS: Final = Path("docs/settings.md")
SITE: Final = Path("docs/site")
"""What the site has beside its pages: configuration, first page, styles."""
TOP: Final = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE")
REFERENCE: Final = "reference"
GENERATED: Final = "<!-- Made by `make docs`; change the code, not this page. -->"


def settings_page() -> str:
    """The page of settings, as it is committed."""
    rows = [
        (f"`OPENICS_{name.upper()}`", _default(field.default), (field.description or "").replace("|", "\\|"))
        for name, field in Settings.model_fields.items()
    ]
    about = "Environment variables, read once when a process starts. `openics settings` lists them with their present values."
    lines = ["# Settings", "", GENERATED, "", about, "", *table(("Variable", "Default", "Meaning"), rows)]
    return "\n".join(lines)


def _default(value: object) -> str:
    return f"`{value}`" if str(value) else "empty"


def sources() -> dict[str, bytes]:
    """Every file that the site is built from, by its path: as in the project, the handbook under `reference/`."""
    found = {name: (ROOT / name).read_bytes() for name in TOP} | dict(_written())
    found |= {name: (ROOT / SITE / name).read_bytes() for name in ("conf.py", "index.md")}
    found["_static/site.css"] = (ROOT / SITE / "site.css").read_bytes()
    found |= {f"{REFERENCE}/{page.path}": _site_text(page).encode() for page in handbook.all_pages()}
    for index, entries in contents().items():
        found[index] = _navigable(found[index].decode(), entries).encode()
    return found | {f"{REFERENCE}/{path}": _content(path) for path in handbook.asset_paths()}


def _written() -> list[tuple[str, bytes]]:
    """The pages of docs/ that are written by hand, with their pictures and examples."""
    below = sorted(path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*") if path.is_file())
    kept = [path for path in below if SITE not in path.parents and "__pycache__" not in path.parts]
    return [(path.as_posix(), (ROOT / path).read_bytes()) for path in kept]


def _content(path: str) -> bytes:
    found = handbook.asset(path)
    if found is None:
        raise LookupError(f"the handbook names {path} and does not have it")
    return found.content


def contents() -> dict[str, list[str]]:
    """The pages that stand under an index in the navigation; those of the handbook are too many for it."""
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    return {"docs/decisions/README.md": [f"/docs/decisions/{path.stem}" for path in decisions if path.stem != "README"]}


def _navigable(text: str, entries: list[str]) -> str:
    """A page with the list of what stands under it, which only the navigation shows."""
    return "\n".join([text.rstrip(), "", "```{toctree}", ":hidden:", "", *entries, "```", ""])


def _site_text(page: Page) -> str:
    """A page of the handbook; Sphinx is told what the navigation leaves out on purpose, and what the search does.

    What an index and a page of rules say stands on other pages too, which are the better hits.
    """
    listed = page.kind in {"index", "help"}
    about = [] if listed else ["orphan: true"]
    about += ["nosearch: true"] if page.kind in {"index", "rules"} else []
    return "\n".join(["---", *about, "---", "", page.text]) if about else page.text


def lay_out(target: Path) -> None:
    """Write the sources below `target` where they changed, and delete what is no longer one."""
    made = sources()
    for name, content in made.items():
        path = target / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for path in sorted(target.rglob("*")):
        if path.is_file() and path.relative_to(target).as_posix() not in made:
            path.unlink()


def build(target: Path) -> int:
    """Build the site below `target`; returns the exit code of Sphinx."""
    lay_out(target / "source")
    options = ["-W", "--keep-going", "-q", "-j", "auto", "-b", "html", "-d", target / "doctrees"]
    command = [sys.executable, "-m", "sphinx", *options, target / "source", target / "html"]
    return subprocess.run(command, check=False, env={**os.environ, "PYTHONWARNINGS": "ignore"}).returncode


def write_settings(root: Path = ROOT) -> bool:
    """Write the page of settings where it changed; returns whether it did."""
    path, text = root / SETTINGS, settings_page()
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def main() -> int:
    """Build everything and say where to open it."""
    if write_settings():
        print(f"docs: {SETTINGS} changed")  # noqa: T201 - a command line program
    code = build(BUILD)
    if code == 0:
        print(f"docs: open {(BUILD / 'html' / 'index.html').relative_to(ROOT)} in a browser")  # noqa: T201
    return code


if __name__ == "__main__":
    sys.exit(main())
