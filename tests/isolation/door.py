"""How a channel says no: the answer of each kind, in that channel's own form."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.http import HttpResponseBase


class Said(StrEnum):
    """What somebody is told."""

    SHOWN = "shown"
    DONE = "done"
    INCOMPLETE = "incomplete"
    SIGN_IN = "sign in"
    SET_UP = "set up a second factor"
    PURPOSE = "say what for"
    DENIED = "denied"
    MISSING = "not there"
    METHOD = "not by this method"
    UNWELL = "not well"


@dataclass(frozen=True, slots=True)
class Door:
    """A channel: for each thing that is said the status, and the beginning of the address where somebody is sent."""

    name: str
    answers: dict[Said, tuple[int, str]]
    options: dict[str, Any] = field(default_factory=dict)
    """Given to the browser with each request, for example the kind of content."""

    def said(self, answer: HttpResponseBase) -> tuple[int, str]:
        """Status, and the address without its query."""
        return answer.status_code, answer.headers.get("Location", "").partition("?")[0]

    def expected(self, said: Said) -> tuple[int, str]:
        """How this channel says it."""
        return self.answers[said]


PAGES = Door(
    "pages",
    {
        Said.SHOWN: (200, ""),
        Said.DONE: (302, ""),
        Said.INCOMPLETE: (422, ""),
        Said.SIGN_IN: (302, "/account/sign-in/"),
        Said.SET_UP: (302, "/account/security/"),
        Said.PURPOSE: (302, "/purpose/"),
        Said.DENIED: (403, ""),
        Said.MISSING: (404, ""),
        Said.METHOD: (405, ""),
        Said.UNWELL: (503, ""),
    },
)
