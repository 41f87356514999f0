"""From an answer to an article: a copy without names, with consent, by two people."""

from datetime import date, timedelta

import pytest

from loket.base import events
from loket.base.models import Event
from loket.consultations.actions import moving, publishing
from loket.jobs import renewing
from loket.library.articles import actions, queries
from loket.library.articles.models import Article, ArticleVersion
from loket.library.models import Item
from loket.outbox.models import Mail
from loket.people.models import Role
from tests.cast import MORNING, an_officer
from tests.consultations.conversation import ask, fresh, probolinggo, sari
from tests.consultations.publishing import WORDS, draft, published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    return ask(probolinggo(), MORNING, text="Saya Budi, NIK 3574010101900001, berapa inflasi?")


@pytest.fixture
def rina(thread):
    return an_officer(thread.office, "Rina", Role.SUPERVISOR)


def published(thread, rina):
    return published_article(thread, author=sari(thread.office), second=rina)


def test_the_copy_changes_nothing_in_the_conversation(thread):
    before = fresh(thread).version

    article = publishing.draft_article
    with pytest.raises(publishing.NotAnswered):
        article(consultation=thread, by=sari(thread.office), at=MORNING)

    made = draft(thread, author=sari(thread.office))
    assert made.state == Article.State.DRAFT
    assert fresh(thread).version == before + 1  # the answer
    assert not Item.objects.exists()


def test_made_twice_it_is_one(thread):
    first = draft(thread, author=sari(thread.office))
    again = publishing.draft_article(consultation=fresh(thread), by=sari(thread.office), at=MORNING)

    assert again == first


def test_the_first_draft_carries_traces_and_cannot_be_handed_over(thread):
    article = draft(thread, author=sari(thread.office))
    rough = actions.Words(thread.subject, thread.question, "Budi, WA 081234567890", kept=[])
    actions.write(article=article, words=rough, revision=2, by=sari(thread.office), at=MORNING)

    with pytest.raises(actions.TracesLeft) as refused:
        publishing.submit(article=article, by=sari(thread.office), at=MORNING)

    found = [hint.found for hint in refused.value.args[0]]
    assert found == ["Budi", "3574010101900001", "Budi", "081234567890"]


def test_a_marked_place_that_names_nobody_is_confirmed(thread):
    article = draft(thread, author=sari(thread.office))
    words = actions.Words("Telepon", "Ke mana?", "Hubungi (0335) 421234.", kept=["(0335) 421234"])
    actions.write(article=article, words=words, revision=2, by=sari(thread.office), at=MORNING)

    publishing.submit(article=article, by=sari(thread.office), at=MORNING)

    assert ArticleVersion.objects.get().submitted_at == MORNING


def test_nobody_publishes_what_they_wrote(thread, rina):
    article = draft(thread, author=sari(thread.office))
    publishing.ask_consent(article=article, by=sari(thread.office), at=MORNING)
    publishing.answer_consent(consultation=thread, yes=True, at=MORNING)
    publishing.submit(article=article, by=sari(thread.office), at=MORNING)

    with pytest.raises(actions.SamePerson):
        publishing.publish(article=article, by=sari(thread.office), at=MORNING)

    publishing.publish(article=article, by=rina, at=MORNING)
    assert Item.objects.get(source="article").title == WORDS.title


def test_who_changes_a_word_becomes_the_author_and_hands_it_over_again(thread, rina):
    article = draft(thread, author=sari(thread.office))
    publishing.submit(article=article, by=sari(thread.office), at=MORNING)
    actions.write(article=article, words=WORDS, revision=2, by=rina, at=MORNING)

    with pytest.raises(actions.NotSubmitted):
        publishing.publish(article=article, by=sari(thread.office), at=MORNING)


@pytest.mark.parametrize("said", [None, False])
def test_without_a_yes_nothing_is_published(thread, rina, said):
    article = draft(thread, author=sari(thread.office))
    publishing.ask_consent(article=article, by=sari(thread.office), at=MORNING)
    if said is not None:
        publishing.answer_consent(consultation=thread, yes=said, at=MORNING)
    publishing.submit(article=article, by=sari(thread.office), at=MORNING)

    with pytest.raises(actions.ConsentMissing):
        publishing.publish(article=article, by=rina, at=MORNING)

    assert not Item.objects.exists()


def test_consent_is_asked_by_one_mail(thread):
    article = draft(thread, author=sari(thread.office))
    publishing.ask_consent(article=article, by=sari(thread.office), at=MORNING)
    publishing.ask_consent(article=article, by=sari(thread.office), at=MORNING)

    mail = Mail.objects.get(kind="consultation.consent")
    assert mail.to == thread.asker.email
    assert f"/konsultasi/{thread.token}/artikel/" in mail.text


def test_an_article_whose_asker_is_gone_cannot_be_agreed_to(thread):
    article = draft(thread, author=sari(thread.office))
    thread.asker.is_active = False
    thread.asker.save()

    with pytest.raises(publishing.NobodyToAsk):
        publishing.ask_consent(article=article, by=sari(thread.office), at=MORNING)


def test_a_consent_taken_back_takes_the_article_back(thread, rina):
    article = published(thread, rina)

    publishing.answer_consent(consultation=thread, yes=False, at=MORNING)

    article.refresh_from_db()
    assert (article.state, article.consent) == ("withdrawn", "refused")
    assert Item.objects.get().status == Item.Status.WITHDRAWN
    assert queries.published(office=thread.office, token=article.token) is None


def test_a_new_version_is_written_while_the_old_one_is_read(thread, rina):
    article = published(thread, rina)
    newer = actions.Words("Inflasi 2025", "Berapa inflasi 2025?", "2,42 persen menurut angka tetap.")
    actions.write(article=article, words=newer, revision=0, by=rina, at=MORNING)
    assert queries.published(office=thread.office, token=article.token).version.answer == WORDS.answer

    publishing.submit(article=article, by=rina, at=MORNING)
    publishing.publish(article=article, by=sari(thread.office), at=MORNING)

    assert queries.published(office=thread.office, token=article.token).version.number == 2
    assert Item.objects.get().body == newer.answer


def test_two_colleagues_do_not_overwrite_each_other(thread, rina):
    article = draft(thread, author=sari(thread.office))
    actions.write(article=article, words=WORDS, revision=2, by=rina, at=MORNING)

    with pytest.raises(actions.ArticleChanged):
        actions.write(article=article, words=WORDS, revision=2, by=sari(thread.office), at=MORNING)


def test_withdrawn_it_leaves_the_search_and_comes_back_with_a_new_version(thread, rina):
    article = published(thread, rina)
    actions.withdraw(article=article, reason="Angka diperbarui", by=rina.staff_id, at=MORNING)
    with pytest.raises(actions.NotPublished):
        actions.withdraw(article=article, reason="lagi", by=rina.staff_id, at=MORNING)

    actions.write(article=article, words=WORDS, revision=0, by=rina, at=MORNING)
    publishing.submit(article=article, by=rina, at=MORNING)
    publishing.publish(article=article, by=sari(thread.office), at=MORNING)

    assert Item.objects.get().status == Item.Status.PUBLISHED


def test_before_its_last_day_somebody_is_asked_once_whether_it_still_holds(thread, rina):
    article = published(thread, rina)
    actions.prolong(article=article, until=date(2026, 2, 14), by=rina, at=MORNING)
    assert renewing.due(MORNING) == []

    near = MORNING + timedelta(days=17)
    assert [renewing.remind(each, near) for each in renewing.due(near)] == [True]
    assert renewing.remind(article, near) is False
    assert renewing.due(near) == []
    assert sorted(Mail.objects.filter(kind="article.still_valid").values_list("to", flat=True)) == [
        "rina@kantor.example",
        "sari@kantor.example",
    ]

    actions.prolong(article=article, until=date(2026, 3, 14), by=rina, at=near)
    assert renewing.due(near) == []
    assert renewing.due(near + timedelta(days=30)) == [article]


def test_the_log_tells_what_happened_and_names_nobody(thread, rina):
    published(thread, rina)

    events = Event.objects.filter(kind__startswith="article.").order_by("seq")
    assert [event.kind.removeprefix("article.") for event in events] == [
        "begin", "write", "consent_ask", "consent", "submit", "publish",
    ]  # fmt: skip
    assert "Budi" not in str([event.data for event in events])


def test_a_draft_goes_where_its_conversation_goes(thread, rina):
    malang = probolinggo(code="3573")
    wati = an_officer(malang, "Wati")
    article = draft(thread, author=sari(thread.office))

    moving.move(consultation=fresh(thread), to=malang, by=rina, at=MORNING)

    assert list(queries.of_office(thread.office)) == []
    assert list(queries.of_office(malang)) == [article]
    assert publishing.draft_article(consultation=fresh(thread), by=wati, at=MORNING) == article
    kinds = Event.objects.filter(kind__startswith="article.move").order_by("pk")
    assert [(event.office, event.kind) for event in kinds] == [
        ("3574", "article.move_out"),
        ("3573", "article.move_in"),
    ]
    assert list(events.verify()) == []

    article.refresh_from_db()
    publishing.ask_consent(article=article, by=wati, at=MORNING)
    publishing.answer_consent(consultation=fresh(thread), yes=True, at=MORNING)
    publishing.submit(article=article, by=wati, at=MORNING)
    publishing.publish(article=article, by=wati, at=MORNING)  # Sari of the other office wrote it
    assert Item.objects.get(key=article.token).office == malang


def test_what_an_office_has_published_stays_with_it(thread, rina):
    article = published(thread, rina)
    malang = probolinggo(code="3573")

    moving.move(consultation=fresh(thread), to=malang, by=rina, at=MORNING)

    article.refresh_from_db()
    assert article.office == thread.office
    with pytest.raises(publishing.MadeElsewhere):
        publishing.draft_article(consultation=fresh(thread), by=an_officer(malang, "Wati"), at=MORNING)


def test_nobody_publishes_at_the_office_that_has_passed_it_on(thread, rina):
    article = draft(thread, author=sari(thread.office))
    publishing.ask_consent(article=article, by=rina, at=MORNING)
    publishing.answer_consent(consultation=fresh(thread), yes=True, at=MORNING)
    publishing.submit(article=article, by=sari(thread.office), at=MORNING)
    moving.move(consultation=fresh(thread), to=probolinggo(code="3573"), by=rina, at=MORNING)

    with pytest.raises(actions.ArticleChanged):
        publishing.publish(article=article, by=rina, at=MORNING)
    assert not Item.objects.exists()
