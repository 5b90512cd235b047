"""Reads a received interchange and says what is wrong with it, before any business rule looks at it (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from openics.edifact.envelope import Header
from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.places import offset_of
from openics.edifact.raw import RawMessage
from openics.edifact.reader import Interchange, read_interchange
from openics.exchange.opening import Opened, Received
from openics.exchange.policy import Policy
from openics.exchange.sites import Site
from openics.messages.gateway.contrl import SyntaxReport
from openics.messages.reading import Reading, read_message

Reference = tuple[str, bool, str]
"""What must be unique for ever: creator site, test indicator, interchange control reference."""


LONGEST_REFERENCE = 14


@dataclass(slots=True)
class Examined:
    """A received interchange and everything found in it."""

    received: Received
    opened: Opened
    interchange: Interchange
    faults: list[Fault] = field(default_factory=list)
    """Faults of the interchange itself; a fault here refuses all of it."""
    readings: list[Reading] = field(default_factory=list)
    duplicate: bool = False

    @property
    def header(self) -> Header | None:
        """The UNB, if there is one that can be read."""
        return self.interchange.header

    @property
    def reference(self) -> Reference | None:
        """The key under which its control reference is used up, if it has one."""
        return None if self.header is None else reference_of(self.opened, self.header)

    @property
    def read(self) -> list[tuple[RawMessage, Reading]]:
        """The messages that were read; none of them when the interchange itself is refused."""
        return list(zip(self.interchange.messages, self.readings, strict=False))

    @property
    def message_faults(self) -> list[Fault]:
        """Faults of single messages, each of which refuses its message; of their envelopes only when none is read."""
        if self.faults:
            return [fault for fault in self.interchange.faults if fault.message is not None]
        return [fault for reading in self.readings for fault in reading.faults]

    @property
    def only_confirms(self) -> bool:
        """Whether it holds nothing but CONTRL, which is never answered."""
        kinds = {message.type for message in self.interchange.messages}
        return kinds == {"CONTRL"}

    @property
    def outcome(self) -> str:
        """accepted, rejected, duplicate or confirmation, as the exchange log keeps it."""
        if self.duplicate:
            return "duplicate"
        if self.faults or all(reading.faults for reading in self.readings):
            return "rejected"
        return "confirmation" if self.only_confirms else "accepted"


def reference_of(opened: Opened, header: Header) -> Reference | None:
    """The key under which a control reference is used up; None for what is no control reference (0020 is an..14)."""
    reference = header.control_reference
    if not reference.isprintable() or not 0 < len(reference) <= LONGEST_REFERENCE:
        return None
    return (opened.site, header.test, reference)


def parse(received: Received, opened: Opened, policy: Policy) -> Examined:
    """Cut the interchange into messages; nothing is compared yet."""
    interchange = read_interchange(opened.interchange, policy.limits)
    faults = [fault for fault in interchange.faults if fault.message is None]
    return Examined(received, opened, interchange, faults)


def compare(
    examined: Examined,
    sites: Mapping[str, Site],
    used: Collection[Reference],
    taken: Collection[str],
    policy: Policy,
) -> None:
    """Compare the header with what is registered, then read the messages against their guides.

    `taken` names the messages that somebody here decides on; others, such as customs' own answers, are refused.
    """
    header = examined.header
    if header is None:
        return
    examined.duplicate = examined.reference in used
    examined.faults.extend(_header_faults(examined, header, sites, policy))
    if not examined.faults:
        examined.readings = [
            _refuse_unless_taken(raw, reading, taken)
            for raw, reading in zip(examined.interchange.messages, _readings(examined.interchange), strict=True)
        ]


def _readings(interchange: Interchange) -> list[Reading]:
    """The messages read against their guides; one whose own envelope is broken is not looked into."""
    broken: dict[int, list[Fault]] = {}
    for fault in interchange.faults:
        if fault.message is not None:
            broken.setdefault(fault.message, []).append(fault)
    return [
        Reading(None, None, tuple(broken[raw.index]), ()) if raw.index in broken else read_message(raw)
        for raw in interchange.messages
    ]


def _refuse_unless_taken(raw: RawMessage, reading: Reading, taken: Collection[str]) -> Reading:
    name = reading.name
    if reading.document is None or name in taken or name == SyntaxReport.guide.name:
        return reading
    expected = ", ".join(sorted(taken))
    fault = Fault(
        SyntaxCode.VALUE_NOT_SUPPORTED_HERE,
        f"{name} is not a message that customs takes; it takes {expected}",
        offset=offset_of(raw, 2, 2, 4),
        message=raw.index,
        tag="BGM",
        segment=2,
        element=2,
        component=4,
        name="Document Name",
        found=name,
        expected=expected,
    )
    return Reading(name, None, (fault,))


def _header_faults(examined: Examined, header: Header, sites: Mapping[str, Site], policy: Policy) -> list[Fault]:
    creator, owner = sites.get(header.sender), sites.get(header.owner or header.sender)
    faults = []
    if creator is None or header.sender != examined.opened.site:
        faults.append(
            _unb(SyntaxCode.UNKNOWN_SENDER, 3, 1, header.sender, examined.opened.site, "interchange creator", "E7")
        )
    elif owner is None or not owner.active or not (owner.owner == creator.owner or examined.opened.for_others):
        text = "an active site" if examined.opened.for_others else f"an active site of {creator.owner}"
        faults.append(_unb(SyntaxCode.UNKNOWN_SENDER, 3, 3, header.owner, text, "interchange owner"))
    if header.recipient != policy.customs_site:
        faults.append(
            _unb(SyntaxCode.NOT_ACTUAL_RECIPIENT, 4, 1, header.recipient, policy.customs_site, "interchange recipient")
        )
    if header.test != policy.test:
        expected = "1 (this is industry test)" if policy.test else "nothing (this is production)"
        faults.append(
            _unb(
                SyntaxCode.TEST_INDICATOR_NOT_SUPPORTED,
                12,
                None,
                "1" if header.test else "",
                expected,
                "test indicator",
            )
        )
    if examined.duplicate:
        expected = "a control reference that this site has not used before"
        faults.append(
            _unb(
                SyntaxCode.DUPLICATE,
                6,
                None,
                header.control_reference,
                expected,
                "interchange control reference",
                "X16",
            )
        )
    return faults


def _unb(
    code: SyntaxCode, element: int, component: int | None, found: str, expected: str, name: str, rule: str | None = None
) -> Fault:
    text = f"{name}: {code.meaning}: found {found or 'nothing'}, expected {expected}"
    return Fault(
        code,
        text,
        offset=0,
        tag="UNB",
        element=element,
        component=component,
        name=name,
        found=found,
        expected=expected,
        rule=rule,
    )
