"""Addresses of the board."""

from django.urls import path

from loket.screens.board import views

urlpatterns = [
    path("", views.board, name="board"),
    path("isi/", views.snapshot, name="board-snapshot"),
    path("suara/<slug:digest>/", views.sound, name="board-sound"),
]
