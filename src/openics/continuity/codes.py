"""Code lists of planned outages."""

from enum import StrEnum


class Concern(StrEnum):
    """What a planned outage is of."""

    GATEWAY = "gateway"
    """The mail gateway: mail is taken and kept, and handled when the outage is over."""
    WEB = "web"
    """These pages: what is lodged on them is kept, and handled when the outage is over."""
    API = "api"
    """The HTTPS interface: what is lodged by it is kept, and handled when the outage is over."""
    EVERYTHING = "everything"
    """Whatever way something is lodged, it is kept, and handled when the outage is over."""


class Phase(StrEnum):
    """How a planned outage stands."""

    AHEAD = "ahead"
    """It has not begun."""
    UNDER_WAY = "under way"
    """It has begun and has not ended."""
    OVER = "over"
    """It has ended."""
    CALLED_OFF = "called off"
    """It does not take place, or was ended before its time."""
