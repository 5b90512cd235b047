"""Standing and administrators, grants, officers' duties, delegations; looks by programs. Nobody loses what they had.

Until now everybody of a client saw all of the client's records and could withdraw its export declarations, and every
officer saw everything for a purpose.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Now

FIRST_OF_EACH_CLIENT = """
UPDATE person SET is_administrator = true
WHERE id IN (SELECT min(id) FROM person WHERE client_id IS NOT NULL AND is_active GROUP BY client_id)
"""
DISABLED = "UPDATE person SET is_locked = true WHERE NOT is_active"
AS_BEFORE = """
INSERT INTO access_grant (person_id, application, level)
SELECT person.id, given.application, given.level
FROM person, (VALUES ('imports', 'read'), ('exports', 'read'), ('exports', 'prepare'), ('exports', 'lodge'),
                     ('cargo', 'read'), ('register', 'read'), ('sites', 'read')) AS given (application, level)
WHERE person.client_id IS NOT NULL
"""
EVERY_DUTY = """
INSERT INTO officer_duty (person_id, duty)
SELECT person.id, given.duty
FROM person, (VALUES ('registration'), ('gateway'), ('imports'), ('exports'), ('cargo'), ('information'), ('audit'))
     AS given (duty)
WHERE person.is_officer
"""


def _own() -> tuple[str, models.BigAutoField]:
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _client(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=f"delegations_{name}", to="openics.client"
    )


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name=name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [("openics", "0005_sites")]

    operations = [
        migrations.AddField(
            "person",
            "standing",
            models.CharField(
                max_length=9,
                db_default="confirmed",
                choices=[("pending", "pending"), ("confirmed", "confirmed"), ("closed", "closed")],
            ),
        ),
        migrations.AddField("person", "is_administrator", models.BooleanField(db_default=False)),
        migrations.AddField("person", "is_locked", models.BooleanField(db_default=False)),
        migrations.CreateModel(
            name="AccessGrant",
            fields=[
                _own(),
                ("application", models.CharField(max_length=16)),
                ("level", models.CharField(max_length=16)),
                ("granted_at", models.DateTimeField(db_default=Now())),
                ("person", _person("grants")),
            ],
            options={
                "db_table": "access_grant",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "application", "level"), name="access_grant_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficerDuty",
            fields=[
                _own(),
                ("duty", models.CharField(max_length=16)),
                ("given_at", models.DateTimeField(db_default=Now())),
                ("person", _person("duties")),
            ],
            options={
                "db_table": "officer_duty",
                "constraints": [models.UniqueConstraint(fields=("person", "duty"), name="officer_duty_once")],
            },
        ),
        migrations.CreateModel(
            name="AccessDelegation",
            fields=[
                _own(),
                ("application", models.CharField(max_length=16)),
                ("level", models.CharField(max_length=16)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("ended_at", models.DateTimeField(null=True, blank=True)),
                ("given_by", models.CharField(max_length=254)),
                ("given_at", models.DateTimeField(db_default=Now())),
                ("delegate", _client("received")),
                ("principal", _client("given")),
            ],
            options={
                "db_table": "access_delegation",
                "constraints": [
                    models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="access_delegation_days"),
                    models.CheckConstraint(condition=~Q(principal=F("delegate")), name="access_delegation_to_another"),
                ],
            },
        ),
        migrations.AlterField(
            "disclosure",
            "person",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                null=True,
                blank=True,
            ),
        ),
        migrations.AddField("disclosure", "actor", models.CharField(max_length=254, blank=True, db_default="")),
        migrations.AddIndex("disclosure", models.Index(fields=["actor", "-at"], name="disclosure_by_actor")),
        migrations.RunSQL([FIRST_OF_EACH_CLIENT, DISABLED, AS_BEFORE, EVERY_DUTY], migrations.RunSQL.noop),
    ]
