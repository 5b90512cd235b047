"""The code lists of the reference data."""

from enum import StrEnum


class CodeList(StrEnum):
    """A list of codes; the names of the published reference files where there is one."""

    AHECC = "AHECC"
    """Export commodity classification. Data: unit, permit, prescribed, excisable."""
    PORT = "PORT"
    """Ports and airports by UN/LOCODE. Data: function, zone (IANA time zone), aliases (IATA codes)."""
    COUNTRY = "COUNTRY"
    """Countries by ISO 3166-1 alpha-2 code."""
    CURRENCY = "CURRENCY"
    """Currencies by ISO 4217 code."""
    ESTABLISHMENT = "ESTABMNT"
    """Depots, warehouses and terminals by establishment id. Data: kind, port, operator, berth."""
    VESSEL = "VESSEL"
    """Ships by IMO number, or by the code that customs gave a ship without one. Data: flag, type."""
    AIRLINE = "AIRLINE"
    """Airlines by IATA designator. Data: aliases (three-digit prefixes of their air waybills)."""
    PACKAGE_TYPE = "PKGTYPE"
    """Types of packages by UN/ECE Recommendation 21 code."""
    CARGO_TYPE = "CARGOTYP"
    """How sea cargo travels: full container, shared container, and so on."""
    AUSTRALIAN_PLACE = "AUPLACE"
    """Names of Australian towns that a consignee's address abroad is checked against."""


class EstablishmentKind(StrEnum):
    """What an establishment is licensed for."""

    WAREHOUSE = "WAREHOUSE"
    """Warehouse for goods on which duty is unpaid (s79)."""
    DEPOT = "DEPOT"
    """Depot where cargo is consolidated or unpacked (s77G)."""
    TERMINAL = "TERMINAL"
    """Cargo terminal of a cargo terminal operator (CTO)."""
    PLACE = "PLACE"
    """Appointed wharf or airport (s15)."""
