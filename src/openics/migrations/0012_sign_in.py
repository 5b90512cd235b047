"""Sessions, people's certificates, invitations, and drafts of forms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now

_KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _of_person(name, on_delete=django.db.models.deletion.PROTECT):
    return ("person", models.ForeignKey(on_delete=on_delete, related_name=name, to=settings.AUTH_USER_MODEL))


def _now():
    return models.DateTimeField(db_default=Now())


def _perhaps():
    return models.DateTimeField(blank=True, null=True)


class Migration(migrations.Migration):
    dependencies = [("openics", "0011_notices")]

    operations = [
        migrations.CreateModel(
            name="PersonCertificate",
            fields=[
                _KEY,
                ("fingerprint", models.CharField(max_length=64)),
                ("der", models.BinaryField()),
                ("subject", models.CharField(max_length=300)),
                ("issuer", models.CharField(max_length=300)),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField()),
                ("added_at", _now()),
                ("confirmed_at", _perhaps()),
                ("confirmed_by", models.CharField(blank=True, db_default="", max_length=64)),
                ("removed_at", _perhaps()),
                ("used_at", _perhaps()),
                _of_person("certificates"),
            ],
            options={"db_table": "person_certificate"},
        ),
        migrations.AddConstraint(
            "personcertificate",
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(removed_at=None),
                name="person_certificate_belongs_to_one_person",
            ),
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                _KEY,
                ("method", models.CharField(max_length=60)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("browser", models.CharField(blank=True, max_length=300)),
                ("begun_at", _now()),
                ("seen_at", _now()),
                ("ended_at", _perhaps()),
                ("ended_by", models.CharField(blank=True, db_default="", max_length=64)),
                ("reason", models.CharField(blank=True, db_default="", max_length=300)),
                _of_person("sign_ins"),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="openics.personcertificate",
                    ),
                ),
            ],
            options={
                "db_table": "sign_in",
                "indexes": [models.Index(fields=["person", "-seen_at"], name="sign_in_of_person")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                _KEY,
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("recovery", models.BooleanField(db_default=False)),
                ("made_at", _now()),
                ("made_by", models.CharField(blank=True, db_default="", max_length=64)),
                ("ends_at", models.DateTimeField()),
                ("used_at", _perhaps()),
                _of_person("invitations"),
            ],
            options={"db_table": "invitation"},
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                _KEY,
                ("page", models.CharField(max_length=300)),
                ("kept", models.BooleanField(db_default=False)),
                ("content", models.JSONField(default=dict)),
                ("changed_at", _now()),
                _of_person("drafts", django.db.models.deletion.CASCADE),
            ],
            options={"db_table": "draft"},
        ),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(fields=["person", "page", "kept"], name="draft_once_for_a_form"),
        ),
    ]
