"""Reference data as a decision sees it: entries of code lists, looked up as at a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from openics.reference.codes import CodeList

CANBERRA = ZoneInfo("Australia/Sydney")
"""The zone of customs' own clock, in force where a port is not known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of one list for one period; `valid_to` is its last day, None without an end."""

    code_list: CodeList
    code: str
    name: str
    valid_from: date
    valid_to: date | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def in_force(self, day: date) -> bool:
        """Whether the entry holds on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ReferenceFacts:
    """The periods of the codes that a batch asks for."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Keep the entries, the periods of each code from the oldest on."""
        self._periods: dict[tuple[CodeList, str], list[Entry]] = {}
        self._aliases: dict[tuple[CodeList, str], list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: entry.valid_from):
            self._periods.setdefault((entry.code_list, entry.code), []).append(entry)
            for alias in entry.data.get("aliases", ()):
                self._aliases.setdefault((entry.code_list, alias), []).append(entry)

    def periods(self, code_list: CodeList, code: str | None) -> tuple[Entry, ...]:
        """All periods of a code, from the oldest on; none for a code that is not known."""
        return tuple(self._periods.get((code_list, code or ""), ()))

    def at(self, code_list: CodeList, code: str | None, day: date) -> Entry | None:
        """The entry of the code in force on the day, if any."""
        in_force = [entry for entry in self.periods(code_list, code) if entry.in_force(day)]
        return in_force[-1] if in_force else None

    def by_alias(self, code_list: CodeList, alias: str | None, day: date) -> tuple[Entry, ...]:
        """The entries in force on the day that go by another code as well, such as an airline by its waybill prefix."""
        return tuple(entry for entry in self.all_by_alias(code_list, alias) if entry.in_force(day))

    def all_by_alias(self, code_list: CodeList, alias: str | None) -> tuple[Entry, ...]:
        """All periods of the entries that go by another code as well, from the oldest on."""
        return tuple(self._aliases.get((code_list, alias or ""), ()))

    def zone(self, port: str | None, day: date) -> ZoneInfo:
        """The time zone of a port; Canberra's for a port that is not known."""
        entry = self.at(CodeList.PORT, port, day)
        return ZoneInfo(entry.data["zone"]) if entry else CANBERRA
