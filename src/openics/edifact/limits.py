"""How much of an interchange is read before reading stops with a fault."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one interchange; what goes beyond one of them is a fault, never an exception.

    `bytes` is the size of the interchange (SDG "Message management for CCF": 10 MB). `segments` and `messages` count
    over the whole interchange. `segment_length` is the most characters of one segment, release characters included and
    terminator excluded; the longest segment of directory D.99B stays far below the default. `faults` is the most faults
    that are kept, since no answer can carry more.
    """

    bytes: int = 10_000_000
    segments: int = 1_000_000
    segment_length: int = 10_000
    messages: int = 20_000
    faults: int = 100


DEFAULT_LIMITS = Limits()
