"""Addresses of the demo's page."""

from django.urls import path

from loket.screens.demo import views

urlpatterns = [
    path("", views.index, name="demo"),
    path("masuk/", views.sign_in, name="demo-sign-in"),
    path("perangkat/", views.pair, name="demo-pair"),
]
