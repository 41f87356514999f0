"""Addresses of the API, version 1.

Each is a plain view with an audience. The library behind the answers is loaded with the first call:
an office that never uses the API does not pay for it.
"""

from django.urls import path

from loket.screens.api import doors, page

urlpatterns = [
    path("", page.page, name="api"),
    path("openapi.json", page.document, name="api-document"),
    path("offices", doors.door("offices"), name="api-offices"),
    path("library/search", doors.door("search"), name="api-search"),
    path("<str:office>/hall", doors.door("hall"), name="api-hall"),
]
