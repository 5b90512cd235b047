"""Why a change to the register of sites and certificates is refused."""


class RegisterError(Exception):
    """A change that is not made.

    `code` is stable and meant for programs; `place` names what is concerned, `text` the cause, `fix` what helps.
    """

    def __init__(self, code: str, place: str, text: str, fix: str) -> None:
        super().__init__(f"{place}: {text} {fix}")
        self.code = code
        self.place = place
        self.text = text
        self.fix = fix


LONGEST_REASON = 300


def checked_reason(place: str, reason: str) -> str:
    """The reason without blanks around it; it stands in the history and is told to the site."""
    found = " ".join(reason.split())
    if not found:
        raise RegisterError("no-reason", place, "No reason is given.", "Say why; the site is told the reason.")
    if len(found) > LONGEST_REASON:
        text = f"The reason has {len(found)} characters; at most {LONGEST_REASON} are kept."
        raise RegisterError("long-reason", place, text, "Say it more briefly.")
    if not found.isprintable():
        raise RegisterError("bad-reason", place, "The reason holds control characters.", "Write it as plain text.")
    return found
