"""Which of the gateway's certificates a received mail was encrypted to.

Adding the column is instant, and the index is built beside running processes; both can be begun again after a failure.
"""

from django.db import migrations, models

COLUMN = "ALTER TABLE intake ADD COLUMN IF NOT EXISTS gateway_key varchar(64)"
INDEX = (
    "CREATE INDEX CONCURRENTLY intake_by_gateway_key ON intake (site, gateway_key, id DESC) "
    "WHERE gateway_key IS NOT NULL"
)
NO_INDEX = "DROP INDEX CONCURRENTLY IF EXISTS intake_by_gateway_key"


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("openics", "0003_web_cache")]

    operations = [
        migrations.RunSQL(
            COLUMN,
            "ALTER TABLE intake DROP COLUMN gateway_key",
            state_operations=[
                migrations.AddField("intake", "gateway_key", models.CharField(blank=True, max_length=64, null=True))
            ],
        ),
        migrations.RunSQL(NO_INDEX, migrations.RunSQL.noop),
        migrations.RunSQL(
            INDEX,
            NO_INDEX,
            state_operations=[
                migrations.AddIndex(
                    "intake",
                    models.Index(
                        condition=models.Q(("gateway_key__isnull", False)),
                        fields=["site", "gateway_key", "-id"],
                        name="intake_by_gateway_key",
                    ),
                )
            ],
        ),
    ]
