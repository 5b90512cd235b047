from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("openics", "0008_api")]

    operations = [
        migrations.AddField(
            "site",
            "delivery",
            models.CharField(
                choices=[("mail", "sent by mail"), ("pull", "fetched by the site over HTTPS")],
                db_default="mail",
                max_length=4,
            ),
        ),
        migrations.AddField("outboxitem", "is_text", models.BooleanField(db_default=False)),
        migrations.AlterField(
            "outboxitem",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "to be signed and encrypted"),
                    ("sealed", "ready to send"),
                    ("held", "waits until the site fetches it"),
                    ("delivered", "taken by the mail server, or stored by the site"),
                    ("confirmed", "confirmed by the site"),
                    ("parked", "not confirmed, waits for a request"),
                ],
                default="waiting",
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            "outboxitem",
            models.Index(fields=["site", "id"], condition=models.Q(state="held"), name="outbox_item_held"),
        ),
        migrations.CreateModel(
            "RequestNonce",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("site", models.CharField(max_length=7)),
                ("nonce", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "request_nonce"},
        ),
        migrations.AddConstraint(
            "requestnonce", models.UniqueConstraint(fields=("site", "nonce"), name="request_nonce_once")
        ),
    ]
