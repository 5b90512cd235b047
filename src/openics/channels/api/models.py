"""Tables of the API: programs and their secrets, tokens, idempotency keys, and how many requests were made."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from openics.clients.models import Client
from openics.exchange.models import Intake


class Program(models.Model):
    """A program that acts for a client through the API."""

    identifier = models.CharField(max_length=24, unique=True)
    """The OAuth client id; what logs and events call the program."""
    client = models.ForeignKey(Client, models.PROTECT, related_name="programs")
    name = models.CharField(max_length=80)
    scopes = ArrayField(models.CharField(max_length=32))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    """Who made it in the web; null for one made at the console."""
    made_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    """From when on nothing of it counts; it is never deleted."""

    class Meta:
        app_label = "openics"
        db_table = "api_program"

    def __str__(self) -> str:
        return f"{self.identifier} {self.name}"


class ProgramSecret(models.Model):
    """A secret of a program; two may hold at once while one replaces the other. Only its hash is kept."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="secrets")
    digest = models.BinaryField(unique=True)
    """SHA-256 of the secret, which is random and as long as the hash."""
    hint = models.CharField(max_length=4)
    """The last characters of the secret, for telling one from another."""
    made_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True, blank=True)
    """When it stops: set as another one replaces it, or at once."""
    used_at = models.DateTimeField(null=True, blank=True)
    """When a token was last issued for it."""

    class Meta:
        app_label = "openics"
        db_table = "api_secret"

    def __str__(self) -> str:
        return f"secret ending in {self.hint}"


class AccessToken(models.Model):
    """A token issued for a secret; it ends by itself, with its secret, or with its program. Only its hash is kept."""

    secret = models.ForeignKey(ProgramSecret, models.CASCADE, related_name="tokens")
    digest = models.BinaryField(unique=True)
    """SHA-256 of the token."""
    scopes = ArrayField(models.CharField(max_length=32))
    issued_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "api_token"

    def __str__(self) -> str:
        return f"token {self.pk}"


class IdempotencyKey(models.Model):
    """A key under which a submission was made, so that the same request again is not a second one."""

    caller = models.CharField(max_length=64)
    """The program or site whose key it is."""
    key = models.CharField(max_length=255)
    request = models.BinaryField()
    """SHA-256 over media type and body."""
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, blank=True, related_name="+")
    """What came of it; null only inside of the transaction that makes both."""
    made_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        app_label = "openics"
        db_table = "api_idempotency_key"
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="api_idempotency_key_once")]

    def __str__(self) -> str:
        return self.key


class RequestCount(models.Model):
    """How many requests a caller has made in the minute that runs."""

    caller = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField()
    """Minutes since the epoch."""
    requests = models.IntegerField()

    class Meta:
        app_label = "openics"
        db_table = "api_request_count"

    def __str__(self) -> str:
        return f"{self.caller} {self.requests}"
