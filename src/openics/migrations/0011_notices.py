"""Notices, confirmations of the gateway's key, planned outages, and pauses by a site's owner."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("openics", "0010_certificates"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="paused_by_owner",
            field=models.BooleanField(db_default=False),
        ),
        migrations.CreateModel(
            name="GatewayKeyConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=7)),
                ("gateway_key", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "gateway_key_confirmation",
                "constraints": [
                    models.UniqueConstraint(fields=("site", "gateway_key"), name="gateway_key_confirmation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedOutage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "concerns",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None),
                ),
                ("words", models.CharField(max_length=500)),
                (
                    "notice_days",
                    django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), size=None),
                ),
                ("announced_at", models.DateTimeField()),
                ("sequence", models.IntegerField(db_default=0)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.CharField(blank=True, db_default="", max_length=300)),
            ],
            options={
                "db_table": "planned_outage",
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at", None)), fields=["ends_at"], name="planned_outage_ends"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="planned_outage_ends_after_its_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gateway", "the gateway's certificate"),
                            ("certificate", "a site's certificate"),
                            ("outage", "a planned outage"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject_key", models.CharField(max_length=64)),
                ("version", models.CharField(blank=True, db_default="", max_length=40)),
                ("step", models.CharField(max_length=16)),
                ("site", models.CharField(max_length=7)),
                ("owner", models.CharField(max_length=11)),
                ("recipient", models.EmailField(blank=True, db_default="", max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("needs_action", models.BooleanField(db_default=False)),
                ("act_until", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outbox_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="openics.outboxitem",
                    ),
                ),
            ],
            options={
                "db_table": "notice",
                "indexes": [
                    models.Index(fields=["owner", "-id"], name="notice_by_owner"),
                    models.Index(
                        condition=models.Q(("needs_action", True), ("settled_at", None)),
                        fields=["owner"],
                        name="notice_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject_key", "version", "step", "site"), name="notice_once"
                    )
                ],
            },
        ),
    ]
