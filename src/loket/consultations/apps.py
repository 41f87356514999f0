from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ConsultationsConfig(AppConfig):
    name = "loket.consultations"
    label = "consultations"

    def ready(self):
        post_migrate.connect(_keep_words, sender=self)


def _keep_words(*, using: str, **_) -> None:
    """A part of migrating, not of any change of data: after it the words can be sought."""
    from loket.consultations import words

    words.keep(using)
