"""Answers as they go out: written and read again."""

import pytest

from arrival_reports import ARRIVED, AT_SYDNEY, FLIGHT, LANDED, LATER, SHIP, SYDNEY, decide, facts, told
from openics.decision.outcome import Addressed
from openics.edifact.raw import RawMessage
from openics.messages.reading import read_message
from openics.messages.writing import write_message

OUTCOMES = {
    "ship rejected": decide(SHIP.replace(calls=(SYDNEY.replace(port="AUXXX"),))),
    "ship late": decide(SHIP, now=LATER),
    "flight rejected": decide(FLIGHT.replace(airline="Q")),
    "arrival rejected": decide(ARRIVED, facts(), now=AT_SYDNEY),
    "arrival late": decide(ARRIVED, told(SHIP), now=LATER),
    "landing rejected": decide(LANDED, facts(), now=LATER),
    "full of errors": decide(SHIP.replace(calls=tuple(SYDNEY.replace(port="NZAKL") for _ in range(99)))),
}
ANSWERS = [
    pytest.param(answer, id=f"{name}: {answer.document.name}")
    for name, outcome in OUTCOMES.items()
    for answer in outcome.documents
]


def test_R01_every_one_of_them_has_something_to_say() -> None:
    assert len(ANSWERS) == len(OUTCOMES)


@pytest.mark.parametrize("answer", ANSWERS)
def test_R02_an_answer_is_written_by_its_guide_and_read_as_it_was(answer: Addressed) -> None:
    reading = read_message(RawMessage(write_message(answer.document, "000001")))
    assert (reading.faults, reading.data_faults) == ((), ())
    assert reading.document == answer.document
