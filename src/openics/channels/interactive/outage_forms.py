"""What officers enter on the pages of planned outages, and what is wrong with it (pure)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openics.clients.register_errors import RegisterError
from openics.continuity.codes import Concern
from openics.continuity.outages import NOTICE_DAYS, Outage
from openics.exchange.canberra import read_instant
from openics.exchange.outage_care import NEW
from openics.exchange.policy import CANBERRA

CONCERNS: Final = {
    Concern.GATEWAY: "The mail gateway",
    Concern.WEB: "These web pages",
    Concern.API: "The HTTPS interface",
    Concern.EVERYTHING: "Everything",
}
_FIELDS: Final = {
    "bad-times": "until",
    "bad-words": "words",
    "no-concern": "concerns",
    "bad-days": "notice_days",
    "begun": "from",
    "past": "until",
}


@dataclass(frozen=True, slots=True)
class Entered:
    """The fields as they were entered; times in Canberra's time."""

    start: str = ""
    end: str = ""
    words: str = ""
    concerns: tuple[str, ...] = ()
    notice_days: str = ", ".join(map(str, NOTICE_DAYS))
    reason: str = ""
    action: str = ""

    @classmethod
    def read(cls, given: Any) -> "Entered":
        """From a form as it was sent."""
        return cls(
            given.get("from", "").strip(),
            given.get("until", "").strip(),
            given.get("words", "").strip(),
            tuple(given.getlist("concerns")),
            given.get("notice_days", "").strip(),
            given.get("reason", "").strip(),
            given.get("action", ""),
        )

    @classmethod
    def of(cls, outage: Outage) -> "Entered":
        """As an outage stands."""
        return cls(_written(outage.starts_at), _written(outage.ends_at), outage.words)


def _written(at: datetime) -> str:
    local = at.astimezone(CANBERRA)
    ambiguous = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return local.isoformat(timespec="minutes") if ambiguous else f"{local:%Y-%m-%dT%H:%M}"


def times(entered: Entered) -> tuple[tuple[datetime, datetime], dict[str, str]]:
    """Start and end, and what is wrong with them by field."""
    found, problems = [], {}
    for field, text in (("from", entered.start), ("until", entered.end)):
        try:
            found.append(read_instant(text))
        except (ValueError, OverflowError) as error:
            problems[field] = str(error) if text else f"Enter when it {'begins' if field == 'from' else 'ends'}"
    return ((found[0], found[1]) if not problems else (datetime.min, datetime.min)), problems  # noqa: DTZ901 - not used


def wanted(entered: Entered, now: datetime) -> tuple[Outage | None, dict[str, str]]:
    """The outage that is asked for, or what is wrong by field."""
    (start, end), problems = times(entered)
    days = [part.strip() for part in entered.notice_days.split(",")]
    if not all(part.isascii() and part.isdigit() for part in days):
        problems["notice_days"] = "Enter numbers of days with commas between them, like 7, 1"
    if not entered.concerns or not set(entered.concerns) <= set(Concern):
        problems["concerns"] = "Select what it concerns"
    if not entered.words:
        problems["words"] = "Say what is done, and what it means"
    if problems:
        return None, problems
    concerns = tuple(Concern(each) for each in entered.concerns)
    return Outage(NEW, start, end, concerns, entered.words, tuple(int(day[:6]) for day in days), now), {}


def placed(error: RegisterError) -> dict[str, str]:
    """A refusal at the field that it is about."""
    return {_FIELDS.get(error.code, "reason"): f"{error.text} {error.fix}"}
