"""Everything that the log keeps as a code has a word on the pages."""

import pytest

from openics.channels.interactive import words
from openics.decision.conditions import State
from openics.exchange.models import Intake, Message, OutboxItem
from openics.exports.codes import Status
from openics.messages.registry import ALL

COLOURS = {"", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}
TABLES = {
    "messages": (words.MESSAGE_STATES, set(Message.State.values)),
    "outbox": (words.OUTBOX_STATES, set(OutboxItem.State.values)),
    "intake": (words.INTAKE_STATES, set(Intake.State.values)),
    "interchange": (words.INTERCHANGE_OUTCOMES, {"accepted", "rejected", "duplicate", "confirmation", "answer"}),
    "declarations": (words.DECLARATION_STATUSES, {str(status.value) for status in Status}),
    "conditions": (words.CONDITION_STATES, {str(state.value) for state in State}),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_code_has_a_word_in_a_known_colour(name: str) -> None:
    table, codes = TABLES[name]
    assert set(table) == codes
    assert {word.colour for word in table.values()} <= COLOURS
    assert all(word.text for word in table.values())


def test_every_status_has_a_meaning() -> None:
    assert set(words.STATUS_MEANINGS) == set(words.DECLARATION_STATUSES)


def test_every_message_has_a_title() -> None:
    assert [words.message_name(each.name) for each in ALL] == [each.guide.title for each in ALL]
    assert words.message_name("NOVEL") == "NOVEL"


def test_labels_events_and_functions() -> None:
    assert words.label("fob_value") == "FOB value"
    assert words.label("ahecc") == "AHECC"
    assert words.event("export.declaration.withdrawn") == "Export declaration withdrawn"
    changed = words.event("export.declaration.status", {"from": None, "to": "EXPIRED_ERROR"})
    assert changed == f"Export declaration status: {words.DECLARATION_STATUSES['EXPIRED_ERROR'].text}"
    assert words.function("4") == "change"
    assert words.function("77") == "77"


def test_a_code_without_a_word_reads_as_it_is_written() -> None:
    assert words.word(words.MESSAGE_STATES, "ON_HOLD") == words.Word("On hold")


def test_sentences_read_without_braces() -> None:
    assert words.sentence("AHECC CODE {line.ahecc} AT {facts.case.fob_value:.2f}") == "AHECC CODE [AHECC] AT [2f]"
