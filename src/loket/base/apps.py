from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "loket.base"
    label = "base"
