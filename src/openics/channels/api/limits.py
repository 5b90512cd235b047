"""How often a caller may call: so many requests in a minute, counted in the database for all processes together."""

import time
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection

from openics.channels.api.problems import ProblemError

WINDOW: Final = 60

_COUNT: Final = """
INSERT INTO api_request_count AS known (caller, minute, requests) VALUES (%(caller)s, %(minute)s, 1)
ON CONFLICT (caller) DO UPDATE SET minute = %(minute)s,
    requests = CASE WHEN known.minute = %(minute)s THEN known.requests + 1 ELSE 1 END
RETURNING requests
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a caller's minute: requests, and seconds until the next one begins."""

    most: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"minute";q={self.most};w={WINDOW}',
            "RateLimit": f'"minute";r={self.left};t={self.seconds}',
        }


def count(caller: str) -> Allowance:
    """Count one request. Raises ProblemError when it is one too many."""
    minute, second = divmod(int(time.time()), WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"caller": caller[:64], "minute": minute})
        requests = cursor.fetchone()[0]
    most = settings.API_REQUESTS_PER_MINUTE
    allowance = Allowance(most, max(most - requests, 0), WINDOW - second)
    if requests > most:
        headers = {**allowance.headers, "Retry-After": str(allowance.seconds)}
        raise ProblemError("too-many-requests", f"More than {most} requests came in this minute.", headers=headers)
    return allowance
