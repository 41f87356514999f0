"""Addresses of personal data in Manage."""

from django.urls import path

from loket.screens.manage.privacy import breaches, register

urlpatterns = [
    path("", register.register, name="data-requests"),
    path("<int:pk>/", register.one, name="data-request"),
    path("<int:pk>/jawaban/", register.answer, name="data-request-answer"),
    path("<int:pk>/penghapusan/", register.erasure, name="data-request-erasure"),
    path("<int:pk>/salinan/", register.export, name="data-request-export"),
    path("<int:pk>/alamat/", register.address, name="data-request-address"),
    path("pelanggaran/", breaches.breaches, name="breaches"),
    path("pelanggaran/<int:pk>/", breaches.one, name="breach"),
    path("pelanggaran/<int:pk>/pemberitahuan/", breaches.told, name="breach-told"),
    path("jejak/", breaches.looks, name="looks"),
]
