"""Addresses of the register of complaints."""

from django.urls import path

from loket.screens.manage.complaints import entering, moves, views

urlpatterns = [
    path("", views.register, name="register"),
    path("baru/", entering.enter, name="register-enter"),
    path("pembaca/", moves.readers, name="register-readers"),
    path("<int:pk>/", views.complaint, name="register-complaint"),
    path("<int:pk>/langkah/", moves.steps, name="register-steps"),
    path("<int:pk>/berkas/<token:token>/", views.file, name="register-file"),
]
