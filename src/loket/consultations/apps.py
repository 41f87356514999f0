from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "loket.consultations"
    label = "consultations"
