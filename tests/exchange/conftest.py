"""Fixtures of the exchange: a connection of its own to the test database."""

from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture
def connection(transactional_db: None, database_url: str) -> Iterator[psycopg.Connection]:
    """An autocommit connection, as the processes use."""
    with psycopg.connect(database_url, autocommit=True) as found:
        yield found
