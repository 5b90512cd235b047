"""Number sequences: taken without locks, never given back."""

from django.db import migrations

SEQUENCES = ("submission_number", "edn_number", "ccid_number", "response_number")


class Migration(migrations.Migration):
    dependencies = [("openics", "0001_foundation")]

    operations = [
        migrations.RunSQL(f"CREATE SEQUENCE {name} MINVALUE 0 START 0", f"DROP SEQUENCE {name}") for name in SEQUENCES
    ]
