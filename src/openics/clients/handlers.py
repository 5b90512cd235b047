"""The documents that the client register decides on."""

from typing import Final

from openics.clients.decide import decide_registration
from openics.clients.load import load
from openics.clients.record import record
from openics.decision.room import Handler

HANDLERS: Final = {"CLREG": Handler(load, decide_registration, record)}
