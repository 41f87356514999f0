"""How the screens say the states of a complaint."""

from django.utils.translation import gettext as _

from loket.rules.complaining import State


def state_words(state: State) -> str:
    return {
        State.RECEIVED: _("received"),
        State.VERIFIED: _("verified"),
        State.IN_PROGRESS: _("in progress"),
        State.NOT_OURS: _("sent on to another institution"),
        State.DUPLICATE: _("answered with an earlier complaint"),
        State.RESOLVED: _("decided"),
        State.OBJECTION: _("objection being looked at"),
        State.FINAL: _("closed"),
    }[state]
