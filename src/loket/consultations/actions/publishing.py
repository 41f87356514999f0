"""From an answer to an article: a copy that names nobody, with the consent of the person who asked."""

from datetime import datetime

from django.db import transaction

from loket.consultations import consent
from loket.consultations.models import Consultation, Message
from loket.library.articles import actions as articles
from loket.library.articles.models import Article
from loket.people.models import User
from loket.rules.consulting import Kind


class NotAnswered(Exception):
    """There is no answer yet that could be published."""


class NobodyToAsk(Exception):
    """The account of the person who asked is gone; without consent there is no article."""


class MadeElsewhere(Exception):
    """Another office made an article of it before it moved here; args: the article."""


def draft_article(*, consultation: Consultation, by: User, at: datetime) -> Article:
    """A draft with the question and the last answer; the same consultation again gives the same article.

    Files and notes are not copied. Refuses NotAnswered and MadeElsewhere.
    """
    answer = (
        Message.objects.filter(consultation=consultation, kind=Kind.ANSWER.value)
        .order_by("-at", "-pk")
        .first()
    )
    if answer is None:
        raise NotAnswered(consultation)
    words = articles.Words(title=consultation.subject, question=consultation.question, answer=answer.text)
    article = articles.begin(office=consultation.office, words=words, by=by, at=at, source=consultation.token)
    if article.office_id != consultation.office_id:
        raise MadeElsewhere(article)
    return article


@transaction.atomic
def ask_consent(*, article: Article, by: User, at: datetime) -> None:
    """Ask the person who asked, by mail, with the words as they stand. Refuses NobodyToAsk."""
    consultation = consultation_of(article)
    if consultation is None or consultation.asker is None or not consultation.asker.is_active:
        raise NobodyToAsk(article)
    if articles.ask_consent(article=article, by=by, at=at):
        consent.ask(consultation, consultation.asker, at=at)


def answer_consent(*, consultation: Consultation, yes: bool, at: datetime) -> None:
    """What the person says about the article made of their question; nothing where there is none."""
    article = Article.objects.filter(source=consultation.token).select_related("office").first()  # unique
    if article is not None:
        articles.answer_consent(article=article, yes=yes, at=at)


def submit(*, article: Article, by: User, at: datetime) -> None:
    """Hand it over to a second person. Refuses as library.articles.actions.submit does."""
    articles.submit(article=article, names=names_of(article), by=by, at=at)


def publish(*, article: Article, by: User, at: datetime) -> None:
    """Refuses as library.articles.actions.publish does."""
    articles.publish(article=article, names=names_of(article), by=by, at=at)


def consultation_of(article: Article) -> Consultation | None:
    """The one it was made of; None for an article that was written freely."""
    if not article.source:
        return None
    return (
        Consultation.objects.select_related("office", "asker", "visitor").filter(token=article.source).first()
    )


def names_of(article: Article) -> list[str]:
    """Everybody whose name must not stand in it: who asked, and who wrote in the conversation."""
    consultation = consultation_of(article)
    if consultation is None:
        return []
    people = [consultation.asker, consultation.visitor]
    writers = Message.objects.filter(consultation=consultation, author__isnull=False)
    names = {person.name for person in people if person} | set(writers.values_list("author__name", flat=True))
    return sorted(name for name in names if name)
