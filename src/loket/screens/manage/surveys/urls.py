"""Addresses of the satisfaction surveys in Manage."""

from django.urls import path

from loket.screens.manage.surveys import files, setup, views

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("baru/", setup.new, name="survey-new"),
    path("<int:pk>/", views.results, name="survey-results"),
    path("<int:pk>/pengaturan/", setup.change, name="survey-change"),
    path("<int:pk>/pertanyaan/", setup.wording, name="survey-wording"),
    path("<int:pk>/poster/", views.poster, name="survey-poster"),
    path("<int:pk>/kertas/", views.paper, name="survey-paper"),
    path("<int:pk>/jawaban/", views.responses, name="survey-responses"),
    path("<int:pk>/jawaban/<int:number>/tanda/", views.mark, name="survey-mark"),
    path("<int:pk>/rencana/<slug:element>/", setup.plan, name="survey-plan"),
    path("<int:pk>/laporan/", files.reports, name="survey-reports"),
    path("<int:pk>/laporan/<int:number>.pdf", files.report_pdf, name="survey-report-pdf"),
    path("<int:pk>/laporan/<int:number>.xlsx", files.report_workbook, name="survey-report-workbook"),
    path("<int:pk>/data.csv", files.raw, name="survey-raw"),
    path("<int:pk>/buku-kode.csv", files.raw_codebook, name="survey-codebook"),
]
