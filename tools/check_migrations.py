"""Fails when the models have changes that no migration makes."""

import os
import sys
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as home:
    os.environ["OPENICS_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "openics.ops.django_settings"
    from openics.ops.postgres import EmbeddedServer

    server = EmbeddedServer(Path(home))
    os.environ["OPENICS_DATABASE_URL"] = server.start()
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit as error:
        sys.exit(error.code)
    finally:
        server.remove()
