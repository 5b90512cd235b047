"""Conditions: what a status is made of, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How a condition stands."""

    MET = "met"
    """Done; nothing more is needed."""
    NOT_MET = "not met"
    """Missing; somebody must act."""
    NOT_APPLICABLE = "not applicable"
    """This case does not need it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One reason for a status: what is asked, how it stands, since when, by which message, and who must act next."""

    name: str
    state: State
    detail: str = ""
    since: datetime | None = None
    message: int | None = None
    who: str = ""
    """The party whose move it is, in words; empty when nothing is to be done."""
    action: str = ""
    """What that party can do, in words."""

    def to_json(self) -> dict[str, Any]:
        """The condition as JSON values, time in ISO 8601."""
        return {
            "name": str(self.name),
            "state": self.state.value,
            "detail": self.detail,
            "since": self.since and self.since.isoformat(),
            "message": self.message,
            "who": self.who,
            "action": self.action,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Condition":
        """The condition that `to_json` described."""
        since = data["since"] and datetime.fromisoformat(data["since"])
        return cls(**{**data, "state": State(data["state"]), "since": since})


def next_actions(conditions: "tuple[Condition, ...]") -> tuple[Condition, ...]:
    """The conditions that wait for somebody."""
    return tuple(condition for condition in conditions if condition.state is State.NOT_MET and condition.who)
