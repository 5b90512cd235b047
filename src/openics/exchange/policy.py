"""What the exchange is told about the environment it works in."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from openics.edifact.limits import Limits

CANBERRA = ZoneInfo("Australia/Canberra")
"""UNB date and time of what customs sends are in Canberra's local time (seen in real traffic)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Site id of customs, environment, bounds, and how long to wait for a site's CONTRL."""

    customs_site: str = "AAA336C"
    test: bool = True
    limits: Limits = field(default_factory=Limits)
    resend_after: timedelta = timedelta(minutes=30)
    resend_attempts: int = 5
    notices_per_hour: int = 10
    batch_size: int = 64
    most_attempts: int = 5
    """How often an item may be begun (and its worker die) before it is parked."""
