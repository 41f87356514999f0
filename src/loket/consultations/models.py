"""Question and answer, by either door; what was asked and given is recorded per data item (P1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loket.offices.models import Office
from loket.people.models import Visitor


class Kind(models.TextChoices):
    DATA = "data", _("data")
    METADATA = "metadata", _("metadata")
    CLASSIFICATION = "classification", _("classification")
    UNKNOWN = "unknown", _("don't know yet")


class Consultation(models.Model):
    """One question of one visitor and what the office gave."""

    class Door(models.TextChoices):
        HALL = "hall", _("hall")
        ONLINE = "online", _("online")

    office = models.ForeignKey(Office, models.PROTECT, related_name="consultations")
    visitor = models.ForeignKey(Visitor, models.PROTECT, null=True, related_name="consultations")
    door = models.CharField(max_length=6, choices=Door.choices)
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.UNKNOWN)
    question = models.TextField()
    answer = models.TextField(blank=True, default="")
    # Another institution that has what this office has not, with its address.
    referral = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="consultation_kind_known"),
            models.CheckConstraint(condition=Q(door__in=["hall", "online"]), name="consultation_door_known"),
        ]

    def __str__(self):
        return f"{self.office.code} {self.door} {self.pk}"


class DataItem(models.Model):
    """What data, where, for which years, and whether it was there."""

    class Found(models.TextChoices):
        FOUND = "found", _("found and suitable")
        UNSUITABLE = "unsuitable", _("found but unsuitable")
        NOT_FOUND = "not_found", _("not found")

    class Level(models.TextChoices):
        NATION = "nation", _("nation")
        PROVINCE = "province", _("province")
        REGENCY = "regency", _("regency or city")
        DISTRICT = "district", _("district")
        VILLAGE = "village", _("village")
        OTHER = "other", _("another level")

    class Period(models.TextChoices):
        YEARLY = "yearly", _("yearly")
        HALF_YEARLY = "half_yearly", _("half-yearly")
        QUARTERLY = "quarterly", _("quarterly")
        MONTHLY = "monthly", _("monthly")
        WEEKLY = "weekly", _("weekly")
        DAILY = "daily", _("daily")
        OTHER = "other", _("another period")

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    area = models.CharField(max_length=120, blank=True, default="")
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True, default="")
    period = models.CharField(max_length=12, choices=Period.choices, blank=True, default="")
    found = models.CharField(max_length=10, choices=Found.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "position"], name="item_position_once"),
            models.CheckConstraint(
                condition=Q(found__in=["found", "unsuitable", "not_found"]), name="item_found_known"
            ),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(year_to=None) | Q(year_to__gte=models.F("year_from")),
                name="item_years_in_order",
            ),
        ]

    def __str__(self):
        return self.what


class Material(models.Model):
    """A publication, table or link that was given."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="materials")
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True, default="")

    def __str__(self):
        return self.title
