"""Addresses of the calendar in Manage; each change is a noun that is posted to."""

from django.urls import path

from loket.screens.manage.calendar import views

urlpatterns = [
    path("", views.this_year, name="calendar"),
    path("<int:year>/", views.year, name="calendar-year"),
    path("<int:year>/tutup/", views.closures, name="calendar-closures"),
    path("<int:year>/buka/", views.openings, name="calendar-openings"),
    path("<int:year>/jam-khusus/", views.periods, name="calendar-periods"),
    path("<int:year>/jam-khusus/akhir/", views.period_ends, name="calendar-period-ends"),
    path("<int:year>/jam/", views.week, name="calendar-week"),
    path("<int:year>/impor/", views.imports, name="calendar-imports"),
    path("<int:year>/usulan/", views.acceptances, name="calendar-acceptances"),
    path("<int:year>/terbitan/", views.publications, name="calendar-publications"),
    path("<int:year>/rancangan/akhir/", views.draft_ends, name="calendar-draft-ends"),
    path("<int:year>/rancangan/susulan/", views.draft_renewals, name="calendar-draft-renewals"),
]
