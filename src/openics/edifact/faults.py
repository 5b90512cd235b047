"""What is wrong in an interchange, where exactly, and how CONTRL names it."""

from dataclasses import dataclass
from enum import IntEnum


class SyntaxCode(IntEnum):
    """Syntax error codes, UN/EDIFACT 0085 (SDG "Control Message Syntax Error Codes"; ISO 9735-4)."""

    VERSION_NOT_SUPPORTED = 2
    NOT_ACTUAL_RECIPIENT = 7
    INVALID_VALUE = 12
    MISSING = 13
    VALUE_NOT_SUPPORTED_HERE = 14
    NOT_SUPPORTED_HERE = 15
    TOO_MANY_CONSTITUENTS = 16
    NO_AGREEMENT = 17
    UNSPECIFIED = 18
    INVALID_DECIMAL_NOTATION = 19
    INVALID_AS_SERVICE_CHARACTER = 20
    INVALID_CHARACTERS = 21
    INVALID_SERVICE_CHARACTERS = 22
    UNKNOWN_SENDER = 23
    TOO_OLD = 24
    TEST_INDICATOR_NOT_SUPPORTED = 25
    DUPLICATE = 26
    SECURITY_NOT_SUPPORTED = 27
    REFERENCES_DO_NOT_MATCH = 28
    CONTROL_COUNT_DOES_NOT_MATCH = 29
    GROUPS_AND_MESSAGES_MIXED = 30
    MORE_THAN_ONE_TYPE_IN_GROUP = 31
    LOWER_LEVEL_EMPTY = 32
    INVALID_OCCURRENCE_OUTSIDE = 33
    NESTING_NOT_ALLOWED = 34
    TOO_MANY_SEGMENT_REPETITIONS = 35
    TOO_MANY_GROUP_REPETITIONS = 36
    INVALID_CHARACTER_TYPE = 37
    MISSING_DIGIT_BEFORE_DECIMAL = 38
    TOO_LONG = 39
    TOO_SHORT = 40

    @property
    def meaning(self) -> str:
        """The standard's name of the code, in lower case words."""
        return _MEANINGS[self]


_MEANINGS = {
    SyntaxCode.VERSION_NOT_SUPPORTED: "syntax version or level not supported",
    SyntaxCode.NOT_ACTUAL_RECIPIENT: "interchange recipient not actual recipient",
    SyntaxCode.INVALID_VALUE: "invalid value",
    SyntaxCode.MISSING: "missing",
    SyntaxCode.VALUE_NOT_SUPPORTED_HERE: "value not supported in this position",
    SyntaxCode.NOT_SUPPORTED_HERE: "not supported in this position",
    SyntaxCode.TOO_MANY_CONSTITUENTS: "too many constituents",
    SyntaxCode.NO_AGREEMENT: "no agreement",
    SyntaxCode.UNSPECIFIED: "unspecified error",
    SyntaxCode.INVALID_DECIMAL_NOTATION: "invalid decimal notation",
    SyntaxCode.INVALID_AS_SERVICE_CHARACTER: "character invalid as service character",
    SyntaxCode.INVALID_CHARACTERS: "invalid character(s)",
    SyntaxCode.INVALID_SERVICE_CHARACTERS: "invalid service character(s)",
    SyntaxCode.UNKNOWN_SENDER: "unknown interchange sender",
    SyntaxCode.TOO_OLD: "too old",
    SyntaxCode.TEST_INDICATOR_NOT_SUPPORTED: "test indicator not supported",
    SyntaxCode.DUPLICATE: "duplicate detected",
    SyntaxCode.SECURITY_NOT_SUPPORTED: "security function not supported",
    SyntaxCode.REFERENCES_DO_NOT_MATCH: "references do not match",
    SyntaxCode.CONTROL_COUNT_DOES_NOT_MATCH: "control count does not match",
    SyntaxCode.GROUPS_AND_MESSAGES_MIXED: "groups and messages mixed",
    SyntaxCode.MORE_THAN_ONE_TYPE_IN_GROUP: "more than one message type in group",
    SyntaxCode.LOWER_LEVEL_EMPTY: "lower level empty",
    SyntaxCode.INVALID_OCCURRENCE_OUTSIDE: "invalid occurrence outside message or group",
    SyntaxCode.NESTING_NOT_ALLOWED: "nesting indicator not allowed",
    SyntaxCode.TOO_MANY_SEGMENT_REPETITIONS: "too many segment repetitions",
    SyntaxCode.TOO_MANY_GROUP_REPETITIONS: "too many segment group repetitions",
    SyntaxCode.INVALID_CHARACTER_TYPE: "invalid type of character(s)",
    SyntaxCode.MISSING_DIGIT_BEFORE_DECIMAL: "missing digit in front of decimal sign",
    SyntaxCode.TOO_LONG: "data element too long",
    SyntaxCode.TOO_SHORT: "data element too short",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in an interchange.

    `message` counts messages from 0 (None: the fault lies in UNA, UNB or UNZ, or between messages). `segment` is the
    position in the message with UNH = 1; `element` counts with the segment tag = 1 and `component` from 1, as UCD does.
    `offset` is the byte offset in the interchange at which the faulty thing starts. `name` is the business name of the
    item, `found` what stands there and `expected` what is allowed.
    """

    code: SyntaxCode
    text: str
    offset: int
    message: int | None = None
    tag: str | None = None
    segment: int | None = None
    element: int | None = None
    component: int | None = None
    name: str | None = None
    found: str | None = None
    expected: str | None = None
    rule: str | None = None

    @property
    def place(self) -> str:
        """Where it is, in words: `message 1, segment 8 (DTM), element 2, component 1`."""
        parts = [] if self.message is None else [f"message {self.message + 1}"]
        if self.segment is not None:
            parts.append(f"segment {self.segment}" + (f" ({self.tag})" if self.tag else ""))
        elif self.tag:
            parts.append(self.tag)
        if self.element is not None:
            parts.append(f"element {self.element}")
        if self.component is not None:
            parts.append(f"component {self.component}")
        return ", ".join(parts) or "interchange"
