"""One answered question of the demo that everybody may read: an article, made by the ordinary actions."""

from datetime import datetime

from loket.consultations.actions import publishing
from loket.consultations.models import Consultation
from loket.demo.conversations import TALKS
from loket.demo.talking import moments
from loket.library.articles import actions
from loket.library.articles.actions import Words
from loket.library.articles.models import Article
from loket.offices.models import Office
from loket.people.models import User

# The conversation that was solved, and its words for people who know nothing of it.
TALK = next(talk for talk in TALKS if talk.steps and talk.steps[-1].verb == "solved")
ARTICLE = Words(
    title="Di mana seri inflasi bulanan Kota Probolinggo?",
    question=(
        "Saya memerlukan inflasi bulanan Kota Probolinggo untuk beberapa tahun dalam satu tabel. "
        "Di mana saya menemukannya, dan bolehkah tahun-tahun itu disambung?"
    ),
    answer=(
        "Inflasi bulan ke bulan (m-to-m) ada dalam publikasi **Kota Probolinggo Dalam Angka**, bab Harga.\n\n"
        "- Untuk membandingkan satu bulan dengan bulan sebelumnya, pakailah inflasi *bulan ke bulan*.\n"
        "- Untuk membandingkan dengan bulan yang sama tahun lalu, pakailah inflasi *tahun ke tahun*.\n\n"
        "Sejak 2024 tahun dasarnya berganti. Seri sebelum dan sesudah 2024 jangan disambung begitu saja."
    ),
)
# Working days back, and the hour, of each step.
BEGUN, ASKED, AGREED, HANDED_OVER, PUBLISHED = (3, 9.0), (3, 9.5), (3, 14.0), (2, 8.5), (2, 10.0)


def share(*, office: Office, officer: User, supervisor: User, at: datetime) -> int:
    """Publish an article unless the office has one already; how many there are more now."""
    if Article.objects.filter(office=office).exists():
        return 0
    solved = Consultation.objects.filter(office=office, subject=TALK.subject).order_by("pk").last()
    if solved is None:
        return 0
    moment = moments(office, BEGUN[0], at)
    article = publishing.draft_article(consultation=solved, by=officer, at=moment(*BEGUN))
    drafted = article.versions.get()
    actions.write(article=article, words=ARTICLE, revision=drafted.revision, by=officer, at=moment(*BEGUN))
    publishing.ask_consent(article=article, by=officer, at=moment(*ASKED))
    publishing.answer_consent(consultation=solved, yes=True, at=moment(*AGREED))
    publishing.submit(article=article, by=officer, at=moment(*HANDED_OVER))
    publishing.publish(article=article, by=supervisor, at=moment(*PUBLISHED))
    return 1
