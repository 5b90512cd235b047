"""One delivery over HTTPS: to the address that was checked, bounded in time and size, without redirects."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import urllib3
from urllib3.exceptions import HTTPError

from openics.channels.webhooks.addresses import AddressError, Target, target

CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
MOST_OF_AN_ANSWER: Final = 500
"""Bytes of an answer that are read, for its owner to see what it said."""
GONE: Final = 410
"""The status with which a receiver says that it wants no more."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a delivery: the status, 0 when there was no answer, and what was said."""

    status: int
    text: str

    @property
    def taken(self) -> bool:
        """Whether the receiver took it."""
        return 200 <= self.status < 300


def send(url: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> Answered:
    """Post a body; never raises on what the network or the receiver does."""
    try:
        return _post(target(url, private=private), body, {**headers, "content-type": "application/json"})
    except AddressError as error:
        return Answered(0, f"{error.text} {error.fix}")
    except HTTPError as error:
        return Answered(0, _said(error))


def _post(to: Target, body: bytes, headers: Mapping[str, str]) -> Answered:
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    host = to.host if to.port in {80, 443} else f"{to.host}:{to.port}"
    with _pool(to) as pool:
        answer = pool.urlopen(
            "POST",
            to.path,
            body=body,
            headers={**headers, "host": host, "user-agent": "OpenICS-Webhooks"},
            redirect=False,
            retries=False,
            timeout=timeout,
            preload_content=False,
        )
        try:
            text = answer.read(MOST_OF_AN_ANSWER, decode_content=False).decode(errors="replace")
            return Answered(answer.status, text)
        finally:
            answer.close()


def _pool(to: Target) -> urllib3.HTTPConnectionPool:
    if to.scheme == "http":
        return urllib3.HTTPConnectionPool(to.address, to.port, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        to.address,
        to.port,
        maxsize=1,
        ssl_context=ssl.create_default_context(),
        server_hostname=to.host,
        assert_hostname=to.host,
    )


def _said(error: HTTPError) -> str:
    reason = getattr(error, "reason", None) or error
    return f"{type(reason).__name__}: {reason}"[:MOST_OF_AN_ANSWER]
