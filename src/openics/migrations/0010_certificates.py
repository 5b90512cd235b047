"""What the software of a site says it reads."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("openics", "0009_exchange")]

    operations = [
        migrations.AddField(
            "site", "ciphers", ArrayField(models.CharField(max_length=20), default=list, db_default=[])
        ),
    ]
