"""An article that the office wishes for, because people searched for it in vain."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.base.text import one_line
from loket.library.articles import actions
from loket.library.articles.models import Article, ArticleVersion
from loket.offices.models import Office
from loket.people.models import User


@transaction.atomic
def begin_about(*, office: Office, words: str, answer: str, by: User, at: datetime) -> Article:
    """A draft about words people search for; the one that is being written, when there is one already.

    `answer` is what stands there until somebody writes it. `at` is aware. Pressing twice finds the
    draft of the first press.
    """
    events.hold(office.code)
    title = one_line(words)[:200]
    known = (
        ArticleVersion.objects.filter(
            article__office=office, article__source="", article__state=Article.State.DRAFT, title=title
        )
        .select_related("article__office")
        .order_by("pk")
        .first()
    )
    if known:
        return known.article
    return actions.begin(office=office, words=actions.Words(title, title, answer), by=by, at=at)
