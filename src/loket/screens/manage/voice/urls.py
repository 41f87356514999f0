"""Addresses of the board's voice in Manage."""

from django.urls import path

from loket.screens.manage.voice import views

urlpatterns = [
    path("", views.voice, name="voice"),
    path("rekaman/", views.recordings, name="voice-recordings"),
    path("rekaman/akhir/", views.recording_ends, name="voice-recording-ends"),
]
