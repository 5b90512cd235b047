"""Fixtures of the exchange, which makes the events."""

from exchange.conftest import connection, make_worker, register, worker

__all__ = ["connection", "make_worker", "register", "worker"]
