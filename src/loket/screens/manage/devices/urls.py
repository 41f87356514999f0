"""Addresses of the office's devices in Manage."""

from django.urls import path

from loket.screens.manage.devices import views

urlpatterns = [
    path("", views.devices, name="devices"),
    path("<int:pk>/", views.device, name="device"),
    path("<int:pk>/kode/", views.code, name="device-code"),
    path("<int:pk>/pencabutan/", views.revocation, name="device-revocation"),
]
