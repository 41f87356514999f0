"""What visitors, officers and workers do with consultations in a race; verbs of tests.races.people."""


def begin_threads(*, count: int, answered: bool) -> list[int]:
    """An office, and conversations of Budi with it; the keys."""
    from tests.consultations.conversation import answer, ask, probolinggo, sari

    office = probolinggo()
    sari(office)
    threads = [ask(office, "2026-01-05T09:00") for _ in range(count)]
    if answered:
        for thread in threads:
            answer(thread, "2026-01-07T11:00")
    return [thread.pk for thread in threads]


def ask_with_key(*, key: str) -> int:
    from loket.offices.models import Office
    from tests.consultations.conversation import ask

    return ask(Office.objects.get(code="3574"), "2026-01-05T09:00", key=key).pk


def answer_what_was_read(*, thread: int, text: str) -> str:
    """An answer to the page as it was before anybody answered: its kind, or the name of the refusal."""
    from loket.consultations.actions.answering import AnsweredMeanwhile
    from tests.consultations.conversation import answer

    try:
        return answer(_thread(thread), "2026-01-06T09:00", seen=1, text=text).kind
    except AnsweredMeanwhile as refusal:
        return f"AnsweredMeanwhile: {refusal.args[-1].text}"


def propose_an_answer() -> dict[str, int]:
    """Sari's answer waits for a second officer; the keys of the thread and of the proposal."""
    from loket.consultations.actions import checking
    from loket.rules.consulting import Kind
    from tests.consultations.conversation import answer, ask, probolinggo, sari

    thread = ask(probolinggo(settings={"second_officer": True}), "2026-01-05T09:00")
    for colleague in ("Rina", "Adi"):
        sari(thread.office, colleague)
    waits = answer(thread, "2026-01-06T09:00", verb=checking.send, kind=Kind.ANSWER)
    return {"thread": thread.pk, "proposal": waits.pk}


def release_what_was_read(*, thread: int, proposal: int, who: str) -> str:
    """The answer goes out: its kind, or the name of the refusal."""
    from loket.consultations.actions import checking
    from loket.consultations.actions.answering import AnsweredMeanwhile
    from tests.consultations.conversation import sari
    from tests.rules.calendars import wib

    now = _thread(thread)
    try:
        return checking.release(
            consultation=now, proposal=proposal, by=sari(now.office, who), at=wib("2026-01-06T10:00")
        ).kind
    except (checking.NothingProposed, AnsweredMeanwhile) as refusal:
        return type(refusal).__name__


def ready_to_publish() -> dict[str, int]:
    """Sari has handed over an article, Budi agrees; the keys of the thread and of the article."""
    from loket.consultations.actions import publishing
    from tests.consultations.conversation import ask, fresh, probolinggo, sari
    from tests.consultations.publishing import draft
    from tests.rules.calendars import wib

    probolinggo(code="3573")
    thread, at = ask(probolinggo(), "2026-01-05T09:00"), wib("2026-01-06T09:00")
    sari(thread.office, "Rina")
    article = draft(thread, author=sari(thread.office), at=at)
    publishing.ask_consent(article=article, by=sari(thread.office), at=at)
    publishing.answer_consent(consultation=fresh(thread), yes=True, at=at)
    publishing.submit(article=article, by=sari(thread.office), at=at)
    return {"thread": thread.pk, "article": article.pk}


def publish_what_was_read(*, thread: int, article: int) -> str:
    """The state of the article, or the name of the refusal."""
    from loket.consultations.actions import publishing
    from loket.library.articles.actions import ArticleChanged
    from loket.library.articles.models import Article
    from loket.people.models import User
    from tests.rules.calendars import wib

    # Whoever comes so late that it has gone already finds no such article; that is told in the same words.
    try:
        read = Article.objects.select_related("office").get(pk=article, office__code="3574")
        publishing.publish(article=read, by=User.objects.get(name="Rina"), at=wib("2026-01-06T10:00"))
    except (ArticleChanged, Article.DoesNotExist):
        return "ArticleChanged"
    return read.state


def move_to_malang(*, thread: int, article: int) -> str:
    from loket.consultations.actions import moving
    from loket.offices.models import Office
    from loket.people.models import User
    from tests.rules.calendars import wib

    moving.move(
        consultation=_thread(thread), to=Office.objects.get(code="3573"), by=User.objects.get(name="Rina"),
        at=wib("2026-01-06T10:00"),
    )  # fmt: skip
    return "moved"


def articles_now() -> dict:
    """Whose the article is, on whose shelf it stands, and whether the log verifies."""
    from loket.base import events
    from loket.library.articles.models import Article
    from loket.library.models import Item

    return {
        "articles": list(Article.objects.values_list("office__code", "state")),
        "shelf": list(Item.objects.values_list("office__code", flat=True)),
        "faults": [str(fault) for fault in events.verify()],
    }


def reply_to(*, threads: list[int], at: str) -> int:
    from tests.consultations.conversation import reply

    return len([reply(_thread(thread), at) for thread in threads])


def work_until(*, at: str) -> int:
    """A worker that does whatever is due, until nothing is."""
    from loket.jobs import consulting
    from tests.rules.calendars import wib

    done = 0
    while due := consulting.closings_due(wib(at)):
        done += sum(consulting.close(key, wib(at)) for key in due)
    return done


def threads_now() -> dict:
    """What the database says of the conversations, and whether the log verifies."""
    from loket.base import events
    from loket.base.models import Event
    from loket.consultations.models import Consultation, Message, Turn
    from loket.outbox.models import Mail

    return {
        "states": sorted(Consultation.objects.values_list("state", flat=True)),
        "kinds": sorted(Message.objects.exclude(kind="system").values_list("kind", flat=True)),
        "open_turns": Turn.objects.filter(ended_at=None).count(),
        "events": sorted(Event.objects.values_list("kind", flat=True)),
        "mails": sorted(Mail.objects.values_list("kind", flat=True)),
        "faults": [str(fault) for fault in events.verify()],
    }


def _thread(key: int):
    from loket.consultations.models import Consultation

    return Consultation.objects.select_related("office", "asker").get(pk=key)


VERBS = {
    each.__name__: each
    for each in (
        begin_threads, ask_with_key, answer_what_was_read, reply_to, work_until, threads_now,
        propose_an_answer, release_what_was_read, ready_to_publish, publish_what_was_read, move_to_malang,
        articles_now,
    )
}  # fmt: skip
