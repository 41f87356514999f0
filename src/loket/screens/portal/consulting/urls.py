"""Addresses of asking online and of one's consultations, below the office's konsultasi/."""

from django.urls import path

from loket.screens.portal.consulting import ask, files, keeping, mine, rating, thread

urlpatterns = [
    path("", mine.consultations, name="consultations"),
    path("tanya/", ask.ask, name="ask"),
    path("tanya/draf/", ask.draft, name="ask-draft"),
    path("berkas/", files.attachments, name="attachments"),
    path("berkas/<token:token>/", files.attachment, name="attachment"),
    path(
        "berkas/<token:token>/hapus/",
        files.removals,
        name="attachment-removals",
    ),
    path("<token:token>/", thread.consultation, name="consultation"),
    path("<token:token>/balasan/", thread.replies, name="consultation-replies"),
    path("<token:token>/draf/", thread.draft, name="consultation-draft"),
    path("<token:token>/selesai/", thread.solution, name="consultation-solution"),
    path(
        "<token:token>/penarikan/",
        thread.withdrawal,
        name="consultation-withdrawal",
    ),
    path("<token:token>/penilaian/", rating.ratings, name="consultation-ratings"),
    path("<token:token>/pdf/", keeping.as_pdf, name="consultation-pdf"),
    path("<token:token>/zip/", keeping.as_zip, name="consultation-zip"),
]
