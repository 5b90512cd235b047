"""Tables of voyages: ships' voyages and flights, their ports of call, actual arrivals, and the versions of both reports."""

from django.db import models
from django.db.models.functions import Now


class Voyage(models.Model):
    """A voyage or flight, or a leg of it, as it stands now; its history is in the versions."""

    reference = models.CharField(max_length=35, primary_key=True)
    mode = models.CharField(max_length=2)
    """11 by sea, 6 by air."""
    craft = models.CharField(max_length=17)
    """Vessel id or airline code."""
    number = models.CharField(max_length=17)
    """Voyage or flight number."""
    leg = models.IntegerField()
    day = models.DateField()
    """The port's day of the first estimated arrival when it was first reported; never changed."""
    first_arrival = models.DateField()
    """The port's day of the first estimated arrival now."""
    last_arrival = models.DateField()
    owner = models.CharField(max_length=11)
    """Client id (ABN or CCID) of the reporting party."""
    agent = models.CharField(max_length=11, blank=True)
    """Client id of the principal agent or responsible party that the report names."""
    site = models.CharField(max_length=7)
    channel = models.CharField(max_length=8)
    sender_reference = models.CharField(max_length=35)
    version = models.IntegerField()
    """The latest version stored."""
    amendments = models.IntegerField(default=0)
    status = models.CharField(max_length=16)
    conditions = models.JSONField(default=list)
    document = models.JSONField()
    """The full impending arrival report in force, in the JSON form of its message."""
    reported_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "voyage"
        indexes = [
            models.Index(fields=["mode", "craft", "number", "last_arrival"], name="voyage_by_craft"),
            models.Index(fields=["owner", "-reported_at", "reference"], name="voyage_by_owner"),
            models.Index(fields=["agent", "-reported_at", "reference"], name="voyage_by_agent"),
            models.Index(fields=["status", "first_arrival"], name="voyage_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner", "mode", "sender_reference"], name="voyage_sender_reference")
        ]

    def __str__(self) -> str:
        return self.reference


class VoyageCall(models.Model):
    """A port of call of a voyage. A call that a change deletes stays, marked as removed; its number is not used again."""

    voyage = models.ForeignKey(Voyage, models.PROTECT, related_name="calls")
    number = models.IntegerField()
    port = models.CharField(max_length=5)
    estimated_at = models.DateTimeField()
    estimated_day = models.DateField()
    """The day in the port's own time."""
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrival = models.CharField(max_length=35, blank=True)
    """Sender reference of the actual arrival report."""
    phase = models.CharField(max_length=10)
    unloader = models.CharField(max_length=11, blank=True)
    """Stevedore, terminal or first depot."""
    discharge = models.CharField(max_length=1, blank=True)
    """Y when cargo is to be discharged there."""
    line = models.JSONField()
    """The port line in force, in the JSON form of its message."""
    removed = models.BooleanField(default=False)

    class Meta:
        app_label = "openics"
        db_table = "voyage_call"
        indexes = [models.Index(fields=["port", "estimated_at"], name="voyage_call_by_port")]
        constraints = [models.UniqueConstraint(fields=["voyage", "number"], name="voyage_call_once")]

    def __str__(self) -> str:
        return f"{self.voyage_id} call {self.number} at {self.port}"


class VoyageVersion(models.Model):
    """One accepted version of an impending arrival report: what was sent and what became of it. Never changed."""

    voyage = models.ForeignKey(Voyage, models.PROTECT, related_name="versions")
    version = models.IntegerField()
    function = models.CharField(max_length=2)
    message = models.BigIntegerField()
    """The message's row in the exchange log."""
    document = models.JSONField()
    status = models.CharField(max_length=16)
    findings = models.JSONField(default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "voyage_version"
        constraints = [models.UniqueConstraint(fields=["voyage", "version"], name="voyage_version_once")]

    def __str__(self) -> str:
        return f"{self.voyage_id} version {self.version}"


class ActualArrival(models.Model):
    """An actual arrival report as it stands now; its history is in the versions."""

    owner = models.CharField(max_length=11)
    name = models.CharField(max_length=8)
    """SEAAAR or AIRAAR."""
    sender_reference = models.CharField(max_length=35)
    voyage = models.ForeignKey(Voyage, models.PROTECT, related_name="arrivals")
    call = models.IntegerField()
    """The number of the port of call."""
    site = models.CharField(max_length=7)
    channel = models.CharField(max_length=8)
    version = models.IntegerField()
    amendments = models.IntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    document = models.JSONField()
    arrived_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "actual_arrival"
        constraints = [
            models.UniqueConstraint(fields=["owner", "name", "sender_reference"], name="actual_arrival_reference"),
            models.UniqueConstraint(
                fields=["voyage", "call"], condition=models.Q(withdrawn=False), name="actual_arrival_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sender_reference}"


class ActualArrivalVersion(models.Model):
    """One accepted version of an actual arrival report. Never changed."""

    arrival = models.ForeignKey(ActualArrival, models.PROTECT, related_name="versions")
    version = models.IntegerField()
    function = models.CharField(max_length=2)
    message = models.BigIntegerField()
    document = models.JSONField()
    status = models.CharField(max_length=16)
    """How the voyage stood after it."""
    findings = models.JSONField(default=list)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "actual_arrival_version"
        constraints = [models.UniqueConstraint(fields=["arrival", "version"], name="actual_arrival_version_once")]

    def __str__(self) -> str:
        return f"{self.arrival_id} version {self.version}"
