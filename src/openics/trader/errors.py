"""What can go wrong for a trader, in words that help to mend it."""


class TraderError(Exception):
    """Something that the trader must mend: `text` says what is wrong and where, `fix` what to do about it.

    `rule` is the published rule that is broken (`E1` to `E10`), empty where there is none.
    """

    def __init__(self, text: str, fix: str, rule: str = "") -> None:
        super().__init__(f"{text} {fix}")
        self.text = text
        self.fix = fix
        self.rule = rule
