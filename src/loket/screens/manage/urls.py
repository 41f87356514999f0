"""Addresses of the manage."""

urlpatterns: list = []
