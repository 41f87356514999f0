"""What helps people write and share the work: drafts, proposals, saved replies, presence."""

from django.db import models
from django.db.models import Q

from loket.consultations.models.records import Consultation, Kind
from loket.offices.models import Office
from loket.people.models import User
from loket.rules.consulting import ENDS_TURN


class Draft(models.Model):
    """What somebody has typed and not sent: a question (no consultation yet), a reply or an answer."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, models.CASCADE, null=True, related_name="drafts")
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "consultation"],
                condition=Q(consultation__isnull=False),
                name="one_draft_a_person_and_thread",
            ),
            models.UniqueConstraint(
                fields=["owner", "office"],
                condition=Q(consultation=None),
                name="one_draft_of_a_question_a_person_and_office",
            ),
        ]

    def __str__(self):
        return f"{self.owner_id} {self.consultation_id or 'question'}"


class Proposal(models.Model):
    """A message that waits for a second officer; it goes out, or back to its author, and the row with it."""

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="proposal")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14)
    text = models.TextField()
    institution = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    # Of the author's press; the message that goes out has it too.
    key = models.CharField(max_length=64, null=True)
    # The version of the thread that the author answered.
    seen = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(kind.value for kind in ENDS_TURN)), name="proposal_kind_known"
            )
        ]

    def __str__(self):
        return f"{self.consultation_id} {self.kind}"


class SavedReply(models.Model):
    """Words the office uses again and again; variables such as %(name)s are filled in when inserted."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="saved_replies")
    title = models.CharField(max_length=80)
    text = models.TextField()
    language = models.CharField(max_length=2, default="id")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "title"], name="saved_reply_title_once_an_office")
        ]

    def __str__(self):
        return self.title


class Presence(models.Model):
    """Who has a thread open or is writing in it. A hint for colleagues, never a lock."""

    class Doing(models.TextChoices):
        READING = "reading"
        WRITING = "writing"

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="presences")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    doing = models.CharField(max_length=7, choices=Doing.choices)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="presence_once_a_person"),
            models.CheckConstraint(
                condition=Q(doing__in=["reading", "writing"]), name="presence_doing_known"
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.doing}"


class Absence(models.Model):
    """Days on which an officer is away and gets no new consultation, both ends included."""

    officer = models.ForeignKey(User, models.CASCADE, related_name="absences")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="absence_days_in_order")
        ]

    def __str__(self):
        return f"{self.officer_id} {self.first}"


class Speciality(models.Model):
    """A kind of question that an officer takes before others do."""

    officer = models.ForeignKey(User, models.CASCADE, related_name="specialities")
    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "office", "kind"], name="speciality_once_a_person_and_office"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="speciality_kind_known"),
        ]

    def __str__(self):
        return f"{self.officer_id} {self.kind}"
