"""How long each kind of personal data is kept, as the office set it and in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.base.personal import Kept

WORDS: dict[Kept, str | Promise] = {
    Kept.GUEST_BOOK: _("until the guest book forgets you"),
    Kept.CONSULTATION: _("for the months that the office keeps consultations after they end"),
    Kept.ATTACHMENT: _("for the months that the office keeps files after a consultation ends"),
    Kept.FEEDBACK: _("for the months that the office keeps ratings, surveys and complaints"),
    Kept.MAIL: _("30 days"),
    Kept.PRESS: _("two days"),
    Kept.SESSION: _("until you sign out, at most 12 hours"),
    Kept.ACCOUNT: _("as long as you keep the account"),
    Kept.WORK: _("as long as the office needs to know who worked there"),
}


def words(kept: Kept) -> str | Promise:
    return WORDS[kept]
