"""Addresses at which a device is paired and says that it is there."""

from django.urls import path

from loket.screens.devices import views

urlpatterns = [
    path("<slug:kind>/", views.pair, name="device-pair"),
    path("<slug:kind>/detak/", views.heartbeat, name="device-beat"),
]
