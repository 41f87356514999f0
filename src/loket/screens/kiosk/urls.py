"""Addresses of the kiosk."""

urlpatterns: list = []
