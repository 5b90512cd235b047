"""What `openics edi` prints: problems with their segments, and interchanges in words."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from openics.messages.diagnostics import Checked, Layer, Problem
from openics.messages.excerpts import Excerpts
from openics.messages.narrative import Manner, Told, narrate

_INDENT = "    "
_STYLES = {
    Manner.TITLE: "bold",
    Manner.TEXT: "",
    Manner.RECORD: "bold",
    Manner.ITEM: "",
    Manner.RAW: "dim",
    Manner.FAULT: "red",
}
_TAG_WIDTH = 5


def explained(checked: Checked, problems: Sequence[Problem]) -> Iterator[Text]:
    """Lines for each problem: place, segments with carets, and what is known about it."""
    excerpts = Excerpts(checked.data, checked.interchange)
    for problem in problems:
        yield Text(f"{problem.place}: {problem.text}", style="bold" if problem.severity == "ERROR" else "")
        yield from (_excerpt_line(line) for line in _excerpt(problem, excerpts))
        for label, value in _facts(problem):
            yield Text.assemble((f"  {label:<9}", "dim"), value)
        yield Text()


def _excerpt(problem: Problem, excerpts: Excerpts) -> Iterator[str]:
    if problem.layer is Layer.DOCUMENT:
        return excerpts.at(problem.offsets or (problem.offset,))
    return excerpts.around(problem.offset)


def _excerpt_line(line: str) -> Text:
    return Text(_INDENT + line, style="red" if set(line) <= {" ", "^"} else "")


def _facts(problem: Problem) -> Iterator[tuple[str, str]]:
    named = {
        "layer": f"{problem.layer.value}, {problem.severity.lower()} {problem.code} {problem.meaning}".rstrip(),
        "path": problem.path,
        "item": problem.item,
        "found": problem.found,
        "allowed": problem.expected,
        "rule": problem.rule,
        "see": ", ".join((problem.page, *problem.pages)),
    }
    for label, value in named.items():
        if value:
            yield label, "".join(each if each.isprintable() else "·" for each in value)


def told(checked: Checked) -> Iterator[Text]:
    """Lines that tell an interchange in words, faults in place."""
    for number, line in enumerate(narrate(checked)):
        if line.manner is Manner.TITLE and number:
            yield Text()
        yield _told(line)


def _told(line: Told) -> Text:
    if line.manner is Manner.TITLE:
        return Text(line.text, style="bold")
    style = _STYLES[line.manner]
    indent = "  " * (line.depth + 1)
    if line.manner is Manner.FAULT:
        return Text(f"{indent}! {line.text}", style=style)
    if line.manner is Manner.RECORD or (line.manner is Manner.TEXT and not line.tag):
        return Text(f"{indent}{line.text}", style=style)
    tag = (f"{indent}{line.tag:<{_TAG_WIDTH}}", "cyan")
    return Text.assemble(tag, (f"{line.label}: " if line.label else "", ""), (line.text, style))
