"""Addresses of ratings in Manage."""

from django.urls import path

from loket.screens.manage.ratings import views

urlpatterns = [
    path("", views.voices, name="voices"),
    path("<int:pk>/balasan/", views.reply, name="voice-reply"),
    path("<int:pk>/tanda/", views.mark, name="voice-mark"),
]
