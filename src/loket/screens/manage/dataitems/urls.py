"""Addresses at which what was asked for leaves as files."""

from django.urls import path

from loket.screens.manage.dataitems import views

urlpatterns = [
    path("", views.page, name="data-items"),
    path("skd.csv", views.as_csv, name="data-items-csv"),
    path("skd.xlsx", views.as_workbook, name="data-items-workbook"),
    path("buku-kode.csv", views.codebook, name="data-items-codebook"),
]
