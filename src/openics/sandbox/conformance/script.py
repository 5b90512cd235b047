"""The steps that a trader's software is asked to take: what to do, and by which message it is recognised (pure)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from openics.messages.codes import DeclarationFunction
from openics.sandbox.conformance.facts import Incoming, Lodged, Traffic

Shown = Mapping[str, tuple[Incoming, Lodged]]
"""By step: the message that showed it, with what it came in."""
Fits = Callable[[Lodged, Shown], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its id, title, what the software is asked to do, and which message shows that it did.

    `builds_on` names the step that must have been shown before. `repeats` names a step whose answer customs sends again;
    such a step asks for no message of its own.
    """

    id: str
    title: str
    task: str
    fits: Fits
    builds_on: str = ""
    repeats: str = ""
    optional: bool = False

    def find(self, traffic: Traffic, shown: Shown) -> tuple[Incoming, Lodged] | None:
        """The first message that shows the step, after the one that it builds on."""
        if self.builds_on and self.builds_on not in shown:
            return None
        after = shown[self.builds_on][1].id if self.builds_on else 0
        fitting = (each for each in traffic.lodged() if each[1].id > after and self.fits(each[1], shown))
        return next(fitting, None)


def _registration(message: Lodged, shown: Shown) -> bool:  # noqa: ARG001 - the steps' common shape
    return message.name == "CLREG" and message.state == "accepted"


def _lodgement(message: Lodged, shown: Shown) -> bool:  # noqa: ARG001 - the steps' common shape
    return _is(message, DeclarationFunction.ORIGINAL) and message.state == "accepted"


def _refused_lodgement(message: Lodged, shown: Shown) -> bool:  # noqa: ARG001 - the steps' common shape
    return _is(message, DeclarationFunction.ORIGINAL) and message.state == "rejected"


def _corrected_lodgement(message: Lodged, shown: Shown) -> bool:
    same = message.sender_reference == shown["X3"][1].sender_reference
    return _is(message, DeclarationFunction.ORIGINAL) and message.state == "accepted" and same


def _change(message: Lodged, shown: Shown) -> bool:
    functions = (DeclarationFunction.CHANGE, DeclarationFunction.REPLACE, DeclarationFunction.REPLACE_HEADING)
    changes = any(_is(message, function) for function in functions)
    return changes and message.state == "accepted" and message.subject == shown["X2"][1].subject


def _status_request(message: Lodged, shown: Shown) -> bool:
    return message.name == "STREQ" and message.state == "accepted" and message.subject == shown["X2"][1].subject


def _withdrawal(message: Lodged, shown: Shown) -> bool:
    withdraws = _is(message, DeclarationFunction.WITHDRAW) and message.state == "accepted"
    return withdraws and message.subject == shown["X2"][1].subject


def _nothing(message: Lodged, shown: Shown) -> bool:  # noqa: ARG001 - the steps' common shape
    return False


def _is(message: Lodged, function: DeclarationFunction) -> bool:
    return message.name == "EXD" and message.function == function.value


EXPORTER: Final = (
    Step(
        "X1",
        "Register a client",
        "Register an overseas supplier or consignee with CLREG, so that customs answers with a CCID.",
        _registration,
        optional=True,
    ),
    Step(
        "X2",
        "Lodge an export declaration",
        "Lodge an original export declaration (EXD, function 9) without faults, so that customs answers with an EDN.",
        _lodgement,
    ),
    Step(
        "X3",
        "Take in a rejection",
        "Lodge an original export declaration with a fault that customs finds, for instance an intended date of export "
        "that is over, under a sender reference of its own.",
        _refused_lodgement,
    ),
    Step(
        "X4",
        "Correct what was rejected",
        "Correct the fault, and lodge the declaration anew under the sender reference of the rejected one.",
        _corrected_lodgement,
        builds_on="X3",
    ),
    Step(
        "X5",
        "Change a declaration",
        "Change the declaration of step X2 (EXD, function 4, 5 or 20, with its EDN and the next version).",
        _change,
        builds_on="X2",
    ),
    Step(
        "X6",
        "Ask for its status",
        "Ask for the status of the declaration of step X2 (STREQ).",
        _status_request,
        builds_on="X2",
    ),
    Step(
        "X7",
        "Confirm what comes twice",
        "Do nothing but what your software does by itself: customs sends an answer a second time, as it does when a "
        "confirmation is lost.",
        _nothing,
        repeats="X2",
    ),
    Step(
        "X8",
        "Withdraw a declaration",
        "Withdraw the declaration of step X2 (EXD, function 50).",
        _withdrawal,
        builds_on="X2",
    ),
)

SCRIPTS: Final[Mapping[str, tuple[Step, ...]]] = {"exporter": EXPORTER}
"""The scripts by name; each is for one kind of software."""
