"""The documents that exports decides on. Both share one loading and recording, so that they may mix in a batch."""

from typing import Final

from openics.decision.room import Handler
from openics.exports.decide import decide_declaration
from openics.exports.enquire import decide_enquiry
from openics.exports.load import load
from openics.exports.record import record

HANDLERS: Final = {
    "EXD": Handler(load, decide_declaration, record),
    "STREQ": Handler(load, decide_enquiry, record),
}
