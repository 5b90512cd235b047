"""What is posted over HTTPS, as the mail it would have been: the same bytes are opened and judged in the same way.

`message/rfc822` is the whole mail. For the other types the fields From and Subject of the request, and its content type, take
the place of the mail's header, in this order; the body is kept as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from openics.pki import smime

MAIL: Final = "message/rfc822"
SIGNED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/signed")
TYPES: Final = (MAIL, *SIGNED)
ENCODINGS: Final = ("", "binary", "7bit", "8bit", "base64")
LONGEST_FIELD: Final = 998


class EntityError(Exception):
    """Why what was posted is not taken: `status` is HTTP's, `code` for programs, `text` and `fix` for people."""

    def __init__(self, status: int, code: str, text: str, fix: str) -> None:
        super().__init__(text)
        self.status, self.code, self.text, self.fix = status, code, text, fix


@dataclass(frozen=True, slots=True)
class Entity:
    """A posted mail and the address that it claims to come from, which proves nothing."""

    mail: bytes
    sender: str


def media_type(value: str) -> str:
    """The type in a Content-Type, in lower case, without its parameters."""
    return value.partition(";")[0].strip().lower()


def check_type(content_type: str) -> None:
    """Raise EntityError unless this type can be taken."""
    if media_type(content_type) not in TYPES:
        fix = f"Post the S/MIME message as {', '.join(TYPES)}."
        raise EntityError(415, "unsupported-type", f"{media_type(content_type)[:80] or 'No type'} is not taken.", fix)


def entity(fields: Mapping[str, str], body: bytes) -> Entity:
    """The mail made of a request's header fields (lower-case names) and body; raises EntityError."""
    content_type = fields.get("content-type", "")
    check_type(content_type)
    if not body:
        raise EntityError(400, "no-content", "The request has no content.", "Post the S/MIME message as the body.")
    mail = body if media_type(content_type) == MAIL else _header(fields, content_type) + body
    sender, _ = smime.claimed(mail)
    if not sender:
        fix = "Give one e-mail address in the field From: that which is registered for the site."
        raise EntityError(400, "not-mail", "It does not say from which address it is.", fix)
    return Entity(mail, sender)


def _header(fields: Mapping[str, str], content_type: str) -> bytes:
    encoding = fields.get("content-transfer-encoding", "").strip().lower()
    if encoding not in ENCODINGS:
        fix = "Post the bytes as they are, or say base64."
        raise EntityError(400, "bad-encoding", f"The transfer encoding {encoding[:40]!r} is not taken.", fix)
    lines = [f"From: {_field(fields, 'from')}", f"Subject: {_field(fields, 'subject')}"]
    lines += ["MIME-Version: 1.0", f"Content-Type: {_checked('content-type', content_type)}"]
    lines += [f"Content-Transfer-Encoding: {encoding or 'binary'}", "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


def _field(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "").strip()
    if not value:
        fix = "Give From and Subject as header fields of the request, as the mail has them; or post the whole mail."
        raise EntityError(400, "no-field", f"The header field {name.capitalize()} is missing.", fix)
    return _checked(name, value)


def _checked(name: str, value: str) -> str:
    if len(value) > LONGEST_FIELD or not value.isprintable():
        fix = f"Write it on one line of at most {LONGEST_FIELD} printable characters."
        raise EntityError(400, "bad-header", f"The header field {name.capitalize()} cannot be read.", fix)
    return value
