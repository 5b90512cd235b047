"""Instants as operators give and read them: in Canberra's time, unless they say otherwise."""

from openics.exchange.canberra import in_canberra, read_instant

__all__ = ["in_canberra", "read_instant"]
