"""Addresses at which anybody complains, with or without a name, and follows it."""

from django.urls import path

from loket.screens.complaint import following, views

urlpatterns = [
    path("", views.doors, name="complaints"),
    path("tulis/", views.write, name="complaint-write"),
    path("diterima/", views.receipt, name="complaint-receipt"),
    path("lacak/", following.follow, name="complaint-follow"),
    path("saya/", following.mine, name="complaint-mine"),
    path("saya/berkas/<token:token>/", following.file, name="complaint-file"),
    path("saya/pesan/", following.reply, name="complaint-reply"),
    path("saya/keberatan/", following.objection, name="complaint-objection"),
    path("saya/akhir/", following.leave, name="complaint-leave"),
]
