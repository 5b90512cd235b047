"""CONTRL: the syntax and service report on an interchange."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from openics.edifact.faults import Fault, SyntaxCode
from openics.edifact.guide import Guide
from openics.edifact.matcher import MOST_FAULTS
from openics.edifact.raw import RawMessage
from openics.edifact.reader import Interchange
from openics.messages import codes
from openics.messages.document import Document, Part
from openics.messages.fields import at, group
from openics.messages.sources import SOFTWARE_DEVELOPERS_GUIDE


class ElementReport(Part):
    """One element in error: positions count with the segment tag as 1, components from 1."""

    error: int | None = at("0085", "Syntax Error", required=True)
    element: int | None = at("S011.0098", "Element Position")
    component: int | None = at("S011.0104", "Component Position")


class SegmentReport(Part):
    """One segment in error: its position in the message with UNH as 1."""

    position: int | None = at("UCS/0096", "Segment Position", required=True)
    error: int | None = at("UCS/0085", "Syntax Error")
    elements: tuple[ElementReport, ...] = group("UCD", "Elements")


class MessageReport(Part):
    """What became of one message."""

    reference: str | None = at("UCM/0062", "Message Reference", required=True)
    type: str | None = at("UCM/S009.0065", "Message Type")
    version: str | None = at("UCM/S009.0052", "Message Version")
    release: str | None = at("UCM/S009.0054", "Message Release")
    agency: str | None = at("UCM/S009.0051", "Controlling Agency")
    action: str | None = at("UCM/0083", "Action", codes=codes.SyntaxAction, required=True)
    error: int | None = at("UCM/0085", "Syntax Error")
    service_segment: str | None = at("UCM/0013", "Service Segment")
    element: int | None = at("UCM/S011.0098", "Element Position")
    component: int | None = at("UCM/S011.0104", "Component Position")
    segments: tuple[SegmentReport, ...] = group("SG2", "Segments")


class SyntaxReport(Document):
    """Syntax report: an interchange was received, is accepted, or is refused and where."""

    guide = Guide(
        name="CONTRL",
        type="CONTRL",
        title="Syntax and service report",
        direction="both",
        parties="the sender of the interchange reported on, site or customs",
        evidence="D",
        purpose="The receiver of an interchange tells its sender whether the syntax and the layout of its messages hold. It "
        "never says that an application has seen them.",
        source=f"{SOFTWARE_DEVELOPERS_GUIDE}/message-mapping-and-edifact/contrl-customs-syntax-and-service-report-(contrl)",
        version="2.4 (10 November 2003)",
        segments="""
            UNH M1
            UCI M1
            SG1 C999999 (
                UCM M1
                SG2 C999 (
                    UCS M1
                    UCD C99  UCD*99
                )
            )
            UNT M1
        """,
    )

    control_reference: str | None = at("UCI/0020", "Interchange Control Reference", required=True)
    sender: str | None = at("UCI/S002.0004", "Interchange Creator", required=True)
    owner: str | None = at("UCI/S002.0008", "Interchange Owner")
    recipient: str | None = at("UCI/S003.0010", "Recipient Site", required=True)
    action: str | None = at("UCI/0083", "Action", codes=codes.SyntaxAction, required=True)
    error: int | None = at("UCI/0085", "Syntax Error")
    service_segment: str | None = at("UCI/0013", "Service Segment")
    element: int | None = at("UCI/S011.0098", "Element Position")
    component: int | None = at("UCI/S011.0104", "Component Position")
    messages: tuple[MessageReport, ...] = group("SG1", "Messages")


def report(
    interchange: Interchange, faults: Sequence[Fault] = (), *, rejected_messages: Collection[int] = ()
) -> SyntaxReport | None:
    """The report on a received interchange; None when its header cannot be read, since nobody can be answered.

    `faults` are those of the interchange (no message number) and of its messages. A fault of the interchange refuses all
    of it; a message with faults, or among `rejected_messages`, is refused alone while the others are accepted; if all are
    refused, so is the interchange.
    """
    header = interchange.header
    if header is None:
        return None
    own = [fault for fault in faults if fault.message is None]
    messages = [_message_report(raw, faults, raw.index in rejected_messages) for raw in interchange.messages]
    refused = [message for message in messages if message.action == codes.SyntaxAction.REJECTED]
    rejected = bool(own) or (bool(messages) and len(refused) == len(messages))
    return SyntaxReport(
        control_reference=header.control_reference[:14] or _UNKNOWN,
        sender=header.sender[:35] or _UNKNOWN,
        owner=header.owner[:14],
        recipient=header.recipient[:35] or _UNKNOWN,
        action=_action(rejected),
        messages=tuple(refused if own else messages),
        **(_service_error(own[0]) if own else {}),
    )


_UNKNOWN: Final = "0"
"""Stands in a mandatory element of the report for what the reported interchange does not say."""


def _action(rejected: bool) -> str:
    return (codes.SyntaxAction.REJECTED if rejected else codes.SyntaxAction.ACKNOWLEDGED).value


def _message_report(raw: RawMessage, faults: Sequence[Fault], rejected: bool) -> MessageReport:
    found = [fault for fault in faults if fault.message == raw.index]
    own = [fault for fault in found if fault.segment is None or fault.tag in _SERVICE_SEGMENTS]
    inner = [fault for fault in found if fault not in own][:MOST_FAULTS]
    error: dict[str, Any] = {"error": int(SyntaxCode.UNSPECIFIED)} if inner or rejected else {}
    return MessageReport(
        reference=raw.reference[:14] or _UNKNOWN,
        type=raw.header(3, 1)[:6],
        version=raw.header(3, 2)[:3],
        release=raw.header(3, 3)[:3],
        agency=raw.header(3, 4)[:2],
        action=_action(bool(found) or rejected),
        segments=tuple(_segment_reports(inner)),
        **(_service_error(own[0]) if own else error),
    )


_SERVICE_SEGMENTS: Final = frozenset({"UNA", "UNB", "UNZ", "UNH", "UNT"})


def _service_error(fault: Fault) -> dict[str, Any]:
    """The elements of UCI or UCM that tell of a fault in a service segment."""
    error: dict[str, Any] = {"error": int(fault.code)}
    if fault.tag in _SERVICE_SEGMENTS:
        error |= {"service_segment": fault.tag, "element": fault.element, "component": fault.component}
    return error


def _segment_reports(faults: Sequence[Fault]) -> Iterator[SegmentReport]:
    """One UCS for each segment with faults in elements, and one for each fault of a segment as a whole."""
    for position, found in groupby(sorted(faults, key=_position), key=_position):
        several = list(found)
        elements = tuple(_element_report(fault) for fault in several if fault.element is not None)
        if elements:
            yield SegmentReport(position=position, error=int(SyntaxCode.UNSPECIFIED), elements=elements[:99])
        for fault in several:
            if fault.element is None:
                yield SegmentReport(position=position, error=int(fault.code))


def _position(fault: Fault) -> int:
    return fault.segment or 1


def _element_report(fault: Fault) -> ElementReport:
    return ElementReport(error=int(fault.code), element=min(fault.element or 1, 999), component=fault.component)
