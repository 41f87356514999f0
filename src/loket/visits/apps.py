from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "loket.visits"
    label = "visits"
