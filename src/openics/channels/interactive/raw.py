"""EDIFACT bytes as text to look at, one segment on a line (pure)."""

import re

LONGEST = 40_000
"""Bytes shown; the download has all of them."""
UNA_LENGTH = 9


def segments(content: bytes) -> str:
    """The interchange with a line end after each segment; bytes beyond ASCII read as ISO 8859-1."""
    text = content[:LONGEST].decode("latin-1")
    una, body = (text[:UNA_LENGTH], text[UNA_LENGTH:]) if text.startswith("UNA") else ("", text)
    terminator, release = (una[8], una[6]) if len(una) == UNA_LENGTH else ("'", "?")
    escaped, end = re.escape(release), re.escape(terminator)
    cut = re.sub(rf"({escaped}.)|{end}\s*", lambda found: found[1] or f"{terminator}\n", body, flags=re.DOTALL)
    shown = f"{una}\n{cut.lstrip()}" if una else cut
    return shown.rstrip() + ("\n…" if len(content) > LONGEST else "")
