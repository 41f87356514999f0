"""Addresses at which a service is rated: on the visitor's own device, or on the tablet at a counter."""

from django.urls import path

from loket.screens.rating import tablet, views

urlpatterns = [
    path("", views.summary, name="ratings"),
    path("loket/<int:number>/", tablet.tablet, name="rating-tablet"),
    path("loket/<int:number>/<token:token>/", tablet.thanks, name="rating-tablet-thanks"),
    path("<token:token>/", views.rating, name="rating"),
    path("<token:token>/alasan/", views.words, name="rating-words"),
]
