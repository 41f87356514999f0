"""Addresses of the kiosk."""

from django.urls import path

from loket.screens.kiosk import guest_book, number, views

urlpatterns = [
    path("", views.welcome, name="kiosk"),
    path("saran/", views.complaints, name="kiosk-complaints"),
    path("buku-tamu/", guest_book.first, name="kiosk-guest-book"),
    path("kode/", guest_book.returning, name="kiosk-returning"),
    path("nomor/", number.number, name="kiosk-number"),
    path("nomor/cetakan/", number.wired_paper, name="kiosk-print"),
    path("nomor/kertas/", number.paper, name="kiosk-paper"),
    path("nomor/buku-tamu/", guest_book.afterwards, name="kiosk-afterwards"),
]
