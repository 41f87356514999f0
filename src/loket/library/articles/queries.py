"""Reads of articles that more than one place needs."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import F, QuerySet

from loket.library.articles.actions import ASKED_BEFORE
from loket.library.articles.models import Article, ArticleVersion
from loket.offices.clock import local_day
from loket.offices.models import Office


class Published(NamedTuple):
    """An article as the public reads it."""

    article: Article
    version: ArticleVersion


def published(*, office: Office, token: str) -> Published | None:
    """The published version of an article of this office; None for a draft, a withdrawn or a strange one."""
    version = (
        ArticleVersion.objects.filter(
            article__token=token,
            article__office=office,
            article__state=Article.State.PUBLISHED,
            number=F("article__version"),
        )
        .select_related("article")
        .first()
    )  # one by constraint
    return Published(version.article, version) if version else None


def made_of(source: str) -> Article | None:
    """The article that a consultation, known by its token, became; one by constraint."""
    return Article.objects.filter(source=source).select_related("office").first()


def of_office(office: Office) -> QuerySet[Article]:
    return Article.objects.filter(office=office).order_by("-created_at", "-pk")


def to_remind(*, at: datetime) -> list[Article]:
    """Published articles whose last day is near, and of which nobody was reminded."""
    latest = (at + ASKED_BEFORE).date()
    near = Article.objects.filter(
        state=Article.State.PUBLISHED, reminded_at=None, valid_until__lte=latest
    ).select_related("office")
    return [
        each for each in near.order_by("pk") if each.valid_until <= local_day(each.office, at) + ASKED_BEFORE
    ]
