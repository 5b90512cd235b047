"""Tables of signing in: sessions, people's certificates, invitations, and drafts of forms."""

from django.db import models
from django.db.models.functions import Now

from openics.clients.models import Person


class PersonCertificate(models.Model):
    """A certificate that a person signs in with, or asks to; it belongs to one person at a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the certificate, hexadecimal, lower case."""
    der = models.BinaryField()
    subject = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    added_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True, blank=True)
    """From when on it signs in; null while somebody has to confirm it."""
    confirmed_by = models.CharField(max_length=64, blank=True, db_default="")
    removed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "person_certificate"
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(removed_at=None),
                name="person_certificate_belongs_to_one_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.fingerprint[:16]}"


class SignIn(models.Model):
    """One session of a person: from signing in until it ends."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="sign_ins")
    method = models.CharField(max_length=60)
    """How, in words: `passkey`, `password and one-time code`."""
    certificate = models.ForeignKey(PersonCertificate, models.PROTECT, null=True, blank=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=300, blank=True)
    """What the browser says of itself."""
    begun_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=64, blank=True, db_default="")
    reason = models.CharField(max_length=300, blank=True, db_default="")
    """Why it was ended by somebody; empty when the person signed out."""

    class Meta:
        app_label = "openics"
        db_table = "sign_in"
        indexes = [models.Index(fields=["person", "-seen_at"], name="sign_in_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.method}"


class Invitation(models.Model):
    """A link that lets a person set up how to sign in, once, until it ends; only its digest is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    digest = models.BinaryField(max_length=32, unique=True)
    recovery = models.BooleanField(db_default=False)
    """Whether what the person signed in with before is taken away when the link is opened."""
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.CharField(max_length=64, blank=True, db_default="")
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "openics"
        db_table = "invitation"

    def __str__(self) -> str:
        return f"{self.person_id} until {self.ends_at:%Y-%m-%d}"


class Draft(models.Model):
    """What a person typed into a form and did not send."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    page = models.CharField(max_length=300)
    """The form's address."""
    kept = models.BooleanField(db_default=False)
    """Whether it was sent after the session had ended; otherwise the page saved it by itself."""
    content = models.JSONField(default=dict)
    """The form's fields: name to value."""
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "draft"
        constraints = [models.UniqueConstraint(fields=["person", "page", "kept"], name="draft_once_for_a_form")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.page}"
