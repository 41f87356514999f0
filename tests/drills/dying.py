"""A process that dies by kill -9 at a named point of a press, and what a second press finds.

`python -m tests.drills.dying` plays every verb at every point in children of its own, presses again
with the same key, sends the mails, and prints what then is true as JSON.
"""

import json
import os
import signal
from datetime import timedelta
from itertools import count

import django

MORNING_AFTER = timedelta(hours=1)


def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def before_write():
    from loket.base import events

    events.hold = die


def before_commit():
    from django.db import connection

    connection._commit = die


def after_commit():
    from django.db import connection

    commit = connection._commit

    def commit_and_die():
        commit()
        die()

    connection._commit = commit_and_die


def before_smtp():
    from loket.outbox import post

    post.SmtpPost.send = die


def after_smtp():
    from loket.outbox import delivery

    delivery._note = die


POINTS = (before_write, before_commit, after_commit, before_smtp, after_smtp)


class Play:
    """One office, and a conversation for each case."""

    def __init__(self):
        from tests.consultations.conversation import budi, probolinggo, sari

        # Who gets a new question is told by a second mail, stored together with the first.
        self.office = probolinggo(settings={"assign_on_asking": True})
        self.budi, self.sari = budi(), sari(self.office)

    def ready(self, verb):
        """The conversation in the state in which the verb is pressed; None for a new question."""
        from loket.consultations.actions import closing
        from tests.consultations.conversation import answer, ask, fresh
        from tests.rules.calendars import wib

        if verb == "ask":
            return None
        asked = ask(self.office, "2026-01-05T09:00", by=self.budi)
        if verb != "answer":
            answer(asked, "2026-01-06T09:00", by=self.sari)
        if verb == "reply":
            closing.close_silent(consultation=fresh(asked), at=wib("2026-01-10T00:00"))
        return asked

    def press(self, verb, asked, key):
        from loket.consultations.actions import closing
        from tests.consultations.conversation import answer, ask, fresh, reply
        from tests.rules.calendars import wib

        if verb == "ask":
            ask(self.office, "2026-01-05T09:00", by=self.budi, key=key, text=key)
        elif verb == "answer":
            answer(asked, "2026-01-06T09:00", by=self.sari, key=key, seen=1)
        elif verb == "reply":
            reply(fresh(asked), "2026-01-12T09:00", key=key)
        else:
            closing.close_silent(consultation=fresh(asked), at=wib("2026-01-10T00:00"))


def send_mails(at) -> None:
    from loket.jobs.mailing import Mailing

    mailing = Mailing()
    for mail in mailing.due(at):
        mailing.send(mail, at)


def play_everything() -> list[dict]:
    from django.db import connection

    from tests.rules.calendars import wib

    play, keys, told = Play(), count(1), []
    at = wib("2026-02-01T09:00")
    for verb in ("ask", "reply", "answer", "close"):
        for point in POINTS:
            asked, key = play.ready(verb), f"press-{next(keys)}"
            send_mails(at)
            connection.close()
            child = os.fork()
            if not child:
                point()
                play.press(verb, asked, key)
                send_mails(at)
                os._exit(1)  # it should have died before
            died_of = os.WTERMSIG(os.waitpid(child, 0)[1])
            play.press(verb, asked, key)
            at += MORNING_AFTER  # whoever took the mail has lost it by then
            send_mails(at)
            told.append({"verb": verb, "point": point.__name__, "died_of": died_of} | state(play, asked, key))
    return told


def state(play, asked, key) -> dict:
    from loket.base import events
    from loket.consultations.models import Consultation, Message
    from loket.outbox.models import Mail

    pressed = f"{play.budi.pk}:{key}", f"{play.sari.pk}:{key}"
    asked = asked or Consultation.objects.filter(key__in=pressed).first()
    return {
        "questions": Consultation.objects.filter(key__in=pressed).count(),
        "messages": Message.objects.filter(key__in=pressed).count(),
        "closings": Consultation.objects.get(pk=asked.pk).closings,
        "mails": list(
            Mail.objects.filter(key__startswith=f"consultation:{asked.pk}:")
            .order_by("pk")
            .values_list("kind", "state")
        ),
        "faults": [str(fault) for fault in events.verify()],
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(play_everything()))
