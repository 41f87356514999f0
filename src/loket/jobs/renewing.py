""" "Masih berlaku?": before the last day of an article somebody is asked whether it still holds."""

from datetime import datetime

from loket.library.articles import actions, queries
from loket.library.articles.models import Article, ArticleVersion
from loket.people.access import LEAD
from loket.people.choices import OptionalMail
from loket.people.models import User
from loket.people.optional import without_declined


def due(at: datetime) -> list[Article]:
    return queries.to_remind(at=at)


def remind(article: Article, at: datetime) -> bool:
    """The author while they work here, and those who lead the office; not who wants no such mail."""
    authors = ArticleVersion.objects.filter(article=article, number=article.version).values("author")
    here = User.objects.filter(memberships__office=article.office, is_active=True)
    people = here.filter(memberships__role__in=LEAD) | here.filter(pk__in=authors)
    asked = without_declined(people.distinct().order_by("pk"), OptionalMail.ARTICLE)
    return actions.remind(article=article, people=asked, at=at)
