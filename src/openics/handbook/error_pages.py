"""The page of an error id, and the index of error ids."""

from collections.abc import Iterator

from openics.handbook.errors import GATEWAY, SYNTAX, ErrorId, errors
from openics.handbook.markup import EVIDENCE, capital, link, literal, sentence, source, table
from openics.handbook.pages import Page
from openics.handbook.rulebook import messages_of, room_of


def error_page(error: ErrorId) -> Page:
    """What an error id means, which rules report it on which messages, and what to do."""
    title = _title(error)
    lines = [f"# {title}", "", literal(capital(error.meaning)), "", *_facts(error), ""]
    lines += ["## What to do", "", literal(error.advice), ""]
    if error.rules:
        lines += ["## Rules that report it", "", *_rules(error)]
    path = error.path.rpartition("/")[2].removesuffix(".md")
    names = tuple(dict.fromkeys((error.id, title, path, *error.common_rules, *(rule.id for rule in error.rules))))
    return Page(error.path, title, "error", "\n".join(lines).rstrip() + "\n", capital(error.meaning), names)


def _title(error: ErrorId) -> str:
    """Syntax codes and data errors are plain numbers: their message goes before them."""
    return f"{error.carried_by[0]} {error.id}" if error.id.isdigit() else error.id


def _facts(error: ErrorId) -> Iterator[str]:
    if error.severity:
        yield f"- Severity: {error.severity.lower()}"
    if error.carried_by:
        said = "Carried by" if error.group in (SYNTAX, GATEWAY) else "About"
        names = (link(name, error.path, f"messages/{name}.md") for name in error.carried_by)
        yield f"- {said}: {', '.join(names)}"
    yield f"- Evidence: {EVIDENCE[error.evidence]}"


def _rules(error: ErrorId) -> list[str]:
    return table(
        ("Rule", "Messages", "Severity", "Checked for", "Sentence", "Evidence", "Source"),
        [
            (
                link(rule.id, error.path, f"rules/{room_of(rule)}.md"),
                ", ".join(link(each.name, error.path, f"messages/{each.name}.md") for each in messages_of(rule)),
                rule.severity.value.lower(),
                "each line" if rule.per_line else "the document",
                sentence(rule),
                EVIDENCE[rule.evidence],
                source(rule.source),
            )
            for rule in error.rules
        ],
    )


def error_index() -> Page:
    """The index of error ids, group by group."""
    path, summary = "errors/index.md", "Every error id that an answer of customs may carry, and what to do about it."
    lines = ["# Errors", "", summary, ""]
    lines += [
        "Ids of two letters and four digits are those of the application, in ERC of a response. Numbers are those of the"
    ]
    lines += ["gateway: syntax errors in CONTRL, data errors in ERM.", ""]
    for group in dict.fromkeys(each.group for each in errors().values()):
        rows = [_row(each, path) for each in errors().values() if each.group == group]
        lines += [f"## {group}", "", *table(("Id", "Severity", "Meaning", "Messages", "Evidence"), rows)]
    return Page(path, "Errors", "index", "\n".join(lines).rstrip() + "\n", summary)


def _row(error: ErrorId, path: str) -> tuple[str, ...]:
    names = [] if error.group == SYNTAX else [link(name, path, f"messages/{name}.md") for name in error.carried_by]
    shown = link(error.id, path, error.path)
    return shown, error.severity.lower(), literal(error.meaning), ", ".join(names), EVIDENCE[error.evidence]
