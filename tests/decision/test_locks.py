"""Locks on keys: two transactions that want the same thing wait for each other."""

import psycopg
import pytest

from openics.decision.locks import lock_keys


@pytest.mark.django_db(transaction=True)
def test_a_locked_key_is_waited_for_and_others_are_not(database_url: str) -> None:
    with psycopg.connect(database_url) as one, psycopg.connect(database_url) as two:
        lock_keys(one.cursor(), "client", ["B", "A"])
        two.execute("SET lock_timeout = '100ms'")
        lock_keys(two.cursor(), "client", ["C"])
        lock_keys(two.cursor(), "reference", ["A"])
        with pytest.raises(psycopg.errors.LockNotAvailable):
            lock_keys(two.cursor(), "client", ["A"])


@pytest.mark.django_db(transaction=True)
def test_locks_end_with_the_transaction(database_url: str) -> None:
    with psycopg.connect(database_url) as one, psycopg.connect(database_url) as two:
        lock_keys(one.cursor(), "client", ["A"])
        one.rollback()
        two.execute("SET lock_timeout = '100ms'")
        lock_keys(two.cursor(), "client", ["A"])
        lock_keys(two.cursor(), "client", [])
