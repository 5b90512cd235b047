"""Mail that must never be answered, not even by a notice: bounces, automatic replies, lists (RFC 3834, RFC 3464)."""

from typing import Final

from openics.exchange.opening import Received
from openics.pki import mime
from openics.pki.errors import PkiError

PRECEDENCES: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
LISTS: Final = ("list-id", "list-post", "list-unsubscribe")


def is_automatic(received: Received) -> bool:
    """Whether a mail came with a null sender, says that it was made automatically, or is a report; never raises."""
    if received.channel == "mail" and not received.sender.strip("<> "):
        return True
    try:
        part = mime.parse(received.content[: mime.MAX_HEADER + 4])
    except PkiError:
        return True
    return (
        part.value("auto-submitted") not in {"", "no"}
        or part.type == "multipart/report"
        or part.value("precedence") in PRECEDENCES
        or bool(part.field("x-auto-response-suppress"))
        or any(part.field(name) for name in LISTS)
    )
