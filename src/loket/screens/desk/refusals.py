"""What the desk answers when the hall refuses a press: what is the matter, and what to do next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.rules.queueing import MoveNotAllowed
from loket.visits.actions.calling import CounterBusy, ElsewhereServed, ReasonMissing
from loket.visits.actions.moving import TicketMoved
from loket.visits.actions.noting import NoteChanged
from loket.visits.actions.sessions import CounterTaken, NoBreak, NotAtCounter, OnBreak, VisitorAtCounter
from loket.visits.actions.undoing import NothingToUndo

SENTENCES = {
    CounterBusy: gettext_lazy(
        "Somebody is still at your counter. Finish the visit or mark the visitor as absent first."
    ),
    ReasonMissing: gettext_lazy(
        "Calling out of turn needs a reason, because others wait longer. Write it in a few words."
    ),
    ElsewhereServed: gettext_lazy(
        "This number is no longer at your counter. Look at what the screen shows now and press again."
    ),
    TicketMoved: gettext_lazy(
        "Somebody else moved this number a moment ago. Look at the line and press again."
    ),
    MoveNotAllowed: gettext_lazy(
        "This press does not fit any more: the visit has gone on. The screen shows how it stands now."
    ),
    NotAtCounter: gettext_lazy("You are not signed in at this counter. Open it first."),
    OnBreak: gettext_lazy("Your counter is on a break. End the break first."),
    NoBreak: gettext_lazy("The break is over already. You can call the next visitor."),
    VisitorAtCounter: gettext_lazy(
        "A visitor is at the counter. Finish, set aside or pass on the visit first."
    ),
    NothingToUndo: gettext_lazy(
        "This can no longer be taken back. If it was wrong, tell your supervisor; times can be corrected."
    ),
    NoteChanged: gettext_lazy(
        "The note was changed in another window. Your words are still here: compare them, then press again."
    ),
}
REFUSED = (*SENTENCES, CounterTaken)


def sentence(refusal: Exception) -> str:
    """One refusal in the reader's language."""
    if isinstance(refusal, CounterTaken):
        counter = refusal.args[0]
        return _("Another officer is signed in at counter %(number)s. Choose another counter.") % {
            "number": counter.number
        }
    return str(SENTENCES[type(refusal)])
