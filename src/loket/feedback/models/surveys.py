"""The satisfaction survey (SKM): periods, answers, invitations, reports that stay as they were made."""

from django.db import models
from django.db.models import F, Q

from loket.base import ids
from loket.consultations.models import Consultation
from loket.feedback.elements import KEYS, usual_questions
from loket.offices.models import Office, Service
from loket.rules.satisfaction import EXACT
from loket.visits.models import Ticket


class Period(models.Model):
    """One survey: an office or one of its services, from the first day to the last."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="survey_periods")
    # Empty: all services of the office together.
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True)
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    title = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    # How an element counts, by the name that every report of the period repeats (rules.satisfaction).
    weight = models.CharField(max_length=20, default=EXACT)
    # How many people were served; for the sample that Krejcie and Morgan ask for.
    population = models.PositiveIntegerField(null=True, blank=True)
    # Whether a served visitor who agreed to it is asked by mail.
    invites = models.BooleanField(default=False)
    # The questions U1 to U9 in their order: [{"key", "id", "en"}].
    questions = models.JSONField(default=usual_questions)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=40)
    # Counts up with each response; its row in the raw data.
    responses_given = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="survey_days_in_order"),
        ]
        indexes = [models.Index(fields=["office", "first"], name="survey_of_office")]

    def __str__(self):
        return f"{self.office.code} {self.title}"

    @property
    def keys(self) -> list[str]:
        """The keys of its elements, in the order U1 to U9."""
        return [entry["key"] for entry in self.questions]


class Invitation(models.Model):
    """Asks somebody once after a visit or a consultation; the token is used once.

    Which response it led to is kept nowhere: answers do not lead back to a person.
    """

    period = models.ForeignKey(Period, models.CASCADE, related_name="invitations")
    ticket = models.OneToOneField(
        Ticket, models.PROTECT, null=True, blank=True, related_name="survey_invitation"
    )
    # However often it is opened and closed again.
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, null=True, blank=True, related_name="survey_invitation"
    )
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    sent_at = models.DateTimeField()
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ticket__isnull=False, consultation=None)
                | Q(ticket=None, consultation__isnull=False),
                name="survey_invitation_of_one_service",
            )
        ]

    def __str__(self):
        return f"{self.period_id} {self.pk}"


def _on_the_scale() -> Q:
    together = Q()
    for key in KEYS:
        together &= Q(**{f"{key}__isnull": True}) | Q(**{f"{key}__gte": 1, f"{key}__lte": 4})
    return together


def _says_something() -> Q:
    together = Q()
    for key in KEYS:
        together |= Q(**{f"{key}__isnull": False})
    return together


class Response(models.Model):
    """What one respondent answered. Never deleted; what looks wrong is marked, with the reason."""

    class Channel(models.TextChoices):
        LINK = "link"
        INVITATION = "invitation"
        TABLET = "tablet"
        PAPER = "paper"

    period = models.ForeignKey(Period, models.PROTECT, related_name="responses")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=Channel.choices)
    # A paper form has the day on which it was filled in.
    answered_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    requirements = models.PositiveSmallIntegerField(null=True, blank=True)
    procedure = models.PositiveSmallIntegerField(null=True, blank=True)
    time = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.PositiveSmallIntegerField(null=True, blank=True)
    product = models.PositiveSmallIntegerField(null=True, blank=True)
    competence = models.PositiveSmallIntegerField(null=True, blank=True)
    behaviour = models.PositiveSmallIntegerField(null=True, blank=True)
    facilities = models.PositiveSmallIntegerField(null=True, blank=True)
    complaints = models.PositiveSmallIntegerField(null=True, blank=True)

    sex = models.CharField(max_length=10, blank=True, default="")
    age_band = models.CharField(max_length=10, blank=True, default="")
    education = models.CharField(max_length=20, blank=True, default="")
    occupation = models.CharField(max_length=20, blank=True, default="")
    suggestion = models.TextField(blank=True, default="")

    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.CharField(max_length=40, blank=True, default="")
    mark_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="response_number_once_a_period"),
            models.CheckConstraint(
                condition=Q(channel__in=["link", "invitation", "tablet", "paper"]),
                name="response_channel_known",
            ),
            models.CheckConstraint(condition=_on_the_scale(), name="response_from_1_to_4"),
            models.CheckConstraint(condition=_says_something(), name="response_says_something"),
            models.CheckConstraint(
                condition=Q(marked_at=None) | ~Q(mark_reason=""), name="response_marked_with_reason"
            ),
        ]

    def __str__(self):
        return f"{self.period_id} #{self.number}"


class FollowUp(models.Model):
    """What the office will do about an element: the plan that the ministry's report asks for."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="follow_ups")
    key = models.CharField(max_length=14)
    plan = models.CharField(max_length=500)
    due = models.DateField(null=True, blank=True)
    responsible = models.CharField(max_length=120, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "key"], name="follow_up_once_an_element"),
            models.CheckConstraint(condition=Q(key__in=KEYS), name="follow_up_element_known"),
        ]

    def __str__(self):
        return f"{self.period_id} {self.key}"


class Report(models.Model):
    """The figures of a period as they were on a day, with the rule that made them; never changed."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    # feedback.results.Results as JSON.
    figures = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="survey_report_number_once")]

    def __str__(self):
        return f"{self.period_id} report {self.number}"
