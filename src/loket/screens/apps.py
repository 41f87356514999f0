from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "loket.screens"
    label = "screens"
