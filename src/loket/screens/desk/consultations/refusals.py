"""What the desk answers when a press on a consultation is refused: the matter, and what to do next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.consultations.actions.answering import AnsweredMeanwhile, IsClosed
from loket.consultations.actions.assigning import AssignedMeanwhile, NobodyThere, NotOfThisOffice
from loket.consultations.actions.checking import NothingProposed, OwnProposal
from loket.consultations.actions.closing import AlreadyClosed
from loket.consultations.actions.excusing import NoDayClosed, NotBreached, ReasonMissing
from loket.consultations.actions.merging import NotBothOpen, NothingToSplit, NotMerged, NotTheSamePerson
from loket.consultations.actions.moving import NoSuchDesk
from loket.consultations.actions.reopening import NotSetAside
from loket.consultations.actions.saying import NothingSaid, ThreadMoved, TooLong
from loket.screens.desk.consultations.wanted import NoSuchConsultation

SENTENCES = {
    IsClosed: gettext_lazy("It is closed. The visitor can open it again by writing."),
    NotOfThisOffice: gettext_lazy("Only people who work at this office can be given its consultations."),
    NobodyThere: gettext_lazy("No officer is on duty today. Choose somebody by hand."),
    AlreadyClosed: gettext_lazy("It was closed already."),
    NotBothOpen: gettext_lazy("Only two open consultations of this office can be joined."),
    NotTheSamePerson: gettext_lazy(
        "Consultations of two people are never merged: each would read the other's. Link them instead."
    ),
    NothingToSplit: gettext_lazy("Choose at least one message of the visitor, and leave at least one."),
    NotMerged: gettext_lazy("It was not merged, so there is nothing to separate."),
    NoSuchDesk: gettext_lazy("Choose another office that answers consultations."),
    NotSetAside: gettext_lazy("It was not set aside as spam."),
    ThreadMoved: gettext_lazy("It changed a moment ago. Look at it as it is now, then press again."),
    NoSuchConsultation: gettext_lazy("No consultation of this office has this number."),
    NotBreached: gettext_lazy("The promise was kept, or can still be. There is nothing to excuse."),
    NoDayClosed: gettext_lazy(
        "No day that was counted has been closed since, so nothing excuses this delay. It stays as it is."
    ),
    ReasonMissing: gettext_lazy("An excuse needs a reason. Write it in a few words."),
    NothingProposed: gettext_lazy("It waits no longer: it was released or given back meanwhile."),
    OwnProposal: gettext_lazy("Somebody else has to read it: nobody releases their own words."),
    AnsweredMeanwhile: gettext_lazy(
        "The conversation went on since it was written. Give it back, so that its author reads what is new."
    ),
    NothingSaid: gettext_lazy("Write in the note what should change."),
    TooLong: gettext_lazy("The note is longer than 20,000 characters. Shorten it."),
}
REFUSED = (*SENTENCES, AssignedMeanwhile)


def sentence(refusal: Exception) -> str:
    """One refusal in the reader's language."""
    if isinstance(refusal, AssignedMeanwhile):
        name = refusal.args[0].name if refusal.args[0] else _("nobody yet")
        return _("It changed hands meanwhile and is now with: %(name)s.") % {"name": name}
    return str(SENTENCES[type(refusal)])
