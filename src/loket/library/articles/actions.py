"""Writing, checking, publishing and withdrawing articles; always two people, never a name in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from loket.base import events
from loket.base.text import many_lines, one_line
from loket.library.actions import storing
from loket.library.articles import messages
from loket.library.articles.models import Article, ArticleVersion
from loket.library.models import Item, Kind
from loket.offices.models import Office
from loket.people.models import User
from loket.rules.anonymising import Hint, undealt

SOURCE = "article"
# How long before its last day somebody is asked whether an article still holds.
ASKED_BEFORE = timedelta(days=14)
MAY_BE_PUBLISHED = {Article.Consent.NEEDLESS, Article.Consent.GIVEN}


class ArticleChanged(Exception):
    """Somebody else saved, published or passed it on meanwhile; the words are still in the form."""


class NothingWritten(Exception):
    """An article needs a title, a question and an answer."""


class TracesLeft(Exception):
    """Something in it may still name a person; args: the hints (rules.anonymising)."""


class ConsentMissing(Exception):
    """The person who asked has not agreed, or not yet."""


class SamePerson(Exception):
    """Whoever wrote it does not publish it."""


class NotSubmitted(Exception):
    """Its author has not handed it over for checking yet, or it is published already."""


class NotPublished(Exception):
    """Only what is published can be withdrawn or prolonged."""


@dataclass(frozen=True)
class Words:
    """What an article says. `kept`: marked places that name nobody, as they are written."""

    title: str
    question: str
    answer: str
    valid_until: date | None = None
    kept: Sequence[str] = ()


@transaction.atomic
def begin(*, office: Office, words: Words, by: User, at: datetime, source: str = "") -> Article:
    """A new draft; of a consultation (its token in `source`) there is one article only. `at` is aware."""
    events.hold(office.code)
    if source and (known := Article.objects.filter(source=source).select_related("office").first()):  # unique
        return known
    consent = Article.Consent.MISSING if source else Article.Consent.NEEDLESS
    article = Article.objects.create(office=office, source=source, consent=consent, created_at=at)
    _open_version(article, 1, words, by, at)
    _tell(article, "begin", by=by.staff_id, at=at)
    return article


@transaction.atomic
def write(*, article: Article, words: Words, revision: int, by: User, at: datetime) -> ArticleVersion:
    """Save the open version, or open the next one of a published article; saving takes back the handing over.

    `revision` is what the page showed, 0 for a published version. Whoever changes words becomes their
    author. Refuses ArticleChanged and NothingWritten.
    """
    events.hold(article.office.code)
    checked = _checked(words)
    version = open_version(article)
    if version is None:
        if revision:
            raise ArticleChanged(article)
        last = ArticleVersion.objects.filter(article=article).order_by("-number").values_list("number")[0][0]
        version = _open_version(article, last + 1, checked, by, at)
    else:
        _rewrite(version, checked, revision, by, at)
    _tell(article, "write", by=by.staff_id, at=at, version=version.number)
    return version


@transaction.atomic
def submit(*, article: Article, names: Iterable[str], by: User, at: datetime) -> None:
    """Hand the open version over to a second person. Refuses NotSubmitted (nothing open) and TracesLeft."""
    events.hold(article.office.code)
    version = open_version(article)
    if version is None:
        raise NotSubmitted(article)
    if left := traces_in(version, names):
        raise TracesLeft(left)
    ArticleVersion.objects.filter(pk=version.pk, submitted_at=None).update(submitted_at=at)
    _tell(article, "submit", by=by.staff_id, at=at, version=version.number)


@transaction.atomic
def give_back(*, article: Article, by: User, at: datetime) -> None:
    """The second person wants something changed first; what, stands in a note or is said across the desk."""
    events.hold(article.office.code)
    if ArticleVersion.objects.filter(article=article, published_at=None).update(submitted_at=None):
        _tell(article, "give_back", by=by.staff_id, at=at)


@transaction.atomic
def publish(*, article: Article, names: Iterable[str], by: User, at: datetime) -> Article:
    """The second person publishes: from now on the search finds it.

    `names` are those of the people of the consultation. Refuses NotSubmitted, SamePerson, ConsentMissing,
    TracesLeft, and ArticleChanged where it is another office's by now.
    """
    events.hold(article.office.code)
    if not Article.objects.filter(pk=article.pk, office=article.office).exists():
        raise ArticleChanged(article)
    article.refresh_from_db(fields=["state", "consent", "version"])
    version = open_version(article)
    if version is None or version.submitted_at is None:
        raise NotSubmitted(article)
    if version.author_id == by.pk:
        raise SamePerson(by)
    if article.consent not in MAY_BE_PUBLISHED:
        raise ConsentMissing(article)
    if left := traces_in(version, names):
        raise TracesLeft(left)
    ArticleVersion.objects.filter(pk=version.pk).update(published_at=at, published_by=by)
    _set(
        article, state=Article.State.PUBLISHED, version=version.number, valid_until=version.valid_until,
        published_at=at, reminded_at=None, withdrawn_at=None, withdrawn_reason="",
    )  # fmt: skip
    _shelve(article, version, by=by.staff_id, at=at)
    _tell(article, "publish", by=by.staff_id, at=at, version=version.number)
    return article


@transaction.atomic
def withdraw(*, article: Article, reason: str, by: str, at: datetime) -> None:
    """Take it out of the search and off its page; its versions stay. Refuses NotPublished."""
    events.hold(article.office.code)
    withdrawn = Article.objects.filter(pk=article.pk, state=Article.State.PUBLISHED).update(
        state=Article.State.WITHDRAWN, withdrawn_at=at, withdrawn_reason=one_line(reason)[:200]
    )
    if not withdrawn:
        raise NotPublished(article)
    article.state = Article.State.WITHDRAWN
    storing.withdraw(source=SOURCE, keys=[article.token], by=by, at=at, chain=article.office.code)
    _tell(article, "withdraw", by=by, at=at)


@transaction.atomic
def prolong(*, article: Article, until: date | None, by: User, at: datetime) -> None:
    """It still holds, until this day; None: as long as nobody says otherwise. Refuses NotPublished."""
    events.hold(article.office.code)
    published = Article.objects.filter(pk=article.pk, state=Article.State.PUBLISHED)
    if not published.update(valid_until=until, reminded_at=None):
        raise NotPublished(article)
    _tell(article, "prolong", by=by.staff_id, at=at, until=until and until.isoformat())


@transaction.atomic
def ask_consent(*, article: Article, by: User, at: datetime) -> bool:
    """Note that the person who asked is being asked; False when that was done before."""
    events.hold(article.office.code)
    asked = Article.objects.filter(pk=article.pk, consent=Article.Consent.MISSING).update(
        consent=Article.Consent.ASKED, consent_asked_at=at
    )
    if asked:
        _tell(article, "consent_ask", by=by.staff_id, at=at)
    return bool(asked)


@transaction.atomic
def answer_consent(*, article: Article, yes: bool, at: datetime) -> None:
    """What the person who asked says; a later no withdraws what was published (UU 27/2022, 9)."""
    events.hold(article.office.code)
    article.refresh_from_db(fields=["state", "consent"])
    if not yes and article.state == Article.State.PUBLISHED:
        withdraw(article=article, reason="consent withdrawn", by="visitor", at=at)
    said = Article.Consent.GIVEN if yes else Article.Consent.REFUSED
    if article.consent in (Article.Consent.NEEDLESS, said):
        return
    _set(article, consent=said, consent_at=at)
    _tell(article, "consent", by="visitor", at=at, given=yes)


@transaction.atomic
def remind(*, article: Article, people: Iterable[User], at: datetime) -> bool:
    """Ask `people` whether it still holds; once for each day it holds until."""
    events.hold(article.office.code)
    won = Article.objects.filter(pk=article.pk, state=Article.State.PUBLISHED, reminded_at=None).update(
        reminded_at=at
    )
    if won:
        messages.still_valid(article, people, at=at)
        _tell(article, "remind", by="loket", at=at)
    return bool(won)


def open_version(article: Article) -> ArticleVersion | None:
    """The one that is being written; one by constraint."""
    return ArticleVersion.objects.filter(article=article, published_at=None).select_related("author").first()


def traces_in(version: ArticleVersion, names: Iterable[str]) -> list[Hint]:
    """What nobody has dealt with, part by part."""
    known = list(names)
    return [
        hint
        for part in (version.title, version.question, version.answer)
        for hint in undealt(part, names=known, kept=version.kept)
    ]


def _checked(words: Words) -> Words:
    checked = Words(
        title=one_line(words.title)[:200],
        question=many_lines(words.question),
        answer=many_lines(words.answer),
        valid_until=words.valid_until,
        kept=[one_line(each)[:200] for each in words.kept],
    )
    if not (checked.title and checked.question and checked.answer):
        raise NothingWritten
    return checked


def _open_version(article: Article, number: int, words: Words, by: User, at: datetime) -> ArticleVersion:
    checked = _checked(words)
    return ArticleVersion.objects.create(
        article=article, number=number, author=by, written_at=at,
        **(vars(checked) | {"kept": list(checked.kept)}),
    )  # fmt: skip


def _rewrite(version: ArticleVersion, words: Words, revision: int, by: User, at: datetime) -> None:
    won = ArticleVersion.objects.filter(pk=version.pk, revision=revision, published_at=None).update(
        **(vars(words) | {"kept": list(words.kept)}),
        revision=revision + 1, author=by, written_at=at, submitted_at=None,
    )  # fmt: skip
    if not won:
        raise ArticleChanged(version)


def _shelve(article: Article, version: ArticleVersion, *, by: str, at: datetime) -> None:
    entry = storing.Entry(
        key=article.token,
        kind=Kind.ARTICLE,
        title=version.title,
        summary=version.question,
        body=version.answer,
        scope=Item.Scope.OFFICE,
        office_id=article.office_id,
        updated_at=at,
    )
    storing.store(source=SOURCE, rows=[entry], by=by, at=at, chain=article.office.code)


def _set(article: Article, **changes: object) -> None:
    Article.objects.filter(pk=article.pk).update(**changes)
    for name, value in changes.items():
        setattr(article, name, value)


def _tell(article: Article, kind: str, *, by: str, at: datetime, **data: object) -> None:
    events.record(
        office=article.office.code,
        kind=f"article.{kind}",
        subject=f"article:{article.pk}",
        by=by,
        at=at,
        **data,
    )
