"""Addresses of what visitors open on their own devices."""

from django.urls import include, path

from loket.screens.portal import (
    articles,
    guest_book,
    item,
    landing,
    own_data,
    performance,
    schedule,
    search,
    standard,
    ticket,
)

urlpatterns = [
    path("", landing.offices, name="offices"),
    path("bahasa/", landing.language, name="set_language"),
    path("<slug:office_code>/", landing.landing, name="landing"),
    path("<slug:office_code>/cari/", search.search, name="search"),
    path("<slug:office_code>/cari/saran/", search.options, name="search-options"),
    path("<slug:office_code>/cari/usulan/", search.suggestions, name="search-suggestions"),
    path("<slug:office_code>/cari/catatan/", search.log, name="search-log"),
    path("<slug:office_code>/bahan/<int:item>/", item.item, name="library-item"),
    path("<slug:office_code>/artikel/<token:token>/", articles.article, name="article"),
    path("<slug:office_code>/konsultasi/<token:token>/artikel/", articles.consent, name="article-consent"),
    path("<slug:office_code>/standar-pelayanan/", standard.standard, name="standard"),
    path("<slug:office_code>/kinerja/", performance.performance, name="performance"),
    path("<slug:office_code>/jadwal/", schedule.schedule, name="schedule"),
    path("<slug:office_code>/privasi/", standard.privacy, name="privacy"),
    path("<slug:office_code>/privasi/data/", own_data.own_data, name="own-data"),
    path("<slug:office_code>/buku-tamu/", guest_book.first, name="guest-book"),
    path("<slug:office_code>/buku-tamu/kode/", guest_book.returning, name="guest-book-returning"),
    path("<slug:office_code>/antrean/<token:token>/", ticket.ticket, name="ticket"),
    path("<slug:office_code>/konsultasi/", include("loket.screens.portal.consulting.urls")),
    path("<slug:office_code>/pintu/", landing.door, name="door"),
    path(
        "<slug:office_code>/antrean/<token:token>/buku-tamu/", guest_book.afterwards, name="ticket-guest-book"
    ),
    path("<slug:office_code>/antrean/<token:token>/batal/", ticket.cancellation, name="ticket-cancel"),
    path("<slug:office_code>/antrean/<token:token>/kembali/", ticket.return_to_line, name="ticket-rejoin"),
]
