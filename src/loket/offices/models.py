"""Offices, what they offer, and the calendar and standard they promise."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

ZONES = [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]


class Office(models.Model):
    """A place with its own standard, hours and zone; parents are province and nation."""

    code = models.SlugField(max_length=16, unique=True)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=120, default="Pelayanan Statistik Terpadu")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    zone = models.CharField(max_length=20, choices=ZONES, default="Asia/Jakarta")
    address = models.CharField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    website = models.CharField(max_length=120, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    # False for parents that only group offices: no doors of their own.
    serves = models.BooleanField(default=True)
    example = models.BooleanField(default=False)
    # offices.limits.Limits as JSON; every number and choice an office may set for itself.
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(zone__in=[zone for zone, _ in ZONES]), name="office_zone_known"
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def zone_name(self) -> str:
        return dict(ZONES)[self.zone]

    @property
    def short_name(self) -> str:
        return self.name.removeprefix("Badan Pusat Statistik ")


class Service(models.Model):
    """What one queues for; its letter starts the number."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="services")
    code = models.SlugField(max_length=30)
    letter = models.CharField(max_length=1)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    # Minutes of service until enough was measured here (rules.waiting).
    usual_minutes = models.PositiveSmallIntegerField(default=18)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="service_code_once_an_office"),
            models.UniqueConstraint(fields=["office", "letter"], name="service_letter_once_an_office"),
            models.CheckConstraint(condition=Q(letter__regex=r"^[A-Z]$"), name="service_letter_a_to_z"),
        ]

    def __str__(self):
        return f"{self.letter} {self.name_id}"

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_id


class Counter(models.Model):
    """Where an officer serves."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="counters")
    number = models.PositiveSmallIntegerField()
    services = models.ManyToManyField(Service, related_name="counters")
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="counter_number_once_an_office")
        ]

    def __str__(self):
        return f"{self.office.code}/{self.number}"


class Recording(models.Model):
    """One clip of the board in the office's own voice, played instead of the shipped one."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="recordings")
    # A clip's name as rules.speaking gives it: "id/3".
    clip = models.CharField(max_length=40)
    # SHA-256 of the sound, which names its file (offices.recordings).
    digest = models.CharField(max_length=64)
    milliseconds = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "clip"], name="recording_once_an_office_and_clip")
        ]

    def __str__(self):
        return f"{self.office.code} {self.clip}"


class CalendarVersion(models.Model):
    """One published calendar: never changed, only followed by the next (CLOCKS, Calendar of an office)."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="calendars")
    version = models.PositiveIntegerField()
    # rules.calendarfile.to_dict()
    content = models.JSONField()
    # SHA-256 of the content; the event log repeats it, so that nobody can change a calendar unseen.
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "version"], name="calendar_version_once_an_office")
        ]

    def __str__(self):
        return f"{self.office.code} v{self.version}"


class CalendarDraft(models.Model):
    """Changes to the calendar that are not published yet; one an office, for all its administrators."""

    office = models.OneToOneField(Office, models.CASCADE, related_name="calendar_draft")
    content = models.JSONField()
    # The number of the version it was made from.
    follows = models.PositiveIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.office.code} after v{self.follows}"


class Standard(models.Model):
    """The published service standard, its six public components as printed; versioned."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="standards")
    version = models.PositiveIntegerField()
    decree = models.CharField(max_length=120)
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "version"], name="standard_version_once_an_office")
        ]

    def __str__(self):
        return f"{self.office.code} {self.decree} v{self.version}"
