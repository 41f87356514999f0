from django.apps import AppConfig


class ScreensConfig(AppConfig):
    name = "loket.screens"
    label = "screens"

    def ready(self):
        from loket import checks  # noqa: F401 - registers them
