"""What is written about articles, into the outbox."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.library.articles.models import Article
from loket.outbox import actions as outbox
from loket.people.choices import OptionalMail
from loket.people.links import link_to
from loket.people.models import User
from loket.people.optional import stop_address


def desk_path(article: Article) -> str:
    return f"/{article.office.code}/petugas/konsultasi/artikel/{article.token}/"


def still_valid(article: Article, people: Iterable[User], *, at: datetime) -> None:
    """ "Masih berlaku?" to those who can say so."""
    for person in people:
        stop = stop_address(OptionalMail.ARTICLE, person)
        with override(person.language):
            subject = _("Does this article still hold?")
            text = _(
                "Good day, %(name)s.\n\n"
                "An article of %(office)s holds until %(day)s. Say whether it still holds, change it, or "
                "withdraw it:\n%(link)s\n\n"
                "To get no more such reminders:\n%(stop)s"
            ) % {
                "name": person.name or person.email,
                "office": article.office.name,
                "day": article.valid_until and date_words(article.valid_until, "j F Y"),
                "link": link_to(desk_path(article), reader=person, at=at),
                "stop": stop,
            }
        outbox.put(
            key=f"article:{article.pk}:still-valid:{article.valid_until}:{person.pk}",
            office=article.office.code, kind="article.still_valid", to=person.email,
            subject=subject, text=text, at=at, stop_at=stop,
        )  # fmt: skip
