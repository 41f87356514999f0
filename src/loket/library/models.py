"""What search finds, the words it understands, and what was looked for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loket.base import ids
from loket.offices.models import Office


class Kind(models.TextChoices):
    PUBLICATION = "publication", _("publication")
    TABLE = "table", _("table")
    VARIABLE = "variable", _("dynamic table")
    RELEASE = "release", _("press release")
    NEWS = "news", _("news")
    INFOGRAPHIC = "infographic", _("infographic")
    TERM = "term", _("glossary term")
    INDICATOR = "indicator", _("indicator")
    CLASSIFICATION = "classification", _("classification code")
    ARTICLE = "article", _("question and answer")
    LINK = "link", _("service elsewhere")


class Item(models.Model):
    """One thing a visitor may look for. What is published here may be read by anybody."""

    class Scope(models.TextChoices):
        NATION = "nation", _("Indonesia")
        PROVINCE = "province", _("province")
        OFFICE = "office", _("this office")

    class Status(models.TextChoices):
        PUBLISHED = "published", _("published")
        DRAFT = "draft", _("draft")
        WITHDRAWN = "withdrawn", _("withdrawn")

    # Where it came from ("kbli2020", "webapi:3574", "csv:3574", "article"), and its name there.
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True, default="")
    body = models.TextField(blank=True, default="")
    # Further words it should be found by; searched, never shown.
    keywords = models.TextField(blank=True, default="")
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.NATION)
    # The office, or the province's office, that the scope speaks of.
    office = models.ForeignKey(Office, models.CASCADE, null=True, blank=True, related_name="library_items")
    area = models.CharField(max_length=120, blank=True, default="")
    year_from = models.PositiveSmallIntegerField(null=True, blank=True)
    year_to = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, default="id")
    address = models.CharField(max_length=1000, blank=True, default="")
    code = models.CharField(max_length=20, blank=True, default="")
    # Of which edition a code is: "KBLI 2020", "KBLI 2025", "KBJI 2014".
    version = models.CharField(max_length=20, blank=True, default="")
    # How many characters the code has at this level of its classification; 0: no code.
    level = models.PositiveSmallIntegerField(default=0)
    parent_code = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.PUBLISHED)
    # When the source changed it.
    updated_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of what was stored, so that storing the same again changes nothing.
    digest = models.CharField(max_length=64)
    # The version of the shelf it came with; the index asks for what is newer than itself.
    shelved = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="library_key_once_a_source"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="library_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=["published", "draft", "withdrawn"]), name="library_status_known"
            ),
            models.CheckConstraint(
                condition=Q(scope="nation", office=None)
                | Q(scope__in=["province", "office"], office__isnull=False),
                name="library_scope_has_its_office",
            ),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(year_to=None) | Q(year_to__gte=F("year_from")),
                name="library_years_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["shelved", "id"], name="library_shelved"),
            models.Index(fields=["code", "version"], name="library_code"),
            models.Index(fields=["version", "parent_code"], name="library_parent"),
        ]

    def __str__(self):
        return f"{self.version} {self.code} {self.title}".strip()


class Shelf(models.Model):
    """One row: how often the library has changed. Whoever changes items holds it until the commit."""

    version = models.BigIntegerField(default=0)
    # Names the database, so that an index of another one is never taken for its own.
    mark = models.CharField(max_length=40, default=ids.token)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="library_one_shelf")]

    def __str__(self):
        return f"{self.mark} v{self.version}"


class Harvest(models.Model):
    """How far a list of the WebAPI was read, so that an interrupted run goes on where it stopped."""

    source = models.CharField(max_length=40)
    model = models.CharField(max_length=20)
    next_page = models.PositiveIntegerField(default=1)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "model"], name="harvest_once_a_source_and_model")
        ]

    def __str__(self):
        return f"{self.source} {self.model}"


class Area(models.Model):
    """A province, regency or city of a list that was taken over; the program itself comes with some."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        REGENCY = "regency", _("regency")
        CITY = "city", _("city")
        DISTRICT = "district", _("district")
        VILLAGE = "village", _("village")

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=8, choices=Level.choices)
    parent_code = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["province", "regency", "city", "district", "village"]),
                name="library_area_level_known",
            )
        ]

    def __str__(self):
        return f"{self.code} {self.name}"


class Synonym(models.Model):
    """Words people say for words we write: "apotek" is looked for as "apotik" too.

    The program comes with many (library/language/words); a row here adds one, or with the same term
    replaces a shipped one. Without an office it holds for all.
    """

    office = models.ForeignKey(Office, models.CASCADE, null=True, blank=True, related_name="synonyms")
    term = models.CharField(max_length=80)
    # Alternatives, separated by commas; empty: the shipped entry is switched off.
    means = models.CharField(max_length=400, blank=True, default="")
    both_ways = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "term"], name="synonym_once_an_office"),
            models.UniqueConstraint(fields=["term"], condition=Q(office=None), name="synonym_once_for_all"),
        ]

    def __str__(self):
        return f"{self.term} = {self.means}"


class SearchLog(models.Model):
    """What was looked for at an office, without anything about who looked."""

    class Place(models.TextChoices):
        PORTAL = "portal", _("search page")
        ASK = "ask", _("while asking")
        DESK = "desk", _("officer")
        API = "api", _("program")

    token = models.CharField(max_length=32, unique=True, default=ids.token)
    office = models.ForeignKey(Office, models.CASCADE, related_name="searches")
    at = models.DateTimeField()
    place = models.CharField(max_length=6, choices=Place.choices)
    # As the search understood them: lower case, at most 200 characters.
    words = models.CharField(max_length=200)
    results = models.PositiveIntegerField()
    confident = models.BooleanField(default=False)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="opened_by")
    # The place in the list of what was opened, from 1.
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    asked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(place__in=["portal", "ask", "desk", "api"]), name="search_place_known"
            )
        ]
        indexes = [models.Index(fields=["office", "at"], name="search_at")]

    def __str__(self):
        return f"{self.office.code} {self.words}"


# Models of this app that lie in a folder of their own.
from loket.library.articles.models import Article, ArticleVersion  # noqa: E402, F401
