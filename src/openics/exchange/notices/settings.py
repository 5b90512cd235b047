"""What notices need to know of the instance."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NoticeSettings:
    """The directory of the gateway's keys, the web's public address without a slash at its end, and the environment."""

    gateway_directory: Path
    web: str
    test: bool
