"""A response in plain words, for people: to the site's text address, beside the interchange that holds it.

It says what the response says and nothing else; it is signed like a notice and readable by anybody on its way, which is why a
site has to ask for it.
"""

from collections.abc import Iterator
from typing import Final

from openics.exchange.policy import Policy
from openics.exchange.recording import OutboxRow
from openics.exchange.sites import Site
from openics.messages.diagnostics import check
from openics.messages.narrative import Manner, Told, narrate

WIDEST: Final = 200
"""Characters of a subject that are kept."""
_INDENT: Final = "  "


def text_row(site: Site, name: str, control_reference: str, content: bytes, policy: Policy) -> OutboxRow | None:
    """The plain text of an interchange to a site; None where the site did not ask for it."""
    if not site.plain_text or not site.text_address:
        return None
    subject = f"{policy.customs_site} {control_reference} {site.site} {name}"[:WIDEST]  # E8: with blanks
    return OutboxRow(site.site, site.text_address, subject, False, notice=words(content), is_text=True)


def words(content: bytes) -> str:
    """An interchange in lines of plain text."""
    return "\n".join(_lines(content)).strip() + "\n"


def _lines(content: bytes) -> Iterator[str]:
    for told in narrate(check(content)):
        if told.manner is Manner.TITLE:
            yield ""
        yield _line(told)


def _line(told: Told) -> str:
    heads = told.manner in {Manner.TITLE, Manner.TEXT}
    indent = "" if heads else _INDENT * (told.depth + (told.manner is not Manner.RECORD))
    return f"{indent}{told.label}: {told.text}" if told.label else f"{indent}{told.text}"
