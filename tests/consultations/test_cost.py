"""Asking and answering send the same few statements, however much lies in the database."""

import pytest
from django.db import connection

from tests.consultations.conversation import answer, ask, fresh, note, probolinggo, reply, sari

pytestmark = pytest.mark.django_db


class Counting:
    """How many statements an action sends; marks of transactions ask nothing."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
        return execute(sql, params, many, context)


def cost(act, *arguments, **facts) -> int:
    counting = Counting()
    with connection.execute_wrapper(counting):
        act(*arguments, **facts)
    return counting.count


@pytest.mark.parametrize("before", [1, 30])
def test_the_statements_of_each_verb(before):
    office = probolinggo()
    officer = sari(office)
    asked = [ask(office, "2026-01-05T09:00") for _ in range(before)][-1]
    for hour in range(10, 10 + min(before, 10)):
        note(asked, f"2026-01-05T{hour}:00", by=officer)
    # What the tests' own helpers read again is not the verb's: one for an answer, one for a reply.
    costs = {
        "answer": cost(answer, fresh(asked), "2026-01-06T09:00", by=officer) - 1,
        "reply": cost(reply, fresh(asked), "2026-01-06T10:00") - 1,
        "note": cost(note, fresh(asked), "2026-01-06T11:00", by=officer) - 1,
    }

    assert costs == {"answer": 9, "reply": 8, "note": 7}
