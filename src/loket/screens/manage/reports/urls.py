"""Addresses of the reports in Manage; a period is part of the address, so it can be kept and sent."""

from django.urls import path

from loket.screens.manage.reports import parts, views, visits

urlpatterns = [
    path("", views.choose, name="reports"),
    path("<period:period>/", views.report, name="report"),
    path("<period:period>/laporan.<form:form>", views.file, name="report-file"),
    path("<period:period>/data/", parts.data, name="report-data"),
    path("<period:period>/petugas/", parts.work, name="report-work"),
    path("<period:period>/kunjungan/", visits.listed, name="report-visits"),
    path("<period:period>/kunjungan.<form:form>", visits.file, name="report-visits-file"),
]
