"""The floor: what any system must do for one declaration, done as cheaply as we know how."""

import os
import time
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from psycopg.types.json import Jsonb

from openics.ops.bench.processes import TICKS

TABLES = (
    *("evidence", "intake", "interchange", "message", "outbox_item"),
    *("export_declaration", "export_declaration_version", "event", "due_date"),
)
BATCH = 64
RSA_RUNS = 200


def floor_seconds(connection: psycopg.Connection, count: int) -> float:
    """Processor seconds of one declaration: two RSA operations, and its rows by plain statements in batches."""
    return rsa_seconds() + rows_seconds(connection) / count


def rsa_seconds() -> float:
    """Processor seconds of one decryption and one signature with a 2048-bit key."""
    key = rsa.generate_private_key(65537, 2048)
    secret = key.public_key().encrypt(b"k" * 32, padding.PKCS1v15())
    start = time.process_time()
    for _ in range(RSA_RUNS):
        key.decrypt(secret, padding.PKCS1v15())
        key.sign(b"content", padding.PKCS1v15(), hashes.SHA256())
    return (time.process_time() - start) / RSA_RUNS


def rows_seconds(connection: psycopg.Connection) -> float:
    """Processor seconds, ours and the server's, of writing every row of the run once more into tables of the same shape."""
    backend = connection.info.backend_pid
    total = 0.0
    for table in TABLES:
        connection.execute(f"CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)".encode())
        cursor = connection.execute(f"SELECT * FROM {table}".encode())  # noqa: S608 - our tables
        rows = cursor.fetchall()
        marks = ", ".join(["%s"] * len(cursor.description or ()))
        statement = f"INSERT INTO floor_{table} OVERRIDING SYSTEM VALUE VALUES ({marks})".encode()  # noqa: S608 - our tables
        adapted = [[_adapted(value) for value in row] for row in rows]
        start = time.process_time() + _server_seconds(backend)
        for first in range(0, len(adapted), BATCH):
            with connection.transaction(), connection.cursor() as writer:
                writer.executemany(statement, adapted[first : first + BATCH])
        total += time.process_time() + _server_seconds(backend) - start
    return total


def _adapted(value: object) -> object:
    return Jsonb(value) if isinstance(value, dict | list) else value


def _server_seconds(backend: int) -> float:
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if os.path.exists(f"/proc/{backend}") else 0.0  # noqa: PTH110 - /proc
