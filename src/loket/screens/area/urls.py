"""Addresses of the reports of a province or the nation."""

from django.urls import path

from loket.screens.area import views

urlpatterns = [
    path("", views.latest, name="area"),
    path("<period:period>/", views.report, name="area-report"),
    path("<period:period>/laporan.<form:form>", views.file, name="area-report-file"),
]
