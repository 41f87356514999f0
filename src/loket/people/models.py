"""Staff and their roles, devices, visitors and what they agreed to."""

import hashlib

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.offices.models import Office
from loket.people.choices import OptionalMail


class Role(models.TextChoices):
    OFFICER = "officer", _("officer")
    SUPERVISOR = "supervisor", _("supervisor")
    ADMINISTRATOR = "administrator", _("office administrator")
    READER = "reader", _("reader of province or nation")
    AUDITOR = "auditor", _("auditor")


class UserManager(BaseUserManager):
    def create_user(self, email: str, *, name: str = "", **fields):
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Somebody who signs in: staff, or a visitor with an account. No password is needed."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=2, default="id")
    # Deactivation takes effect at the next request: no session survives it.
    is_active = models.BooleanField(default=True)
    # Somebody asked for a code to this address; an account nobody then opened is removed after a day.
    asked_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    # The person ended the account: what named them is gone, what they asked stays without a name.
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    objects = UserManager()
    # The memberships, where they were read along with whoever asks.
    held: "list[Membership] | None" = None

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=models.functions.Lower("email")), name="user_email_lower"
            )
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def staff_id(self) -> str:
        """How the event log names this person."""
        return f"staff:{self.pk}"


class Profile(models.Model):
    """What somebody with an account chose to tell besides; everything may be empty, as in the guest book."""

    user = models.OneToOneField(User, models.CASCADE, related_name="profile")
    phone = models.CharField(max_length=24, blank=True, default="")
    sex = models.CharField(max_length=10, blank=True, default="")
    age_band = models.CharField(max_length=10, blank=True, default="")
    education = models.CharField(max_length=20, blank=True, default="")
    occupation = models.CharField(max_length=20, blank=True, default="")
    institution = models.CharField(max_length=120, blank=True, default="")
    institution_kind = models.CharField(max_length=20, blank=True, default="")
    changed_at = models.DateTimeField()

    def __str__(self):
        return f"profile of user {self.user_id}"


class Declined(models.Model):
    """A kind of optional mail that somebody on the staff does not want."""

    user = models.ForeignKey(User, models.CASCADE, related_name="declined_mails")
    kind = models.CharField(max_length=10, choices=OptionalMail.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="declined_once_a_person_and_kind"),
            models.CheckConstraint(condition=Q(kind__in=["article", "report"]), name="declined_kind_known"),
        ]

    def __str__(self):
        return f"{self.user_id} {self.kind}"


class SignIn(models.Model):
    """A browser in which somebody is signed in, so that they can see it and end it. No address is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    # Words such as "Chrome, Android".
    browser = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField()

    def __str__(self):
        return f"sign-in of user {self.user_id}"


class Membership(models.Model):
    """A role at an office. Readers and auditors also see the offices below it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    office = models.ForeignKey(Office, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=14, choices=Role.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "office", "role"], name="role_once_a_person_and_office"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        return f"{self.user} {self.role} {self.office.code}"


class Invitation(models.Model):
    """Asks somebody by mail to join an office in a role; used once, within its days."""

    office = models.ForeignKey(Office, models.CASCADE)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(max_length=14, choices=Role.choices)
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    invited_by = models.CharField(max_length=40)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.email} {self.role}"


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Device(models.Model):
    """A kiosk, board or rating tablet: one office, one single right, revocable."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", _("kiosk")
        BOARD = "board", _("board")
        RATING = "rating", _("rating tablet")

    office = models.ForeignKey(Office, models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    name = models.CharField(max_length=60)
    # Typed once into the device; empty after pairing.
    pairing_code = models.CharField(max_length=8, null=True, blank=True, unique=True)
    pairing_expires_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of the token the device keeps; the token itself is stored nowhere.
    token_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    # What staff were told last; the worker takes it back when no heartbeat came for 20 seconds.
    connected = models.BooleanField(default=False)
    # What the device says of itself: sound, screen; and what its printer said last.
    state = models.JSONField(default=dict, blank=True)
    # How the office set it up: counter of a rating tablet, printer of a kiosk.
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["kiosk", "board", "rating"]), name="device_kind_known"
            )
        ]

    def __str__(self):
        return f"{self.office.code} {self.kind} {self.name}"

    @property
    def device_id(self) -> str:
        """How the event log names this device."""
        return f"device:{self.pk}"


class Visitor(models.Model):
    """A person served. Recognised by a code they carry, never by what they type (R3)."""

    # The index below begins with it.
    office = models.ForeignKey(Office, models.CASCADE, related_name="visitors", db_index=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    # Nobody is turned away for one that takes no mail (R2); the outbox says so, in Today of Manage.
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=24, blank=True, default="")
    sex = models.CharField(max_length=10, blank=True, default="")
    age_band = models.CharField(max_length=10, blank=True, default="")
    education = models.CharField(max_length=20, blank=True, default="")
    occupation = models.CharField(max_length=20, blank=True, default="")
    institution = models.CharField(max_length=120, blank=True, default="")
    institution_kind = models.CharField(max_length=20, blank=True, default="")
    assistance = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=2, default="id")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    # When the guest book's time was over and what names the person was taken out.
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["office", "email"], name="visitor_office_email"),
            # Somebody's own page asks at all offices.
            models.Index(fields=["email"], name="visitor_email"),
        ]

    def __str__(self):
        return self.code


class Consent(models.Model):
    """What somebody ticked, in which words; withdrawn by a time, never deleted while it is proof.

    It belongs to an entry of the guest book or to an account.
    """

    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, blank=True, related_name="consents")
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="consents")
    purpose = models.CharField(max_length=20)
    notice_version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=10)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visitor__isnull=False, user=None) | Q(visitor=None, user__isnull=False),
                name="consent_of_one_person",
            )
        ]

    def __str__(self):
        return f"{self.visitor_id or self.user_id} {self.purpose}"
