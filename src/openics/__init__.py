"""OpenICS: an open Integrated Cargo System."""

__version__ = "0.1.0"
