"""Tables of the client register: clients, EDI sites, their certificates, the people who sign in, and what they may do."""

from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Now

from openics.clients.addresses import ADDRESS_PARTS
from openics.clients.similarity import LEGAL_WORDS

_LETTERS_ALONE: Final = "regexp_replace(upper(%(expressions)s), '[^[:alnum:]]+', ' ', 'g')"
_TELLING_WORDS: Final = rf"regexp_replace({_LETTERS_ALONE}, '\m({'|'.join(LEGAL_WORDS)})\M', ' ', 'g')"
NAME_KEY: Final = models.Func(
    "name",
    template=rf"btrim(regexp_replace({_TELLING_WORDS}, '\s+', ' ', 'g'))",
    output_field=models.TextField(),
)
"""A name as it is compared, computed by the database whoever writes it; as `similarity.name_key`."""
ADDRESS_KEY: Final = models.Func(
    *(Coalesce(KT(f"address__{part}"), models.Value(""), output_field=models.TextField()) for part in ADDRESS_PARTS),
    template=f"btrim({_LETTERS_ALONE})",
    arg_joiner=" || ' ' || ",
    output_field=models.TextField(),
)
"""An address as it is compared."""


class Client(models.Model):
    """A person or organisation that deals with customs, known by an ABN or a CCID."""

    client_id = models.CharField(max_length=11, unique=True)
    """The ABN (11 digits) or the CCID (LLLNNNNNNNL)."""
    kind = models.CharField(
        max_length=3, choices=[("ABN", "ABN client"), ("ORG", "organisation"), ("IND", "individual")]
    )
    client_activity_centre = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=200)
    match_key = models.CharField(max_length=1000, db_index=True)
    """Name and address in one normalised line; equal keys are a 100 % duplicate."""
    address = models.JSONField(default=dict)
    contacts = models.JSONField(default=list)
    roles = ArrayField(models.CharField(max_length=40), default=list)
    status = models.CharField(
        max_length=10, default="ACTIVE", choices=[("ACTIVE", "active"), ("CANCELLED", "cancelled")]
    )
    registered_at = models.DateTimeField(db_default=Now())
    contact_name = models.CharField(max_length=70, blank=True, db_default="")
    contact_title = models.CharField(max_length=70, blank=True, db_default="")
    version = models.IntegerField(db_default=0)
    """The last of its versions; 0 while none is kept."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    """The client that this one was found to be; never itself merged into another."""
    name_key = models.GeneratedField(expression=NAME_KEY, output_field=models.TextField(), db_persist=True)
    address_key = models.GeneratedField(expression=ADDRESS_KEY, output_field=models.TextField(), db_persist=True)

    class Meta:
        app_label = "openics"
        db_table = "client"
        indexes = [
            GinIndex(OpClass("name_key", "gin_trgm_ops"), name="client_by_name"),
            GinIndex(fields=["roles"], name="client_by_role"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.name}"


class SenderReference(models.Model):
    """A sender reference that is used up: unique for a client and a type of document.

    Kept here for documents whose own record does not hold it.
    """

    owner = models.CharField(max_length=11)
    """Client id (ABN or CCID) of the sender."""
    document = models.CharField(max_length=8)
    """ICS short name of the message."""
    reference = models.CharField(max_length=35)
    message = models.BigIntegerField()
    """The message's row in the exchange log."""

    class Meta:
        app_label = "openics"
        db_table = "sender_reference"
        constraints = [models.UniqueConstraint(fields=["owner", "document", "reference"], name="sender_reference_once")]

    def __str__(self) -> str:
        return f"{self.owner} {self.document} {self.reference}"


class Site(models.Model):
    """An EDI site: where a client's interchanges come from and go to."""

    site_id = models.CharField(max_length=7, primary_key=True)
    owner = models.ForeignKey(Client, models.PROTECT, related_name="sites")
    edi_address = models.EmailField(unique=True)
    text_address = models.EmailField(blank=True)
    administrator_address = models.EmailField(blank=True)
    test = models.BooleanField(default=False)
    """Whether the site belongs to industry test."""
    active = models.BooleanField(default=True)
    """False while the site is paused: nothing is taken from it, and what is for it waits."""
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=300, blank=True, db_default="")
    paused_by_owner = models.BooleanField(db_default=False)
    """Whether the owner's own people paused it, who may then resume it."""
    is_default = models.BooleanField(db_default=False)
    """Whether the owner is written to here when no message says where."""
    plain_text = models.BooleanField(db_default=False)
    """Whether the owner asked for responses in plain text, at the text address, as well."""
    delivery = models.CharField(
        max_length=4, db_default="mail", choices=[("mail", "sent by mail"), ("pull", "fetched by the site over HTTPS")]
    )
    """How interchanges reach the site."""
    ciphers = ArrayField(models.CharField(max_length=20), default=list, db_default=[])
    """The ciphers that its software says it reads, in the last mail that it signed."""
    last_control_reference = models.BigIntegerField(default=0)
    """The number of the last interchange sent to the site; the next one takes the next number."""

    class Meta:
        app_label = "openics"
        db_table = "site"
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(is_default=True), name="site_default_once_for_a_client"
            )
        ]

    def __str__(self) -> str:
        return self.site_id


class SiteCertificate(models.Model):
    """A certificate registered to a site; several may be valid at once while one replaces another."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="certificates")
    fingerprint = models.CharField(max_length=64, unique=True)
    """SHA-256 of the certificate, hexadecimal, lower case."""
    der = models.BinaryField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    registered_at = models.DateTimeField(db_default=Now())
    use = models.CharField(
        max_length=10,
        db_default="both",
        choices=[("both", "signing and encryption"), ("signing", "signing"), ("encryption", "encryption")],
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    """From when on another certificate has replaced it."""
    suspended_at = models.DateTimeField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    """When the suspension ended; null while it lasts."""
    revoked_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, db_default="")
    """Why it was suspended or revoked."""

    class Meta:
        app_label = "openics"
        db_table = "site_certificate"

    def __str__(self) -> str:
        return f"{self.site_id} {self.fingerprint[:16]}"


class PersonManager(BaseUserManager["Person"]):
    """Creates people."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person; the address is kept in lower case."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: for a client, or as an officer of customs."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="people")
    is_officer = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())
    standing = models.CharField(
        max_length=9,
        db_default="confirmed",
        choices=[("pending", "pending"), ("confirmed", "confirmed"), ("closed", "closed")],
    )
    """How the person stands in the client's organisation; officers are confirmed."""
    is_administrator = models.BooleanField(db_default=False)
    """Whether the person looks after the people of the client."""
    is_locked = models.BooleanField(db_default=False)
    """Whether customs has taken the sign-in away, whatever the organisation says."""

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        app_label = "openics"
        db_table = "person"
        constraints = [
            models.CheckConstraint(
                name="person_is_officer_or_has_client",
                condition=models.Q(is_officer=True, client=None) | models.Q(is_officer=False),
            )
        ]

    def __str__(self) -> str:
        return self.email


class AccessGrant(models.Model):
    """A level in an application that a person of a client has been granted; taking it back deletes the row."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    application = models.CharField(max_length=16)
    level = models.CharField(max_length=16)
    granted_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "access_grant"
        constraints = [models.UniqueConstraint(fields=["person", "application", "level"], name="access_grant_once")]

    def __str__(self) -> str:
        return f"{self.application} {self.level}"


class OfficerDuty(models.Model):
    """A duty that an officer has; taking it back deletes the row."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="duties")
    duty = models.CharField(max_length=16)
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "officer_duty"
        constraints = [models.UniqueConstraint(fields=["person", "duty"], name="officer_duty_once")]

    def __str__(self) -> str:
        return self.duty


class AccessDelegation(models.Model):
    """A level in an application in which one client lets another act for it, from day to day. Never deleted."""

    principal = models.ForeignKey(Client, models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Client, models.PROTECT, related_name="delegations_received")
    application = models.CharField(max_length=16)
    level = models.CharField(max_length=16)
    first_day = models.DateField()
    """Legal day in Canberra from which on it is in force."""
    last_day = models.DateField()
    """The last legal day in Canberra on which it is in force."""
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it was ended before its last day."""
    given_by = models.CharField(max_length=254)
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        app_label = "openics"
        db_table = "access_delegation"
        constraints = [
            models.CheckConstraint(
                name="access_delegation_days", condition=models.Q(first_day__lte=models.F("last_day"))
            ),
            models.CheckConstraint(
                name="access_delegation_to_another", condition=~models.Q(principal=models.F("delegate"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal_id} to {self.delegate_id}: {self.application} {self.level}"
