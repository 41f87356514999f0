"""How django-allauth behaves here: no open registration, mails through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone

from loket.outbox import actions as outbox


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Staff are invited by mail; nobody makes an account for themselves."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        mail = self.render_mail(template_prefix, email, context)
        outbox.put(
            to=email,
            subject=mail.subject,
            text=mail.body,
            kind=template_prefix.rpartition("/")[2],
            at=timezone.now(),
        )
