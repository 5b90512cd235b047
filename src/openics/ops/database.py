"""Connections to the database, and bringing its tables up to date."""

import os
from pathlib import Path

import psycopg

from openics.ops.postgres import EmbeddedServer
from openics.ops.settings import settings

CONNECT_SECONDS = 10
"""How long a database may take to answer before it counts as away."""


class NotRunningError(RuntimeError):
    """There is no database to talk to: the system does not run and no address is set."""


def database_url() -> str:
    """The configured database, or that of the system that runs in the home. Raises NotRunningError when there is none."""
    chosen = settings()
    if chosen.database_url:
        return chosen.database_url
    if not chosen.home.is_dir() or not (server := EmbeddedServer(chosen.home)).is_running():
        text = f"no system runs in {chosen.home.resolve()}: start it with `make run`, or set OPENICS_HOME or OPENICS_DATABASE_URL"
        raise NotRunningError(text)
    return server.url


def connect(application: str) -> psycopg.Connection:
    """A connection of our own, in autocommit mode. Raises NotRunningError, or psycopg.OperationalError when it is away."""
    name = f"openics-{application}"
    return psycopg.connect(database_url(), autocommit=True, application_name=name, connect_timeout=CONNECT_SECONDS)


def use_django() -> None:
    """Set Django up in this process, on the database that `database_url` finds."""
    os.environ["OPENICS_DATABASE_URL"] = database_url()
    settings.cache_clear()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openics.ops.django_settings")
    import django

    django.setup()


def migrations_digest() -> str:
    """A digest of our own migrations; a database that has the same one needs no look at Django's."""
    from hashlib import sha256

    from openics import migrations

    directory = Path(migrations.__path__[0])
    digest = sha256()
    for path in sorted(directory.glob("0*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def migrate() -> bool:
    """Bring the tables up to date; returns whether anything had to be done."""
    with connect("migrate") as connection:
        state = connection.execute("SELECT to_regclass('schema_state')").fetchone()
        if state is not None and state[0] is not None:
            found = connection.execute("SELECT digest FROM schema_state").fetchone()
            if found is not None and found[0] == migrations_digest():
                return False
    use_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    with connect("migrate") as connection, connection.transaction():
        connection.execute("CREATE TABLE IF NOT EXISTS schema_state (digest text NOT NULL)")
        connection.execute("DELETE FROM schema_state")
        connection.execute("INSERT INTO schema_state VALUES (%s)", (migrations_digest(),))
    return True
