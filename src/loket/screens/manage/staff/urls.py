"""Addresses of the office's people in Manage."""

from django.urls import path

from loket.screens.manage.staff import views

urlpatterns = [
    path("", views.people, name="staff"),
    path("undangan/<int:pk>/akhir/", views.invitation_end, name="staff-invitation-end"),
    path("<int:pk>/", views.person, name="staff-person"),
    path("<int:pk>/keahlian/", views.specialities, name="staff-specialities"),
    path("<int:pk>/pencabutan/", views.withdrawal, name="staff-withdrawal"),
]
