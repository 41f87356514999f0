"""What the program says in a conversation: to the staff and to the visitor, from one list."""

import ast
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.test import Client

import loket
from loket.consultations.actions import moving
from loket.consultations.models import Consultation, Message
from loket.rules.worktime import ClosedDay, Reason
from loket.screens.thread_events import CLOSED, SAID, for_staff, for_visitor
from tests.consultations.conversation import ask, fresh, probolinggo, sari
from tests.consultations.test_clocks import close_day
from tests.rules.calendars import wib

ACTIONS = Path(loket.__file__).parent / "consultations" / "actions"
NOTING = {"saying.note_down", "saying.noted"}
# These name the code by a variable.
BY_NAME = {"deadline_moved", "closing_moved", "complaint", "no_complaint"}


def noted() -> dict[str, bool]:
    """Every code that an action writes down, and whether the visitor may read it."""
    codes = {}
    for path in sorted(ACTIONS.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in NOTING:
                public = not any(word.arg == "public" for word in call.keywords)
                named = [part.value for part in ast.walk(call.args[1]) if isinstance(part, ast.Constant)]
                codes |= dict.fromkeys(named, public)
    return codes


def test_every_code_has_its_words_and_what_a_visitor_may_read_has_theirs():
    codes = noted()

    assert set(codes) - {"closed"} == set(SAID) - BY_NAME
    silent = {code for code, public in codes.items() if public and code in SAID and not SAID[code].visitor}
    assert silent == set()


@pytest.mark.parametrize("code", sorted(SAID))
def test_words_need_no_fact_that_an_older_note_lacks(code):
    note = Message(kind="system", facts={"code": code})

    assert for_staff(note)
    assert "%" not in for_staff(note) + for_visitor(note)


@pytest.mark.parametrize("reason", Consultation.Reason)
def test_every_end_has_its_words(reason):
    note = Message(kind="system", facts={"code": "closed", "reason": reason.value})

    assert for_staff(note)
    assert for_visitor(note)
    assert set(CLOSED) <= set(Consultation.Reason)


def test_a_code_nobody_knows_any_more_breaks_nothing():
    note = Message(kind="system", facts={"code": "of_the_past"})

    assert (bool(for_staff(note)), for_visitor(note)) == (True, "")


@pytest.mark.django_db
def test_the_visitor_reads_who_answers_now_and_why_a_deadline_moved():
    with time_machine.travel(wib("2026-01-14T10:46"), tick=False):
        office, there = probolinggo(), probolinggo(code="3513")
        thread = ask(office, "2026-01-13T09:00")
        flood = ClosedDay(date(2026, 1, 15), Reason.LOCAL, "Banjir", "kantor")
        close_day(office, flood, "2026-01-14T10:00")
        moving.move(consultation=fresh(thread), to=there, by=sari(office), at=wib("2026-01-14T10:30"))
        his = Client()
        his.force_login(thread.asker)

        page = his.get(f"/3513/konsultasi/{thread.token}/").content.decode()

    assert "sehingga tenggatnya mundur: Banjir" in page
    assert f"meneruskan pertanyaan ini kepada {there.name}" in page
