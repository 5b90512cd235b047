"""The table behind Django's cache: used one-time codes and rate limits, shared by all web processes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("openics", "0002_sequences")]

    operations = [
        migrations.RunSQL(
            "CREATE TABLE web_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX web_cache_expires ON web_cache (expires)",
            "DROP TABLE web_cache",
        )
    ]
