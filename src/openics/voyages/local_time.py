"""Port-local times: what reports state is the clock of the port, daylight saving included."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC; the earlier one of a time that occurs twice, the shifted one of a time that is left out."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def is_plain(day: date, clock: time, zone: ZoneInfo) -> bool:
    """Whether the clock of the zone shows this time once on the day: neither left out nor twice, as clocks change."""
    local = datetime.combine(day, clock, zone)
    return local.utcoffset() == local.replace(fold=1).utcoffset()
