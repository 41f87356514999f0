"""Articles in versions. An article knows the consultation it came from by a token only; it is a copy of
its own, never a flag on the conversation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.offices.models import Office
from loket.people.models import User


class Article(models.Model):
    """One question and its answer, as anybody may read it once it is published."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Consent(models.TextChoices):
        """What the person who asked says to it (UU 27/2022, 20)."""

        NEEDLESS = "needless", _("not made of a consultation")
        MISSING = "missing", _("not asked for yet")
        ASKED = "asked", _("asked for")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")

    office = models.ForeignKey(Office, models.PROTECT, related_name="articles")
    token = models.CharField(max_length=40, unique=True, default=ids.token)
    # The token of the consultation it was made of; empty when it was written freely.
    source = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    consent = models.CharField(max_length=8, choices=Consent.choices, default=Consent.NEEDLESS)
    consent_asked_at = models.DateTimeField(null=True, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    # The number of the published version; 0 before the first.
    version = models.PositiveSmallIntegerField(default=0)
    # Until when the published version holds; somebody is asked again before that day.
    valid_until = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="article_once_a_consultation"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", version=0) | Q(state__in=["published", "withdrawn"]),
                name="article_state_known",
            ),
            models.CheckConstraint(
                condition=Q(source="", consent="needless")
                | (~Q(source="") & Q(consent__in=["missing", "asked", "given", "refused"])),
                name="article_of_a_consultation_needs_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(consent__in=["needless", "given"]),
                name="article_published_with_consent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                condition=Q(state="published", reminded_at=None),
                name="article_to_remind",
            ),
        ]

    def __str__(self):
        return f"{self.office.code} {self.token}"


class ArticleVersion(models.Model):
    """The words of an article at one time; the open one is being written, the others stay as they were."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    question = models.TextField()
    answer = models.TextField()
    valid_until = models.DateField(null=True, blank=True)
    # Marked places that the author confirmed to name nobody, e.g. the office's own telephone number.
    kept = models.JSONField(default=list)
    # Counts up with each saving; who saves says which one was read.
    revision = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(published_at=None), name="one_open_version_an_article"
            ),
            # Two pairs of eyes: never the author alone.
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=F("author")),
                name="article_published_by_a_second_person",
            ),
        ]

    def __str__(self):
        return f"{self.article_id} v{self.number}"
