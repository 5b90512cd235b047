"""Tables of the exchange: evidence, inbox, interchange and message log, outbox, events, due dates."""

from django.db import models
from django.db.models.functions import Now


class Evidence(models.Model):
    """Bytes exactly as they came in or went out. Never changed; chained by hash once recorded."""

    direction = models.CharField(max_length=3, choices=[("in", "received"), ("out", "sent")])
    channel = models.CharField(max_length=8)
    digest = models.BinaryField()
    """SHA-256 of the content."""
    content = models.BinaryField()
    recorded_at = models.DateTimeField(db_default=Now())
    position = models.BigIntegerField(null=True, unique=True)
    """Place in the chain, from 1; null until the chainer has reached it."""
    link = models.BinaryField(null=True)
    """SHA-256 over the link before, the id, direction, channel, time and digest."""

    class Meta:
        app_label = "openics"
        db_table = "evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "digest"], condition=models.Q(direction="in"), name="evidence_received_once"
            )
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(position=None), name="evidence_unchained")]

    def __str__(self) -> str:
        return f"evidence {self.pk}"


class Intake(models.Model):
    """Something received and not lost any more: the queue that workers take from, and afterwards its record."""

    class State(models.TextChoices):
        """How far it has come."""

        PENDING = "pending", "waiting"
        DONE = "done", "handled"
        REFUSED = "refused", "refused at the gateway"
        PARKED = "parked", "parked after an internal error"

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="intake")
    channel = models.CharField(max_length=8)
    lane = models.SmallIntegerField()
    """Hash of the claimed sender: what comes on one lane is handled in order, lanes go in parallel."""
    sender = models.CharField(max_length=320, blank=True)
    """Claimed sender (SMTP envelope, or the signed-in site); proves nothing."""
    peer = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(db_default=Now())
    redeliveries = models.IntegerField(default=0)
    """How often the very same bytes came again, as mail servers do when an answer was lost."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    attempts = models.SmallIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    site = models.CharField(max_length=7, blank=True, db_index=True)
    """The site it was proved to come from."""
    checks = models.JSONField(default=list)
    """What the gateway checked, in order: [{"check", "passed", "detail", "rule"}]."""
    refusal = models.JSONField(null=True, blank=True)
    """Why it was refused or parked: {"code", "text", "fix", "rule"}."""
    gateway_key = models.CharField(max_length=64, null=True, blank=True)
    """Fingerprint of the gateway's certificate to which it was encrypted."""

    class Meta:
        app_label = "openics"
        db_table = "intake"
        indexes = [
            models.Index(fields=["lane", "id"], condition=models.Q(state="pending"), name="intake_pending"),
            models.Index(fields=["state", "-id"], name="intake_by_state"),
            models.Index(
                fields=["site", "gateway_key", "-id"],
                condition=models.Q(gateway_key__isnull=False),
                name="intake_by_gateway_key",
            ),
        ]

    def __str__(self) -> str:
        return f"intake {self.pk}"


class Interchange(models.Model):
    """One interchange, in or out, as EDIFACT bytes."""

    direction = models.CharField(max_length=3, choices=[("in", "received"), ("out", "sent")])
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, blank=True, related_name="interchanges")
    site = models.CharField(max_length=7, db_index=True)
    """The other side: the creator of a received interchange, the recipient of a sent one."""
    control_reference = models.CharField(max_length=14)
    test = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12)
    """received: accepted, rejected, duplicate, confirmation; sent: answer."""
    counted = models.BooleanField(default=True)
    """Whether it uses up its control reference: false for a duplicate."""
    content = models.BinaryField()
    faults = models.JSONField(default=list)
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "interchange"
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "site", "test", "control_reference"],
                condition=models.Q(counted=True),
                name="interchange_reference_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.site} {self.control_reference}"


class Message(models.Model):
    """One message of an interchange, in or out, with what was decided."""

    class State(models.TextChoices):
        """What became of it."""

        ACCEPTED = "accepted", "accepted"
        REJECTED = "rejected", "rejected"
        INVALID = "invalid", "does not follow the guide"
        SENT = "sent", "sent"
        PARKED = "parked", "parked after an internal error"

    interchange = models.ForeignKey(Interchange, models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3)
    position = models.IntegerField()
    reference = models.CharField(max_length=14)
    name = models.CharField(max_length=8)
    """ICS short name: EXD, EXDR, CONTRL, ..."""
    site = models.CharField(max_length=7)
    owner = models.CharField(max_length=11, blank=True)
    """Client id whose message it is."""
    sender_reference = models.CharField(max_length=35, blank=True)
    version = models.IntegerField(null=True, blank=True)
    function = models.CharField(max_length=3, blank=True)
    document = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    findings = models.JSONField(default=list)
    """[{"severity", "error", "text", "line", "rule"}] for decisions; faults for a message that does not follow its guide."""
    rules = models.JSONField(default=list)
    """[{"rule", "applied", "broken": [line, ...]}]"""
    subject_kind = models.CharField(max_length=8, blank=True)
    subject_key = models.CharField(max_length=35, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "message"
        indexes = [
            models.Index(fields=["owner", "-id"], name="message_by_owner"),
            models.Index(fields=["site", "-id"], name="message_by_site"),
            models.Index(fields=["subject_kind", "subject_key"], name="message_by_subject"),
            models.Index(fields=["sender_reference"], name="message_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sender_reference}"


class OutboxItem(models.Model):
    """An interchange on its way to a site, until the site's CONTRL confirms it."""

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting", "to be signed and encrypted"
        SEALED = "sealed", "ready to send"
        HELD = "held", "waits until the site fetches it"
        DELIVERED = "delivered", "taken by the mail server, or stored by the site"
        CONFIRMED = "confirmed", "confirmed by the site"
        PARKED = "parked", "not confirmed, waits for a request"

    interchange = models.OneToOneField(Interchange, models.PROTECT, related_name="outbox_item", null=True, blank=True)
    notice = models.TextField(blank=True)
    """Plain text to an administrator instead of an interchange."""
    is_text = models.BooleanField(db_default=False)
    """Whether the notice is a response in plain words beside the interchange that holds it, for the site's text address."""
    subject = models.CharField(max_length=200, blank=True)
    site = models.CharField(max_length=7, db_index=True)
    recipient = models.EmailField()
    wants_confirmation = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="outbox_items")
    """The sealed mail."""
    created_at = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    """Deliveries tried since the last success."""
    sends = models.SmallIntegerField(default=0)
    """Deliveries that the mail server took, or that the site stored."""
    next_attempt_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "outbox_item"
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state__in=["waiting", "sealed", "delivered"]),
                name="outbox_item_due",
            ),
            models.Index(fields=["site", "id"], condition=models.Q(state="held"), name="outbox_item_held"),
        ]

    def __str__(self) -> str:
        return f"outbox {self.pk}"


class RequestNonce(models.Model):
    """A number that a site used in a signed request: the same request does not count a second time."""

    site = models.CharField(max_length=7)
    nonce = models.CharField(max_length=64)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "openics"
        db_table = "request_nonce"
        constraints = [models.UniqueConstraint(fields=["site", "nonce"], name="request_nonce_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.nonce}"


class Event(models.Model):
    """Something that happened. Only ever added to."""

    code = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=24)
    subject_key = models.CharField(max_length=64)
    actor = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, blank=True, related_name="events")
    data = models.JSONField(default=dict)

    class Meta:
        app_label = "openics"
        db_table = "event"
        indexes = [models.Index(fields=["subject_kind", "subject_key", "id"], name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.code} {self.subject_key}"


class DueDate(models.Model):
    """Something to look at again at a time."""

    kind = models.CharField(max_length=32)
    subject_kind = models.CharField(max_length=24)
    subject_key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "openics"
        db_table = "due_date"
        constraints = [models.UniqueConstraint(fields=["kind", "subject_kind", "subject_key"], name="due_date_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_key}"


class Notice(models.Model):
    """What the people of a site were told: once for each site and occasion, by mail where it has an administrator."""

    kind = models.CharField(
        max_length=12,
        choices=[
            ("gateway", "the gateway's certificate"),
            ("certificate", "a site's certificate"),
            ("outage", "a planned outage"),
        ],
    )
    subject_key = models.CharField(max_length=64)
    """Fingerprint of the certificate, or number of the outage."""
    version = models.CharField(max_length=40, blank=True, db_default="")
    """Which dates of the subject it tells; dates that change begin anew."""
    step = models.CharField(max_length=16)
    """Which of the notices on the subject it is: `start`, `14-days`, `ended` and so on."""
    site = models.CharField(max_length=7)
    owner = models.CharField(max_length=11)
    """Client id of the site's owner, whose people see it."""
    recipient = models.EmailField(blank=True, db_default="")
    """The administrator's address to which it went; empty where the site has none."""
    subject = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()
    needs_action = models.BooleanField(db_default=False)
    act_until = models.DateTimeField(null=True, blank=True)
    """Until when the site can act; null for as long as it has not."""
    settled_at = models.DateTimeField(null=True, blank=True)
    """When it was done, or a later notice on the same subject took its place."""
    outbox_item = models.ForeignKey(OutboxItem, models.PROTECT, null=True, blank=True, related_name="notices")

    class Meta:
        app_label = "openics"
        db_table = "notice"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_key", "version", "step", "site"], name="notice_once")
        ]
        indexes = [
            models.Index(fields=["owner", "-id"], name="notice_by_owner"),
            models.Index(
                fields=["owner"],
                condition=models.Q(needs_action=True, settled_at=None),
                name="notice_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.step} {self.site}"


class GatewayKeyConfirmation(models.Model):
    """A site's people said that the site has changed to a certificate of the gateway."""

    site = models.CharField(max_length=7)
    gateway_key = models.CharField(max_length=64)
    """Fingerprint of the gateway's certificate."""
    actor = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        app_label = "openics"
        db_table = "gateway_key_confirmation"
        constraints = [models.UniqueConstraint(fields=["site", "gateway_key"], name="gateway_key_confirmation_once")]

    def __str__(self) -> str:
        return f"{self.site} {self.gateway_key[:16]}"
