"""Cargo that arrives: reports, lists, discharge, outturn, movement, status."""
