"""The client register: versions, dated entries, merging, the register of businesses, applications and identity checks."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
import django.db.models.deletion
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("openics", "0006_access"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="BusinessNumber",
            fields=[
                ("abn", models.CharField(max_length=11, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("active", models.BooleanField()),
                ("centres", models.JSONField(default=list)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "business_number",
            },
        ),
        migrations.CreateModel(
            name="ClientApplication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=10, unique=True)),
                ("secret", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("WAITING", "waiting"), ("APPROVED", "approved"), ("REFUSED", "refused")],
                        default="WAITING",
                        max_length=10,
                    ),
                ),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, db_default="", max_length=64)),
                ("reason", models.CharField(blank=True, db_default="", max_length=300)),
                ("collected_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "client_application",
            },
        ),
        migrations.CreateModel(
            name="ClientEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CENTRE", "Client Activity Centre"),
                            ("BRANCH", "Branch"),
                            ("ROLE", "Role"),
                            ("BROKER", "Broker licence"),
                            ("DEPOT", "Depot licence"),
                            ("WAREHOUSE", "Warehouse licence"),
                            ("ESTABLISHMENT", "Establishment"),
                        ],
                        max_length=16,
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("address", models.JSONField(default=dict)),
                ("nominee", models.CharField(blank=True, max_length=200)),
                ("nominee_licence", models.CharField(blank=True, max_length=5)),
                ("evidence", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "db_table": "client_entry",
            },
        ),
        migrations.CreateModel(
            name="ClientVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField()),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(blank=True, max_length=64)),
                ("channel", models.CharField(blank=True, max_length=8)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("content", models.JSONField()),
            ],
            options={
                "db_table": "client_version",
            },
        ),
        migrations.CreateModel(
            name="IdentityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.IntegerField()),
                ("kinds", models.JSONField()),
                ("documents", models.JSONField()),
                ("officer", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "identity_check",
            },
        ),
        migrations.AddField(
            model_name="client",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="openics.client",
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="contact_name",
            field=models.CharField(blank=True, db_default="", max_length=70),
        ),
        migrations.AddField(
            model_name="client",
            name="contact_title",
            field=models.CharField(blank=True, db_default="", max_length=70),
        ),
        migrations.AddField(
            model_name="client",
            name="version",
            field=models.IntegerField(db_default=0),
        ),
        migrations.AddIndex(
            model_name="client",
            index=django.contrib.postgres.indexes.GinIndex(fields=["roles"], name="client_by_role"),
        ),
        migrations.AddField(
            model_name="clientapplication",
            name="client",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="openics.client",
            ),
        ),
        migrations.AddField(
            model_name="clientapplication",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cliententry",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="openics.client"
            ),
        ),
        migrations.AddField(
            model_name="clientversion",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="openics.client"
            ),
        ),
        migrations.AddField(
            model_name="identitycheck",
            name="application",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="identity", to="openics.clientapplication"
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="address_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("street", "address"),
                        models.Value(""),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("street_2", "address"),
                        models.Value(""),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("city", "address"),
                        models.Value(""),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("postcode", "address"),
                        models.Value(""),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("state", "address"),
                        models.Value(""),
                        output_field=models.TextField(),
                    ),
                    django.db.models.functions.comparison.Coalesce(
                        django.db.models.fields.json.KeyTextTransform("country", "address"),
                        models.Value(""),
                        output_field=models.TextField(),
                    ),
                    arg_joiner=" || ' ' || ",
                    output_field=models.TextField(),
                    template="btrim(regexp_replace(upper(%(expressions)s), '[^[:alnum:]]+', ' ', 'g'))",
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="client",
            name="name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "name",
                    output_field=models.TextField(),
                    template="btrim(regexp_replace(regexp_replace(regexp_replace(upper(%(expressions)s), '[^[:alnum:]]+', ' ', 'g'), '\\m(PTY|LTD|LIMITED|PROPRIETARY|CO|COMPANY|INC|INCORPORATED|CORP|LLC|THE)\\M', ' ', 'g'), '\\s+', ' ', 'g'))",
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="clientapplication",
            index=models.Index(fields=["state", "id"], name="client_application_state"),
        ),
        migrations.AddIndex(
            model_name="cliententry",
            index=models.Index(fields=["kind", "code", "id"], name="client_entry_by_code"),
        ),
        migrations.AddConstraint(
            model_name="cliententry",
            constraint=models.UniqueConstraint(fields=("client", "position"), name="client_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="clientversion",
            constraint=models.UniqueConstraint(fields=("client", "version"), name="client_version_once"),
        ),
        migrations.AddIndex(
            model_name="client",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("name_key", "gin_trgm_ops"), name="client_by_name"
            ),
        ),
    ]
