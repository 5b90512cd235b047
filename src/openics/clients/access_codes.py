"""Code lists of access: what people's permissions are about, how far they reach, and how people and officers stand."""

from enum import StrEnum


class Application(StrEnum):
    """A part of the system that people are let into."""

    IMPORTS = "imports"
    """Import declarations, self-assessed clearance, and what is paid and refunded for them."""
    EXPORTS = "exports"
    """Export declarations, manifests and notices about goods for export."""
    CARGO = "cargo"
    """Cargo reports, outturns, underbond movements, arrivals and departures."""
    REGISTER = "register"
    """The client register."""
    SITES = "sites"
    """EDI sites and their certificates."""


class Level(StrEnum):
    """What a person may do in an application: the five published access levels."""

    READ = "read"
    """View."""
    PREPARE = "prepare"
    """Save and submit: prepare a document without lodging it."""
    LODGE = "lodge"
    """Lodge and withdraw."""
    PAY = "pay"
    """Pay by electronic funds transfer."""
    AMEND = "amend"
    """Amend EDI sites."""


class Standing(StrEnum):
    """How a person stands in the organisation."""

    PENDING = "pending"
    """Registered; an administrator has still to confirm."""
    CONFIRMED = "confirmed"
    """Belongs to the organisation, and may do what has been granted."""
    CLOSED = "closed"
    """Belongs to it no more and cannot sign in; what the person did stays on record."""


class Duty(StrEnum):
    """What an officer is there for; together with a purpose it says which records are shown."""

    REGISTRATION = "registration"
    """Looks after clients, sites, certificates and people."""
    GATEWAY = "gateway"
    """Helps with messages that did not go through, of whatever kind."""
    IMPORTS = "imports"
    """Assesses import declarations."""
    EXPORTS = "exports"
    """Assesses export declarations."""
    CARGO = "cargo"
    """Follows cargo that is reported, moved and held."""
    INFORMATION = "information"
    """Answers requests for access to information."""
    AUDIT = "audit"
    """Watches who looks at what."""
