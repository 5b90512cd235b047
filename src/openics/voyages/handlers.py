"""The documents that voyages decides on. All share one loading and recording, so that they may mix in a batch."""

from typing import Final

from openics.decision.room import DueHandler, Handler
from openics.voyages.arrive import decide_actual
from openics.voyages.decide import decide_impending
from openics.voyages.due import decide_due
from openics.voyages.load import load, load_due
from openics.voyages.record import record, record_outcomes
from openics.voyages.status import DUE_KINDS

HANDLERS: Final = {
    "SEAIAR": Handler(load, decide_impending, record),
    "AIRIAR": Handler(load, decide_impending, record),
    "SEAAAR": Handler(load, decide_actual, record),
    "AIRAAR": Handler(load, decide_actual, record),
}
"""By ICS short name."""

DUE: Final = dict.fromkeys(DUE_KINDS, DueHandler(load_due, decide_due, record_outcomes))
"""By kind of due date."""
