"""Signing in and what belongs to an account: django-allauth's views with our templates."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
