import django.contrib.postgres.indexes
import django.db.models.fields.json
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("openics", "0013_webhooks")]

    operations = [
        migrations.CreateModel(
            name="ReferenceLoad",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_list", models.CharField(max_length=12)),
                ("file_name", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=10)),
                ("stamp", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("entries", models.IntegerField()),
                ("added", models.IntegerField()),
                ("superseded", models.IntegerField()),
                ("forced", models.CharField(blank=True, db_default="", max_length=300)),
                ("actor", models.CharField(blank=True, db_default="", max_length=100)),
                ("loaded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"db_table": "reference_load"},
        ),
        migrations.AddIndex(
            model_name="referenceitem",
            index=django.contrib.postgres.indexes.GinIndex(
                django.db.models.fields.json.KeyTransform("aliases", "data"), name="reference_item_aliases"
            ),
        ),
        migrations.AddIndex(
            model_name="referenceload",
            index=models.Index(fields=["code_list", "-id"], name="reference_load_last"),
        ),
    ]
