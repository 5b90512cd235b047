"""Tables of the client register beside the clients: versions, entries, the register of businesses, applications."""

from typing import Final

from django.db import models
from django.db.models.functions import Now

from openics.clients.codes import ApplicationState
from openics.clients.models import Client
from openics.clients.register_record import KIND_NAMES

_KINDS: Final = [(kind.value, name) for kind, name in KIND_NAMES.items()]


class ClientVersion(models.Model):
    """A client's record as it was written once. Only ever added to."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="versions")
    version = models.IntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64, blank=True)
    """Who wrote it: an e-mail address, a client id, or an operator's name."""
    channel = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    content = models.JSONField()

    class Meta:
        app_label = "openics"
        db_table = "client_version"
        constraints = [models.UniqueConstraint(fields=["client", "version"], name="client_version_once")]

    def __str__(self) -> str:
        return f"{self.client_id} version {self.version}"


class ClientEntry(models.Model):
    """A dated entry of a client's record as it is now: activity centre, branch, role, licence or establishment."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="entries")
    position = models.IntegerField()
    kind = models.CharField(max_length=16, choices=_KINDS)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    """Its last day."""
    name = models.CharField(max_length=200, blank=True)
    address = models.JSONField(default=dict)
    nominee = models.CharField(max_length=200, blank=True)
    nominee_licence = models.CharField(max_length=5, blank=True)
    evidence = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "client_entry"
        constraints = [models.UniqueConstraint(fields=["client", "position"], name="client_entry_once")]
        indexes = [models.Index(fields=["kind", "code", "id"], name="client_entry_by_code")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class BusinessNumber(models.Model):
    """What the register of businesses says of an ABN, as far as an extract of it was loaded."""

    abn = models.CharField(max_length=11, primary_key=True)
    name = models.CharField(max_length=200)
    active = models.BooleanField()
    centres = models.JSONField(default=list)
    """Its activity centres, as entries of a client's record."""
    loaded_at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "business_number"

    def __str__(self) -> str:
        return f"{self.abn} {self.name}"


class ClientApplication(models.Model):
    """Somebody who never dealt with the system asks to be registered."""

    reference = models.CharField(max_length=10, unique=True)
    secret = models.CharField(max_length=64)
    """SHA-256 of the code that only the applicant has."""
    state = models.CharField(
        max_length=10, default="WAITING", choices=[(state.value, state.value.lower()) for state in ApplicationState]
    )
    content = models.JSONField()
    """What the applicant said; see `applications.Application`."""
    created_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=64, blank=True, db_default="")
    reason = models.CharField(max_length=300, blank=True, db_default="")
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="applications")
    person = models.ForeignKey("openics.Person", models.PROTECT, null=True, blank=True, related_name="+")
    collected_at = models.DateTimeField(null=True, blank=True)
    """When the first password was shown to the applicant."""

    class Meta:
        app_label = "openics"
        db_table = "client_application"
        indexes = [models.Index(fields=["state", "id"], name="client_application_state")]

    def __str__(self) -> str:
        return self.reference


class IdentityCheck(models.Model):
    """The documents that an officer sighted; their details are erased after a time."""

    application = models.OneToOneField(ClientApplication, models.PROTECT, related_name="identity")
    points = models.IntegerField()
    kinds = models.JSONField()
    """The kinds of the documents; kept."""
    documents = models.JSONField()
    """Kind, last characters of the number and expiry of each; empty once erased."""
    officer = models.CharField(max_length=64)
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "identity_check"

    def __str__(self) -> str:
        return f"{self.points} points, {self.officer}"
