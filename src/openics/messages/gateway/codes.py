"""Code lists of the general text message."""

from openics.messages.codes import CodeList


class TextSubject(CodeList):
    """UN/EDIFACT 4451 of what a text is about (I)."""

    GENERAL = "AAI", "general information"
    EVENT = "AID", "an event, such as an outage or maintenance"
    QUESTION = "AIP", "a question"
    ANSWER = "AAP", "an answer"


class TextReferenceKind(CodeList):
    """UN/EDIFACT 1153 of what a text refers to (I)."""

    MESSAGE = "ABO", "sender reference of a message"
    EVENT = "AIV", "an event, such as an outage or maintenance"
    AUTHORITY = "TN", "customs authority number"
