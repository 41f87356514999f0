"""An answer becomes an article, in a few words."""

from loket.consultations.actions import publishing
from loket.library.articles import actions
from loket.library.articles.models import Article
from loket.people.models import User
from tests.cast import MORNING
from tests.consultations.conversation import answer, fresh

WORDS = actions.Words("Inflasi 2025", "Berapa inflasi 2025?", "2,41 persen, lihat tabel.")


def draft(thread, *, author: User, at=MORNING) -> Article:
    """Sari answers and makes an article of it, in words that name nobody."""
    answer(thread, at, by=author, text="Selamat pagi Budi, inflasi 2025 adalah 2,41 persen. WA 081234567890")
    article = publishing.draft_article(consultation=fresh(thread), by=author, at=at)
    actions.write(article=article, words=WORDS, revision=1, by=author, at=at)
    return article


def published_article(thread, *, author: User, second: User, at=MORNING) -> Article:
    article = draft(thread, author=author, at=at)
    publishing.ask_consent(article=article, by=author, at=at)
    publishing.answer_consent(consultation=fresh(thread), yes=True, at=at)
    publishing.submit(article=article, by=author, at=at)
    publishing.publish(article=article, by=second, at=at)
    article.refresh_from_db()
    return article
