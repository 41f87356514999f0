"""An article goes where its consultation goes, as long as nobody outside has read it."""

from datetime import datetime

from django.db import transaction

from loket.base import events
from loket.library.articles import queries
from loket.library.articles.models import Article
from loket.offices.models import Office


@transaction.atomic
def follow(*, source: str, to: Office, by: str, at: datetime) -> None:
    """The consultation (its token in `source`) is now with `to`, and so is the draft made of it.

    Only who has the conversation can ask the visitor and finish it. What was published stays with the
    office that said it. `at` is aware.
    """
    article = queries.made_of(source)
    if article is None or article.state != Article.State.DRAFT:
        return
    before = article.office
    for code in sorted((before.code, to.code)):
        events.hold(code)
    went = Article.objects.filter(pk=article.pk, office=before, state=Article.State.DRAFT).update(office=to)
    if went:
        _tell(article, before, "move_out", by, at, to=to.code)
        _tell(article, to, "move_in", by, at, came_from=before.code)


def _tell(article: Article, office: Office, kind: str, by: str, at: datetime, **data: str) -> None:
    events.record(
        office=office.code, kind=f"article.{kind}", subject=f"article:{article.pk}", by=by, at=at, **data
    )
