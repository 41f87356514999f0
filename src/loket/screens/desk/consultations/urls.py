"""Addresses of the consultations at the desk: a change of state is a POST to a noun."""

from django.urls import path

from loket.screens.desk.consultations import inbox, thread

urlpatterns = [
    path("", inbox.show, name="desk-consultations"),
    path("pratinjau/", thread.preview, name="desk-preview"),
    path("<token:token>/", thread.show, name="desk-consultation"),
    path("<token:token>/sebelumnya/", thread.beside, {"side": "sebelumnya"}, name="desk-consultation-before"),
    path("<token:token>/berikutnya/", thread.beside, {"side": "berikutnya"}, name="desk-consultation-after"),
    path("<token:token>/pesan/", thread.write, name="desk-message"),
    path("<token:token>/draf/", thread.draft, name="desk-message-draft"),
    path("<token:token>/kehadiran/", thread.presence, name="desk-presence"),
]
