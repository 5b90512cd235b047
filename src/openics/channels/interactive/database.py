"""The exchange's own functions want a psycopg connection: Django's, without the wrapping."""

from typing import Any

import psycopg
from django.db import connection


def raw_connection() -> "psycopg.Connection[Any]":
    """The connection of this request."""
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw
