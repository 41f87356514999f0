from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "loket.outbox"
    label = "outbox"
