"""Addresses of what visitors open on their own devices."""

urlpatterns: list = []
