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
        propose_an_answer, release_what_was_read,
    )
}  # fmt: skip
