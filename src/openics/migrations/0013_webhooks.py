"""Webhooks and what is delivered to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("openics", "0012_sign_in")]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=500)),
                ("codes", ArrayField(models.CharField(max_length=64), default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "told of events"), ("paused", "paused"), ("ended", "ended")],
                        default="active",
                        max_length=6,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("generation", models.IntegerField(default=1)),
                ("renewed_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=64)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("client", models.ForeignKey("openics.client", models.PROTECT, related_name="webhooks")),
            ],
            options={"db_table": "webhook"},
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=96)),
                (
                    "state",
                    models.CharField(choices=[("waiting", "waits"), ("taken", "taken")], default="waiting", max_length=7),
                ),
                ("attempts", models.IntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField()),
                ("status", models.IntegerField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("event", models.ForeignKey("openics.event", models.PROTECT, related_name="+")),
                ("webhook", models.ForeignKey("openics.webhook", models.CASCADE, related_name="deliveries")),
            ],
            options={
                "db_table": "webhook_delivery",
                "indexes": [
                    models.Index(
                        fields=["webhook", "subject", "event"],
                        condition=models.Q(state="waiting"),
                        name="webhook_delivery_waiting",
                    ),
                    models.Index(
                        fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="webhook_delivery_due"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=["webhook", "event"], name="webhook_delivery_once")],
            },
        ),
    ]
