"""Code lists of the client register; those that messages carry are in `openics.messages.codes`."""

from enum import StrEnum
from typing import Final

from openics.messages.codes import ContactKind


class ClientKind(StrEnum):
    """What a client is known by."""

    ABN = "ABN"
    """A holder of an Australian Business Number."""
    ORGANISATION = "ORG"
    """An organisation without an ABN, known by a CCID."""
    INDIVIDUAL = "IND"
    """A person without an ABN, known by a CCID."""


WITH_PREFIX: Final = frozenset({ContactKind.AFTER_HOURS, ContactKind.FAX, ContactKind.BUSINESS})
"""Contacts that may carry a prefix (CL0467)."""


class Standing(StrEnum):
    """Whether a client may be dealt with."""

    ACTIVE = "ACTIVE"
    """Its roles count."""
    CANCELLED = "CANCELLED"
    """Nothing may be reported for it; what was reported stays."""


class EntryKind(StrEnum):
    """What a dated entry of a client's record says."""

    CENTRE = "CENTRE"
    """A Client Activity Centre: one business address of an ABN."""
    BRANCH = "BRANCH"
    """A branch that deals with customs under an id of its own."""
    ROLE = "ROLE"
    """A part that the client plays in the trade."""
    BROKER_LICENCE = "BROKER"
    """A licence to act as customs broker."""
    DEPOT_LICENCE = "DEPOT"
    """A licence to run a depot."""
    WAREHOUSE_LICENCE = "WAREHOUSE"
    """A licence to run a warehouse."""
    ESTABLISHMENT = "ESTABLISHMENT"
    """A place, such as a depot, a warehouse or a terminal, that the client runs."""


class Role(StrEnum):
    """The roles of clients; `register_rules.ROLES` says where each is known from and what it needs."""

    IMPORTER = "IMPORTER"
    """Imports goods."""
    EXPORTER = "EXPORTER"
    """Exports goods."""
    EXPORTER_AGENT = "EXPORTER AGENT"
    """Acts for exporters."""
    SUPPLIER = "SUPPLIER"
    """Supplies goods from overseas."""
    LICENSED_BROKERAGE = "LICENSED BROKERAGE"
    """Makes import declarations for others."""
    AIR_CARGO_REPORTER = "AIR CARGO REPORTER"
    """Reports air cargo."""
    SEA_CARGO_REPORTER = "SEA CARGO REPORTER"
    """Reports sea cargo."""
    SAC_COMMUNICATOR = "SAC COMMUNICATOR"
    """Communicates self-assessed clearance declarations."""
    BUREAU = "BUREAU"
    """Communicates for others, with its own certificate."""
    HOST_BUREAU = "HOST BUREAU"
    """Communicates for others, with their certificates."""
    SHIPPING_LINE = "SHIPPING LINE"
    """Runs ships."""
    AIRLINE = "AIRLINE"
    """Runs aircraft."""
    PRINCIPAL_AGENT = "PRINCIPAL AGENT"
    """Reports a voyage for its operator."""
    SLOT_CHARTERER = "SLOT CHARTERER"
    """Charters space on another's ship."""
    CARGO_TERMINAL_OPERATOR = "CARGO TERMINAL OPERATOR"
    """Runs a terminal where cargo is loaded and unloaded."""
    DEPOT_OPERATOR = "DEPOT OPERATOR"
    """Runs a depot."""
    WAREHOUSE_OPERATOR = "WAREHOUSE OPERATOR"
    """Runs a warehouse for goods on which duty is not paid."""


class ApplicationState(StrEnum):
    """How far an application to be registered has come."""

    WAITING = "WAITING"
    """An officer has to check the identity of the first person."""
    APPROVED = "APPROVED"
    """The client is on the register and the first person may sign in."""
    REFUSED = "REFUSED"
    """It was turned down, for a reason that the applicant is told."""
