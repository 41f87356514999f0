"""Tallies that were counted already. They hold nobody's data and can be counted again at any time."""

import json
from typing import Any

from django.db import models
from django.db.models import Q

from loket.offices.models import Office

# Counts up whenever tallies come to say something else, so that an upgrade counts all days again.
WAY = 3


class DayOrMonth(models.Model):
    """What happened at an office in one day, or in one whole month."""

    class Span(models.TextChoices):
        DAY = "day"
        MONTH = "month"

    office = models.ForeignKey(Office, models.CASCADE, related_name="tallies", db_index=False)
    span = models.CharField(max_length=5, choices=Span.choices)
    first = models.DateField()
    # A tally of rules.tallying as JSON. Text, for nobody searches in it and it is read as a whole.
    content = models.TextField()
    # Also in the content; a line over twelve months of five hundred offices reads these alone.
    taken = models.PositiveIntegerField(default=0)
    served = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    # A key of eleven letters for each person, without anything between; see reports/persons.py.
    persons = models.TextField(blank=True, default="")
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "span", "first"], name="tally_once_an_office_and_span"),
            models.CheckConstraint(condition=Q(span__in=["day", "month"]), name="tally_span_known"),
            models.CheckConstraint(
                condition=~Q(span="month") | Q(first__day=1), name="tally_of_a_month_begins_it"
            ),
        ]

    def __str__(self):
        return f"{self.office_id} {self.span} {self.first}"

    @property
    def tally(self) -> dict[str, Any]:
        return json.loads(self.content)


class CountedUpTo(models.Model):
    """How far an office is counted: all days up to `day`, with all events up to `seq`."""

    office = models.OneToOneField(Office, models.CASCADE, related_name="counted")
    day = models.DateField()
    seq = models.BigIntegerField()
    # Which way of counting it was; another one counts everything anew.
    way = models.PositiveSmallIntegerField(default=1)

    def __str__(self):
        return f"{self.office_id} {self.day}"


class YearKey(models.Model):
    """The secret under which persons of one year are counted; destroyed when the year is counted."""

    year = models.PositiveSmallIntegerField(unique=True)
    # Empty once destroyed: from then on nobody can tell whose key a key is, not even with the address.
    secret = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return str(self.year)
