"""Voyages: ships and flights that arrive and depart."""
