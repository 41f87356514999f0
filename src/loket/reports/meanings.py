"""What each figure means, in a sentence or two; one tap away from wherever it is shown."""

from django.utils.translation import gettext_lazy as _

MEANINGS = {
    "visits": _(
        "Numbers taken in the hall, by the day and hour in which they were taken. Served are those whose"
        " service ended at the counter."
    ),
    "persons": _(
        "Different persons in the hall and on the portal, recognised by their e-mail address within one"
        " year, whichever office they came to. The address itself is not kept for this. Who gave no address"
        " counts once for each page of the guest book; visits without a page do not count."
    ),
    "handover": _(
        "From the moment a counter was free for this visitor and nobody was ahead, until the service began."
        " Kept means at most the promised minutes. Announced breaks do not count, an unannounced one does."
        " Visits that were corrected afterwards are not measured."
    ),
    "times": _(
        "Waiting runs from the number, or from joining the line again, to the call; the way from the call"
        " to the start; the service from its start to its end; the hand-over from a free counter to the"
        " start. Half of the visits took no longer than the median, nine of ten no longer than the last"
        " column. Visits that were set aside count in the hand-over only; corrected ones in none."
    ),
    "ends": _(
        "How the visits ended. Expired were still waiting when the day ended; without an end were still in"
        " service then. Corrected ones were set right by a supervisor afterwards; they count as served and"
        " stay out of all times."
    ),
    "answers": _(
        "Questions and replies on the portal that were answered in this period, by the first answer,"
        " clarification or referral. On time is at or before the deadline, which counts working days. Late"
        " ones that a supervisor excused stay late and are named. Lateness counts working days after the"
        " deadline."
    ),
    "promised_answers": _(
        "Questions and replies on the portal that were answered this year, and those whose deadline has"
        " passed without an answer; these count as not kept. On time is at or before the deadline, which"
        " counts working days."
    ),
    "ratings": _(
        "One tap from 1 (bad) to 5 (very good) after a service, counted for the day of the visit; of a"
        " consultation for the day of the rating."
    ),
    "surveys": _(
        "Surveys with at least one day in this period, with all their answers so far. IKM is the weighted"
        " mean of the nine elements times 25 (Permenpan-RB 14/2017), by the weight of each survey. Below ten"
        " respondents no index is told."
    ),
    "data": _(
        "Rows of data that visitors asked for, as the officer recorded them. One visit can ask for several."
    ),
    "searches": _(
        "Searches of visitors on the portal, by what became of them. Spared are those who opened a result and"
        " did not ask: neither they nor an officer needed a consultation."
    ),
    "complaints": _(
        "Complaints by the day on which the office received them, whichever door they came through, and"
        " decisions by the day they were given. In time is at or before the day that was promised."
    ),
    "shares": _("Visits by what the visitor chose in the guest book, or at the kiosk."),
    "load": _(
        "Visits served and consultations answered by each officer: how much work there was, not how good"
        " anybody is. Names are in the order of the alphabet."
    ),
}
