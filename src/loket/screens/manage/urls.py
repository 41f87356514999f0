"""Addresses of Manage."""

from django.urls import include, path

from loket.screens.manage import index, log, today

urlpatterns = [
    path("", index.index, name="manage"),
    path("", include("loket.screens.manage.setup.urls")),
    path("catatan/", log.log, name="log"),
    path("petugas/", include("loket.screens.manage.staff.urls")),
    path("hari-ini/", today.today, name="today"),
    path("hari-ini/loket/<int:number>/penutupan/", today.close, name="today-close"),
    path("hari-ini/koreksi/<int:pk>/", today.correct, name="today-correct"),
    path("kalender/", include("loket.screens.manage.calendar.urls")),
    path("", include("loket.screens.manage.library.urls")),
    path("perangkat/", include("loket.screens.manage.devices.urls")),
    path("laporan/", include("loket.screens.manage.reports.urls")),
    path("data-pribadi/", include("loket.screens.manage.privacy.urls")),
    path("pengaduan/", include("loket.screens.manage.complaints.urls")),
    path("rincian-data/", include("loket.screens.manage.dataitems.urls")),
    path("penilaian/", include("loket.screens.manage.ratings.urls")),
    path("survei/", include("loket.screens.manage.surveys.urls")),
    path("suara/", include("loket.screens.manage.voice.urls")),
]
