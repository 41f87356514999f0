"""Addresses of Manage."""

from django.urls import include, path

urlpatterns = [
    path("kalender/", include("loket.screens.manage.calendar.urls")),
    path("perangkat/", include("loket.screens.manage.devices.urls")),
]
