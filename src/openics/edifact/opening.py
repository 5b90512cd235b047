"""How an interchange begins: the service string advice UNA and the header UNB."""

from dataclasses import dataclass, field, replace

from openics.edifact.charset import REPERTOIRES, Repertoire
from openics.edifact.envelope import Header, parse_header
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.limits import DEFAULT_LIMITS, Limits
from openics.edifact.segments import LINE_ENDS, segment_end
from openics.edifact.separators import DEFAULT_SEPARATORS, Separators

UNA_LENGTH = 9
_LINE_END_BYTES = LINE_ENDS.encode()


@dataclass(slots=True)
class Opening:
    """What the first bytes of an interchange say; `header` is None if there is no UNB to be read.

    `start` and `body` are the byte offsets of UNB and of what follows its terminator; `newline` is the line end that
    stands there.
    """

    header: Header | None = None
    separators: Separators = DEFAULT_SEPARATORS
    una: bool = False
    start: int = 0
    body: int = 0
    newline: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def una_end(self) -> int:
        """The byte offset after UNA, line ends not yet skipped."""
        return UNA_LENGTH if self.una else 0

    @property
    def repertoire(self) -> Repertoire | None:
        """The character repertoire that UNB names; None if the interchange is not one that can be read on."""
        if self.header is None or self.header.syntax_version != "3":
            return None
        return REPERTOIRES.get(self.header.syntax_id)


def read_opening(data: bytes, limits: Limits) -> Opening:
    """Read UNA, if there is one, and UNB."""
    opening = Opening()
    if data.startswith(b"UNA"):
        opening.una = True
        _read_una(data, opening)
    if not any(fault.code == SyntaxCode.INVALID_SERVICE_CHARACTERS for fault in opening.faults):
        _read_unb(data, opening, limits)
    return opening


def read_header(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Header | None:
    """The UNB of an interchange, read without looking further; None if there is none."""
    return read_opening(data, limits).header


def line_end(data: bytes, at: int) -> bytes:
    """The CR and LF bytes that stand at `at`, as one line end: CR LF, CR, LF or nothing."""
    if data[at : at + 2] == b"\r\n":
        return b"\r\n"
    return data[at : at + 1] if data[at : at + 1] in (b"\r", b"\n") else b""


def skip_line_ends(data: bytes, at: int) -> int:
    """The first index from `at` on that holds neither CR nor LF."""
    while data[at : at + 1] and data[at] in _LINE_END_BYTES:
        at += 1
    return at


def _read_una(data: bytes, opening: Opening) -> None:
    marks = data[3:UNA_LENGTH].decode("latin-1")
    if len(marks) < 6:
        text = f"UNA ends after {len(data)} bytes; it has exactly {UNA_LENGTH}: UNA and six service characters"
        opening.faults.append(_una_fault(SyntaxCode.INVALID_SERVICE_CHARACTERS, text, 3, marks))
        return
    separators = Separators(*marks)
    opening.separators = separators if separators.decimal in ".," else replace(separators, decimal=".")
    opening.start = skip_line_ends(data, UNA_LENGTH)
    for at, mark in enumerate(marks, start=3):
        wrong = _wrong_mark(mark, at, separators)
        if wrong:
            opening.faults.append(_una_fault(SyntaxCode.INVALID_AS_SERVICE_CHARACTER, wrong, at, mark))
    if len(set(separators.dividing)) < len(separators.dividing) or separators.terminator in LINE_ENDS:
        text = f"UNA {marks!r} gives one character two meanings; choose a different one for each"
        opening.faults.append(_una_fault(SyntaxCode.INVALID_SERVICE_CHARACTERS, text, 3, marks))


def _wrong_mark(mark: str, at: int, separators: Separators) -> str | None:
    position = at - 2
    if position == 3 and mark not in ".,":
        return f"UNA service character {position} is {mark!r}; the decimal mark is a full stop or a comma"
    if position in {1, 2, 4, 6} and (mark.isalnum() or mark in LINE_ENDS):
        return f"UNA service character {position} is {mark!r}; a letter, digit or line end cannot divide data"
    if position in {1, 2, 6} and mark == " ":
        return f"UNA service character {position} is a space; only the release and reserved positions may be empty"
    if position == 5 and mark in separators.dividing:
        return f"UNA service character {position} repeats {mark!r}; the reserved position holds a space"
    return None


def _una_fault(code: SyntaxCode, text: str, offset: int, found: str) -> Fault:
    return Fault(code, text, offset, tag="UNA", found=found or None, rule="ISO 9735 version 3, UNA")


def _read_unb(data: bytes, opening: Opening, limits: Limits) -> None:
    window = data[opening.start : opening.start + limits.segment_length + 1].decode("latin-1")
    if not window.startswith("UNB" + opening.separators.element):
        begin = "what follows UNA" if opening.una else "the interchange"
        text = (
            f"{begin} does not begin with UNB{opening.separators.element}; send an UN/EDIFACT interchange, nothing else"
        )
        opening.faults.append(_unb_fault(SyntaxCode.MISSING, text, opening.start))
        return
    end = segment_end(window, 0, opening.separators)
    if end == len(window):
        code, text = SyntaxCode.MISSING, "UNB has no terminator; the interchange is cut off"
        if len(window) > limits.segment_length:
            code, text = SyntaxCode.TOO_LONG, f"UNB has more than {limits.segment_length} characters"
        opening.faults.append(
            _unb_fault(code, text, opening.start + (len(window) if code == SyntaxCode.MISSING else 0))
        )
        return
    opening.header, faults = parse_header(window[:end], opening.separators, opening.start)
    opening.faults += faults
    newline = line_end(data, opening.start + end + 1)
    opening.newline = newline.decode()
    opening.body = opening.start + end + 1


def _unb_fault(code: SyntaxCode, text: str, offset: int) -> Fault:
    return Fault(code, text, offset, tag="UNB", rule="ISO 9735 version 3, UNB")
