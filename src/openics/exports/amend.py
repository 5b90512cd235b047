"""Puts a change together with what is stored: the full declaration that is in force if it is accepted (rule X09)."""

from collections.abc import Iterable

from openics.messages.codes import DeclarationFunction, LineAction
from openics.messages.exports.exd import ExportDeclaration, ExportLine


def in_force(sent: ExportDeclaration, stored: ExportDeclaration | None) -> ExportDeclaration:
    """The full declaration that the one sent leads to.

    An original and a replacement stand for themselves; a new heading keeps the stored lines; a change has its own
    header and acts on the stored lines; a withdrawal changes nothing. Its lines read as those of an original.
    """
    if stored is None:
        return sent
    if sent.function == DeclarationFunction.WITHDRAW:
        return stored
    if sent.function == DeclarationFunction.REPLACE_HEADING:
        return sent.replace(lines=stored.lines)
    if sent.function == DeclarationFunction.CHANGE:
        return sent.replace(lines=tuple(_changed(stored.lines, sent.lines)))
    return sent


def _changed(stored: Iterable[ExportLine], changes: Iterable[ExportLine]) -> list[ExportLine]:
    lines = {line.number or 0: line for line in stored}
    for change in changes:
        if change.action == LineAction.DELETE:
            lines.pop(change.number or 0, None)
        else:
            lines[change.number or 0] = change.replace(action=LineAction.INSERT.value)
    return [line for _, line in sorted(lines.items())]
