"""Which room handles which message; the rooms in the order in which they depend on each other."""

from openics.clients.due import DATES
from openics.clients.due import HANDLER as CLIENT_DATES
from openics.clients.handlers import HANDLERS as CLIENTS
from openics.clients.identity_due import HANDLER as IDENTITY_DETAILS
from openics.clients.identity_due import IDENTITY
from openics.decision.room import DueHandler, Handler
from openics.exchange.scripted import DUE as SCRIPTED
from openics.exports.due import decide_due
from openics.exports.handlers import HANDLERS as EXPORTS
from openics.exports.load import load_due
from openics.exports.record import record_outcomes
from openics.exports.status import DUE_KINDS
from openics.voyages.handlers import DUE as VOYAGES_DUE
from openics.voyages.handlers import HANDLERS as VOYAGES

HANDLERS: dict[str, Handler] = {**CLIENTS, **VOYAGES, **EXPORTS}
"""By ICS short name. A batch is handled room by room in this order, so that an export declaration sees the client that
was registered in the same batch."""

_EXPORTS_DUE = DueHandler(load_due, decide_due, record_outcomes)

DUE: dict[str, DueHandler] = {
    **VOYAGES_DUE,
    **dict.fromkeys(DUE_KINDS, _EXPORTS_DUE),
    DATES: CLIENT_DATES,
    IDENTITY: IDENTITY_DETAILS,
    **SCRIPTED,
}
"""By kind of due date. Kinds that share a handler are handled in one batch."""
