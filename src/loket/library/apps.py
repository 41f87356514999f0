from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "loket.library"
    label = "library"
