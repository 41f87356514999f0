"""Addresses of the office's settings, services and counters in Manage."""

from django.urls import path

from loket.screens.manage.setup import services, settings

urlpatterns = [
    path("pengaturan/", settings.settings, name="settings"),
    path("layanan/", services.services, name="services"),
    path("layanan/baru/", services.new_service, name="service-new"),
    path("layanan/<int:pk>/", services.service, name="service"),
    path("layanan/loket-baru/", services.new_counter, name="counter-new"),
    path("layanan/loket/<int:number>/", services.counter, name="counter"),
]
