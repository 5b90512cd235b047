"""What to do about each syntax error code of CONTRL (UN/EDIFACT 0085)."""

from typing import Final

from openics.edifact.faults import SyntaxCode

ADVICE: Final[dict[SyntaxCode, str]] = {
    SyntaxCode.VERSION_NOT_SUPPORTED: "Write UNB with the syntax identifier UNOC and version 3, as in every example.",
    SyntaxCode.NOT_ACTUAL_RECIPIENT: "Write the site of customs as the recipient in UNB.",
    SyntaxCode.INVALID_VALUE: "Write a value that the element allows: a date that exists, a number where one is asked for.",
    SyntaxCode.MISSING: "Supply the segment or the element: it is mandatory at the place that is named.",
    SyntaxCode.VALUE_NOT_SUPPORTED_HERE: "Write one of the codes that the message's page names for this place.",
    SyntaxCode.NOT_SUPPORTED_HERE: "Leave the segment or the element out, or move it to the place that the segment table gives.",
    SyntaxCode.TOO_MANY_CONSTITUENTS: "Count the + and : signs: the segment has more elements or components than it may have. "
    "A sign that belongs to the text needs a ? before it.",
    SyntaxCode.NO_AGREEMENT: "Send a message that the recipient takes, or arrange it with the recipient first.",
    SyntaxCode.UNSPECIFIED: "Look at the codes of the level below: they name the place and the fault.",
    SyntaxCode.INVALID_DECIMAL_NOTATION: "Write the number with the decimal mark that UNA names, a point without UNA.",
    SyntaxCode.INVALID_AS_SERVICE_CHARACTER: "Use six service characters in UNA that differ from each other and are no "
    "letters or digits.",
    SyntaxCode.INVALID_CHARACTERS: "Leave out characters that the character set named in UNB does not have.",
    SyntaxCode.INVALID_SERVICE_CHARACTERS: "Separate segments, elements and components with the characters that UNA names.",
    SyntaxCode.UNKNOWN_SENDER: "Register the site with customs, or write the registered site id in UNB.",
    SyntaxCode.TOO_OLD: "Send the interchange anew with the present date and time.",
    SyntaxCode.TEST_INDICATOR_NOT_SUPPORTED: "Send test interchanges to the test environment and others to the industry one.",
    SyntaxCode.DUPLICATE: "Use a control reference that this site has not used before. If the first one was meant, wait for its "
    "answer.",
    SyntaxCode.SECURITY_NOT_SUPPORTED: "Leave security segments out: mail is signed and encrypted as a whole.",
    SyntaxCode.REFERENCES_DO_NOT_MATCH: "Repeat the reference of UNB in UNZ, and that of UNH in UNT.",
    SyntaxCode.CONTROL_COUNT_DOES_NOT_MATCH: "Count the messages in UNZ, and the segments in UNT with UNH and UNT themselves.",
    SyntaxCode.GROUPS_AND_MESSAGES_MIXED: "Leave groups (UNG, UNE) out.",
    SyntaxCode.MORE_THAN_ONE_TYPE_IN_GROUP: "Leave groups (UNG, UNE) out.",
    SyntaxCode.LOWER_LEVEL_EMPTY: "Put at least one message into the interchange.",
    SyntaxCode.INVALID_OCCURRENCE_OUTSIDE: "Put every segment between the UNH and the UNT of a message.",
    SyntaxCode.NESTING_NOT_ALLOWED: "Leave explicit nesting out of the segment tag.",
    SyntaxCode.TOO_MANY_SEGMENT_REPETITIONS: "Repeat the segment no more often than the segment table says.",
    SyntaxCode.TOO_MANY_GROUP_REPETITIONS: "Repeat the group no more often than the segment table says; send further lines in "
    "another message.",
    SyntaxCode.INVALID_CHARACTER_TYPE: "Write digits where the format is n, and letters where it is a.",
    SyntaxCode.MISSING_DIGIT_BEFORE_DECIMAL: "Write a digit before the decimal mark: 0.5, not .5.",
    SyntaxCode.TOO_LONG: "Shorten the value to the length that the item allows.",
    SyntaxCode.TOO_SHORT: "Write the value in its full length.",
}
"""One sentence for each code."""

DOCUMENTED: Final = frozenset({2, 7, 12, 13, 14, 15, 16, 17, 18, 19, 20, 26})
"""Codes that the software developers guide names."""
SEEN: Final = frozenset({39})
"""Further codes that were seen in traffic; the rest are those of the standard."""
