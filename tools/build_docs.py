"""Writes the reference pages that are made from the code: `docs/messages/`, `docs/rules.md` and `docs/settings.md`.

The pages are committed; a test says when they are not what the code says. The output depends on the code alone.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from openics.decision.rule import CATALOGUE, Rule
from openics.exchange.handlers import HANDLERS
from openics.exports.rules import ELSEWHERE
from openics.messages.document import Document
from openics.messages.pages import reference_page
from openics.messages.registry import ALL
from openics.ops.settings import Settings

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
EXAMPLES: Final = {
    "EXD": "tests/corpus/exd.edi",
    "EXDR": "docs/examples/exdr.edi",
    "STREQ": "tests/corpus/streq.edi",
    "STREQR": "docs/examples/streqr.edi",
    "CLREG": "tests/corpus/clreg.edi",
    "CLREGR": "tests/corpus/clregr_accepted.edi",
    "CLNTDUP": "tests/corpus/clntdup.edi",
    "ERM": "tests/corpus/erm.edi",
    "CONTRL": "tests/corpus/contrl_rejected.edi",
}
"""The interchange that a message's page shows, by the message's short name."""
GENERATED: Final = "<!-- Made by `make docs`; change the code, not this page. -->"
EVIDENCE: Final = {"D": "documented", "S": "seen in traffic", "I": "inferred", "U": "unverified"}
DIRECTIONS: Final = {"in": "to customs", "out": "from customs", "both": "either way"}


def pages() -> dict[Path, str]:
    """Every generated page, by its path below the project."""
    found = {
        Path("docs/messages/README.md"): _message_index(),
        Path("docs/rules.md"): _rule_catalogue(),
        Path("docs/settings.md"): _settings(),
    }
    for document in ALL:
        example = (ROOT / EXAMPLES[document.name]).read_text("latin-1")
        found[Path("docs/messages", f"{document.name}.md")] = _page(reference_page(document, example))
    return found


def _page(text: str) -> str:
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n{GENERATED}\n{rest.rstrip()}\n"


def _message_index() -> str:
    rows = [_message_row(document) for document in ALL]
    text = [
        "# Messages",
        "",
        "What OpenICS reads and writes. Each page shows segments, items, code lists and an example; what the application",
        "asks of them beyond that is in the [rules](../rules.md).",
        "",
        "| Message | What it is | Way | UN/EDIFACT | Answered by |",
        "|---|---|---|---|---|",
        *rows,
    ]
    return _page("\n".join(text))


def _message_row(document: type[Document]) -> str:
    guide = document.guide
    way = DIRECTIONS[guide.direction]
    name = f"[{document.name}]({document.name}.md)"
    return (
        f"| {name} | {guide.title} | {way} | {guide.type} {guide.header[1]}.{guide.header[2]} | {guide.answer or '-'} |"
    )


def _rule_catalogue() -> str:
    handled = ", ".join(f"[{name}](messages/{name}.md)" for name in HANDLERS)
    text = [
        "# Rules",
        "",
        f"Every rule that decides on a message: {handled}.",
        "",
        "Each table is in the order of checking. The id is the published one where there is one; *evidence* says how the rule",
        "is known. The sentence is what the sender reads, with the words in italics filled in.",
        "",
    ]
    for module in sorted({rule.module for rule in CATALOGUE.values()}):
        text += [f"## {_heading(module)}", "", *_rule_table(module), ""]
    text += ["## Published rules of exports that are kept elsewhere", "", *_elsewhere()]
    return _page("\n".join(text))


def _heading(module: str) -> str:
    """The room, and what the module says that it holds."""
    title = (sys.modules[module].__doc__ or "").partition("\n")[0].rstrip(".")
    return f"{module.split('.')[1].capitalize()}: {title[0].lower()}{title[1:]}"


def _rule_table(module: str) -> Iterator[str]:
    yield "| Rule | Error | Checked for | Severity | Sentence | Evidence | Source |"
    yield "|---|---|---|---|---|---|---|"
    for rule in CATALOGUE.values():
        if rule.module == module:
            place = "each line" if rule.per_line else "the document"
            about = f"{EVIDENCE[rule.evidence]} | {_cell(rule.source)}"
            yield f"| {rule.id} | {rule.error} | {place} | {rule.severity.value.lower()} | {_sentence(rule)} | {about} |"


def _sentence(rule: Rule) -> str:
    return _cell(re.sub(r"\{\w+\.([\w.]+)\}", lambda braces: f"*{re.sub('[._]', ' ', braces[1])}*", rule.sentence))


def _elsewhere() -> Iterator[str]:
    yield "| Rule | What it says | Where it is kept | Evidence |"
    yield "|---|---|---|---|"
    for rule in ELSEWHERE:
        yield f"| {rule.id} | {_cell(rule.sentence)} | `{rule.place}` | {EVIDENCE[rule.evidence]} |"


def _settings() -> str:
    rows = [
        f"| `OPENICS_{name.upper()}` | {_default(field.default)} | {_cell(field.description or '')} |"
        for name, field in Settings.model_fields.items()
    ]
    text = [
        "# Settings",
        "",
        "Environment variables, read once when a process starts. `openics settings` lists them with their present values.",
        "",
        "| Variable | Default | Meaning |",
        "|---|---|---|",
        *rows,
    ]
    return _page("\n".join(text))


def _default(value: object) -> str:
    return f"`{value}`" if str(value) else "empty"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write(root: Path = ROOT) -> list[Path]:
    """Write what has changed below `root`, and delete pages of messages that are gone; returns their paths."""
    made, changed = pages(), []
    for path, text in made.items():
        target = root / path
        if not target.is_file() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
            changed.append(path)
    for stale in sorted((root / "docs" / "messages").glob("*.md")):
        if stale.relative_to(root) not in made:
            stale.unlink()
            changed.append(stale.relative_to(root))
    return changed


def main() -> int:
    """Write the pages, and say which were not up to date."""
    changed = write()
    for path in changed:
        print(f"docs: {path}")  # noqa: T201 - a command line program
    print(f"docs: {len(changed)} of {len(pages())} pages changed")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
