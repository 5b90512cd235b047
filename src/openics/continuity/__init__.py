"""Keeping trade moving when something is down: planned outages."""
