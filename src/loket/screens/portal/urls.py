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

front = [
    path("", landing.offices, name="offices"),
    path("bahasa/", landing.language, name="set_language"),
]
# Below <slug:office_code>/.
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("cari/", search.search, name="search"),
    path("cari/saran/", search.options, name="search-options"),
    path("cari/usulan/", search.suggestions, name="search-suggestions"),
    path("cari/catatan/", search.log, name="search-log"),
    path("bahan/<int:item>/", item.item, name="library-item"),
    path("artikel/<token:token>/", articles.article, name="article"),
    path("konsultasi/<token:token>/artikel/", articles.consent, name="article-consent"),
    path("standar-pelayanan/", standard.standard, name="standard"),
    path("kinerja/", performance.performance, name="performance"),
    path("jadwal/", schedule.schedule, name="schedule"),
    path("privasi/", standard.privacy, name="privacy"),
    path("privasi/data/", own_data.own_data, name="own-data"),
    path("buku-tamu/", guest_book.first, name="guest-book"),
    path("buku-tamu/kode/", guest_book.returning, name="guest-book-returning"),
    path("antrean/<token:token>/", ticket.ticket, name="ticket"),
    path("konsultasi/", include("loket.screens.portal.consulting.urls")),
    path("pintu/", landing.door, name="door"),
    path("antrean/<token:token>/buku-tamu/", guest_book.afterwards, name="ticket-guest-book"),
    path("antrean/<token:token>/batal/", ticket.cancellation, name="ticket-cancel"),
    path("antrean/<token:token>/kembali/", ticket.return_to_line, name="ticket-rejoin"),
]
