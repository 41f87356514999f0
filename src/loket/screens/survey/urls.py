"""Addresses of the satisfaction survey: by link or invitation, and on the tablet in the hall."""

from django.urls import path

from loket.screens.survey import tablet, views

urlpatterns = [
    path("tablet/", tablet.tablet, name="survey-tablet"),
    path("tablet/terima-kasih/", tablet.thanks, name="survey-tablet-thanks"),
    path("<token:token>/", views.survey, name="survey"),
    path("<token:token>/terima-kasih/", views.thanks, name="survey-thanks"),
]
