"""The way through an interchange from service segment to service segment, message by message."""

import re
from bisect import bisect_right
from codecs import latin_1_decode
from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from openics.edifact.envelope import Header
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.limits import Limits
from openics.edifact.opening import Opening
from openics.edifact.places import place_in_segment
from openics.edifact.raw import RawMessage
from openics.edifact.screening import Screen, inspect, suspicious
from openics.edifact.segments import LINE_END_BYTES, is_released, segment_end, split_elements, unescape
from openics.edifact.trailers import Expected, count_segments, trailer_faults

_SHOWN = 20


class Walk:
    """One reading of the bytes of an interchange after UNB; faults are added to the list that is given."""

    def __init__(self, data: bytes, header: Header, screen: Screen, limits: Limits, faults: list[Fault]) -> None:
        self._data = data
        self._header = header
        self._screen = screen
        self._limits = limits
        self._faults = faults
        self._separators = separators = screen.separators
        self._codec = screen.repertoire.codec
        self._view = memoryview(data)
        self._terminator = ord(separators.terminator)
        self._ending = separators.terminator.encode("latin-1")
        self._releasing = separators.release.encode("latin-1") if separators.releases else b""
        self._release = ord(self._releasing) if self._releasing else -1
        after_tag = re.escape((separators.element + separators.terminator).encode("latin-1"))
        self._opening = ("UNH" + separators.element).encode("latin-1")
        self._openers = re.compile(rb"UN[EGHZ](?=[" + after_tag + rb"])")
        self._closers = re.compile(rb"UN[HTZ](?=[" + after_tag + rb"])")
        self._ranges: list[tuple[int, int]] = []
        self._references: set[str] = set()
        self._count = 0
        self._segments = 0
        self._cut_off = False
        self._strays = False

    def messages(self, opening: Opening) -> Iterator[RawMessage]:
        """The messages after `opening`."""
        body = opening.body
        self._ranges = suspicious(self._data, opening.una_end, self._screen)
        self._inspect(opening.start, body, None, "UNB")
        for opened, trailer, end in self._spans(body):
            if self._count == self._limits.messages:
                self._report(self._too_many_messages(opened))
                return
            raw = self._message(opened, trailer, end)
            yield raw
            if self._segments > self._limits.segments:
                self._report(self._too_many_segments(raw))
                return

    def _spans(self, at: int) -> Iterator[tuple[int, int | None, int]]:
        """Byte offsets of UNH, of UNT (None: missing) and of the end of each message."""
        while True:
            start, tag = at, b"UNH"
            if not self._data.startswith(self._opening, at):
                start, tag = self._next_service(self._openers, at)
                self._check_outside(at, start)
            if tag == b"UNH":
                trailer, tag = self._next_service(self._closers, start + 1)
                at = self._end(trailer) if tag == b"UNT" else trailer
                yield start, trailer if tag == b"UNT" else None, at
            elif tag == b"UNZ":
                self._close(start, self._end(start))
                return
            elif tag:
                self._report(self._group(start, tag))
                at = self._end(start)
            else:
                break
        text = "the interchange ends without UNZ; it is cut off, or the trailer was left out"
        self._report(_fault(SyntaxCode.MISSING, text, len(self._data), "UNZ"))

    def _next_service(self, tags: re.Pattern[bytes], start: int) -> tuple[int, bytes]:
        """Byte offset and tag of the first segment from `start` on with one of the tags; the end and nothing if none."""
        data = self._data
        for match in tags.finditer(data, start):
            at = match.start()
            if (data[at - 1] == self._terminator and data[at - 2] != self._release) or self._begins_segment(at):
                return at, match[0]
        return len(data), b""

    def _begins_segment(self, at: int) -> bool:
        before = at - 1
        while self._data[before] in b"\r\n":
            before -= 1
        return self._data[before] == self._terminator and not is_released(self._data, before, self._release)

    def _end(self, start: int) -> int:
        """The index after the terminator of the segment that starts there."""
        at = self._data.find(self._ending, start)
        if self._data[at - 1] == self._release:
            while at >= 0 and is_released(self._data, at, self._release, start):
                at = self._data.find(self._ending, at + 1)
        self._cut_off = at < 0
        return at + 1 or len(self._data)

    def _message(self, start: int, trailer: int | None, end: int) -> RawMessage:
        text = latin_1_decode(self._view[start:end])[0]
        raw = RawMessage(None, self._count, start, text, self._separators, self._codec)
        self._count += 1
        segments = count_segments(self._data, start, end, self._ending, self._releasing)
        self._segments += segments
        reference = self._check_header(raw)
        if trailer is None or self._cut_off:
            self._report(_no_trailer(raw, trailer, segments + 1))
        else:
            self._check_trailer(raw, trailer, segments, reference)
        if self._ranges and self._segments <= self._limits.segments:
            self._inspect(start, end, raw.index, None)
        return raw

    def _check_header(self, raw: RawMessage) -> str:
        """Check UNH; its reference, release characters in place."""
        header = raw.text[: min(segment_end(raw.text, 0, self._separators), self._limits.segment_length)]
        elements = split_elements(header, self._separators)
        reference, kind = (*elements, "", "")[1:3]
        if not reference:
            self._report(_missing_in_header(raw, header, 2, None, "0062, the message reference number,"))
        elif reference in self._references:
            self._report(_duplicate(raw, header, reference))
        if not kind or kind[0] == self._separators.component:
            self._report(_missing_in_header(raw, header, 3, 1, "S009/0065, the message type,"))
        self._references.add(reference)
        return reference

    def _check_trailer(self, raw: RawMessage, trailer: int, segments: int, reference: str) -> None:
        found = raw.text[trailer - raw.offset : -1][: self._limits.segment_length]
        element = self._separators.element
        if found == f"UNT{element}{segments}{element}{reference}" and reference:
            return
        expected = Expected("UNT", segments, "segments", unescape(reference, self._separators))
        for fault in trailer_faults(found, expected, self._separators, trailer):
            self._report(replace(fault, message=raw.index, segment=segments))

    def _close(self, start: int, end: int) -> None:
        """Check UNZ and that nothing follows it."""
        if self._cut_off:
            self._report(_fault(SyntaxCode.MISSING, "UNZ has no terminator; the interchange is cut off", end, "UNZ"))
            return
        if not self._count and not self._strays:
            text = "there is no message between UNB and UNZ; send at least one"
            self._report(_fault(SyntaxCode.LOWER_LEVEL_EMPTY, text, start, "UNZ"))
        found = latin_1_decode(self._data[start : min(end - 1, start + self._limits.segment_length)])[0]
        expected = Expected("UNZ", self._count, "messages", self._header.control_reference)
        for fault in trailer_faults(found, expected, self._separators, start):
            self._report(fault)
        self._inspect(start, end, None, "UNZ")
        self._check_outside(end, len(self._data), "after UNZ; send one interchange at a time")

    def _check_outside(self, start: int, end: int, where: str = "outside messages; put it between UNH and UNT") -> None:
        at = LINE_END_BYTES.match(self._data, start, end).end()  # type: ignore[union-attr]  # matches anything
        if at == end:
            return
        self._strays = True
        found = latin_1_decode(self._data[at : min(end, at + _SHOWN)])[0]
        text = f"{end - at} bytes stand {where}"
        self._report(_fault(SyntaxCode.INVALID_OCCURRENCE_OUTSIDE, text, at, None, found))

    def _group(self, at: int, tag: bytes) -> Fault:
        self._strays = True
        text = f"{tag.decode()}: functional groups are not supported; put the messages directly between UNB and UNZ"
        return _fault(SyntaxCode.NOT_SUPPORTED_HERE, text, at, tag.decode())

    def _inspect(self, start: int, end: int, message: int | None, tag: str | None) -> None:
        """Report the malformed segments of a stretch of whole segments."""
        before, counted = start, 0
        for first, last in self._suspicious_within(start, end):
            counted += count_segments(self._data, before, first, self._ending, self._releasing)
            before = first
            for fault in inspect(self._data, first, last, self._screen):
                if len(self._faults) >= self._limits.faults:
                    return
                segment = None if message is None else counted + (fault.segment or 0)
                self._report(replace(fault, message=message, segment=segment, tag=tag or fault.tag))

    def _suspicious_within(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        nearest = bisect_right(self._ranges, start, key=itemgetter(1))
        while nearest < len(self._ranges) and self._ranges[nearest][0] < end:
            first, last = self._ranges[nearest]
            yield max(first, start), min(last, end)
            nearest += 1

    def _too_many_messages(self, at: int) -> Fault:
        text = f"the interchange has more than {self._limits.messages} messages; send the others in another one"
        return _fault(SyntaxCode.UNSPECIFIED, text, at, "UNH", rule="limit: messages")

    def _too_many_segments(self, raw: RawMessage) -> Fault:
        text = f"the interchange has more than {self._limits.segments} segments; reading stopped with this message"
        fault = _fault(SyntaxCode.TOO_MANY_SEGMENT_REPETITIONS, text, raw.offset, "UNH", rule="limit: segments")
        return replace(fault, message=raw.index, segment=1)

    def _report(self, fault: Fault) -> None:
        if len(self._faults) < self._limits.faults:
            self._faults.append(fault)


def _fault(
    code: SyntaxCode, text: str, offset: int, tag: str | None, found: str | None = None, rule: str | None = None
) -> Fault:
    return Fault(code, text, offset, tag=tag, found=found, rule=rule or f"ISO 9735 version 3, {tag or 'interchange'}")


def _no_trailer(raw: RawMessage, trailer: int | None, position: int) -> Fault:
    text = f"message {raw.reference!r} ends without UNT; close it before anything else begins"
    if trailer is not None:
        text = f"UNT of message {raw.reference!r} has no terminator; the interchange is cut off"
    fault = _fault(SyntaxCode.MISSING, text, raw.offset + len(raw.text), "UNT")
    return replace(fault, message=raw.index, segment=position)


def _missing_in_header(raw: RawMessage, header: str, element: int, component: int | None, what: str) -> Fault:
    offset = raw.offset + place_in_segment(header, element, component, raw.separators)
    fault = _fault(SyntaxCode.MISSING, f"UNH {what} is missing; it is mandatory", offset, "UNH")
    return replace(fault, message=raw.index, segment=1, element=element, component=component)


def _duplicate(raw: RawMessage, header: str, reference: str) -> Fault:
    text = f"UNH 0062 {reference!r} names an earlier message of this interchange; number each message differently"
    fault = _fault(
        SyntaxCode.DUPLICATE, text, raw.offset + place_in_segment(header, 2, None, raw.separators), "UNH", reference
    )
    return replace(fault, message=raw.index, segment=1, element=2)
